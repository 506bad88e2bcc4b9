import type { BodyOf, Contracts, Feature } from '@taffrail/schema';
import { keyMistakeOf } from '../new-flag/form.ts';

/** Shaped like the dialogs, not like the request. */
export interface FeatureForm {
  readonly key: string;
  readonly name: string;
  readonly flags: readonly string[];
  readonly owner: string;
  /** `YYYY-MM-DD`, or empty for none. */
  readonly expiresOn: string;
  readonly description: string;
  readonly internal: string;
  readonly earlyAccess: string;
  readonly hoursAtFull: string;
}

const launchDays = 90;
const dayMs = 86_400_000;

/** A new feature belongs to who makes it, and is to be over in 90 days. */
export function newFeatureForm(owner: string, nowMs: number): FeatureForm {
  const expiresOn = new Date(nowMs + launchDays * dayMs).toISOString().slice(0, 10);
  return { ...blank, owner, expiresOn };
}

const blank = {
  key: '',
  name: '',
  flags: [],
  description: '',
  internal: 'internal',
  earlyAccess: 'early-access',
  hoursAtFull: '24',
} as const;

export function formOf({ key, name, flags, owner, description, expiresOn = '', audiences, hoursAtFull }: Feature): FeatureForm {
  return {
    key,
    name,
    flags,
    owner,
    description,
    expiresOn,
    internal: audiences.internal,
    earlyAccess: audiences['early-access'],
    hoursAtFull: String(hoursAtFull),
  };
}

type Body = BodyOf<Contracts['PATCH /orgs/:org/projects/:project/features/:feature']>;

/** What the form says of a feature, as the server is told. */
export function bodyOf({ key, name, flags, owner, description, ...form }: FeatureForm): Body {
  return {
    name: name.trim() || key,
    owner,
    description,
    flags: [...flags],
    expiresOn: form.expiresOn || null,
    audiences: { internal: form.internal, 'early-access': form.earlyAccess },
    hoursAtFull: Number(form.hoursAtFull),
  };
}

/** What is wrong with the key of a new feature. */
export function featureKeyMistake(key: string, taken: ReadonlySet<string>): string | undefined {
  return keyMistakeOf(key, taken)?.replace('flag', 'feature');
}

const hours = /^\d{1,4}$/;
/** A year. */
const mostHours = 8_760;

export function hoursMistake({ hoursAtFull }: FeatureForm): string | undefined {
  const isRight = hours.test(hoursAtFull) && Number(hoursAtFull) <= mostHours;
  return isRight ? undefined : 'whole hours, from 0 to 8,760';
}
