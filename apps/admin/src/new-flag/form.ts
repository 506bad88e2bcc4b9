import { type FlagType, type Json, rollout } from '@taffrail/engine';
import type { BodyOf, Contracts, EnvironmentFlagEdit } from '@taffrail/schema';
import { readValue } from '../edit/variants.ts';

/** For whom a new flag is turned on at once. */
export type Audience = 'nobody' | 'contexts' | 'percent' | 'everyone';
export type FlagKind = NonNullable<NewFlagBody['kind']>;
export type NewFlagBody = BodyOf<Contracts['POST /orgs/:org/projects/:project/flags']>;

interface VariantField {
  readonly name: string;
  readonly text: string;
}

/** Shaped like the sheet, not like the request. */
export interface NewFlagForm {
  readonly key: string;
  readonly type: FlagType;
  readonly kind: FlagKind;
  readonly owner: string;
  readonly description: string;
  /** `YYYY-MM-DD`, or empty for none. */
  readonly expiresOn: string;
  readonly client: boolean;
  readonly variants: readonly VariantField[];
  readonly audience: Audience;
  readonly contextKind: string;
  readonly contextKeys: readonly string[];
  readonly percent: number | undefined;
  readonly environments: readonly string[];
}

const bucketsPerPercent = 1_000;
/** A temporary flag lives so long unless somebody says otherwise. */
const temporaryDays = 90;
const temporary = new Set<FlagKind>(['release', 'experiment']);

const firstVariants: Record<FlagType, readonly VariantField[]> = {
  boolean: [
    { name: 'on', text: 'true' },
    { name: 'off', text: 'false' },
  ],
  string: [
    { name: 'on', text: '' },
    { name: 'off', text: '' },
  ],
  number: [
    { name: 'on', text: '1' },
    { name: 'off', text: '0' },
  ],
  json: [
    { name: 'on', text: '{}' },
    { name: 'off', text: 'null' },
  ],
};

/** The sheet as it opens: off everywhere, and development at hand. */
export function newFlagForm(owner: string, environment: string | undefined, nowMs: number): NewFlagForm {
  return {
    key: '',
    type: 'boolean',
    kind: 'release',
    owner,
    description: '',
    expiresOn: expiryOf('release', nowMs),
    client: false,
    variants: firstVariants.boolean,
    audience: 'nobody',
    contextKind: 'org',
    contextKeys: [],
    percent: undefined,
    environments: environment ? [environment] : [],
  };
}

export function withType(form: NewFlagForm, type: FlagType): NewFlagForm {
  return { ...form, type, variants: firstVariants[type] };
}

export function withKind(form: NewFlagForm, kind: FlagKind, nowMs: number): NewFlagForm {
  return { ...form, kind, expiresOn: expiryOf(kind, nowMs) };
}

/** What is missing or wrong, by field; empty when the flag can be created. */
export function mistakesIn(form: NewFlagForm, takenKeys: ReadonlySet<string>): Readonly<Record<string, string>> {
  const mistakes: Record<string, string> = {};
  const keyMistake = keyMistakeOf(form.key, takenKeys);
  if (keyMistake) mistakes['key'] = keyMistake;
  for (const { name, text } of form.variants) {
    const reading = readValue(text, form.type);
    if ('mistake' in reading) mistakes[`variant ${name}`] = reading.mistake;
  }
  if (temporary.has(form.kind) && form.expiresOn === '')
    mistakes['expiresOn'] = `A ${form.kind} flag ends: say when, or choose a permanent kind`;
  if (form.audience === 'contexts' && form.contextKeys.length === 0) mistakes['contexts'] = 'Name at least one';
  if (form.audience === 'percent' && form.percent === undefined) mistakes['percent'] = 'Write a percentage';
  if (form.audience !== 'nobody' && form.environments.length === 0) mistakes['environments'] = 'Choose where';
  return mistakes;
}

/** What is wrong with a key that was typed; nothing while it is empty. */
export function keyMistakeOf(key: string, taken: ReadonlySet<string>): string | undefined {
  if (key === '') return 'Give it a name';
  if (/\s/.test(key)) return 'No spaces: use - or _';
  if (!/^[A-Za-z0-9]/.test(key)) return 'Begin with a letter or a digit';
  const odd = key.match(/[^A-Za-z0-9:._/-]/)?.[0];
  if (odd) return `“${odd}” cannot be in a name: letters, digits and : . _ / - can`;
  if (key.length > 128) return 'At most 128 characters';
  return taken.has(key) ? 'There is a flag of this name already' : undefined;
}

export function bodyOf(form: NewFlagForm): NewFlagBody {
  const edit = editOf(form);
  return {
    key: form.key,
    type: form.type,
    kind: form.kind,
    owner: form.owner.trim(),
    description: form.description.trim(),
    expiresOn: form.expiresOn || null,
    client: form.client,
    variants: Object.fromEntries(form.variants.map(({ name, text }) => [name, valueOf(text, form.type)])),
    off: offOf(form),
    ...(edit ? { environments: Object.fromEntries(form.environments.map((key) => [key, edit])) } : {}),
  };
}

function editOf(form: NewFlagForm): EnvironmentFlagEdit | undefined {
  const [on, off] = [{ variant: form.variants[0]?.name ?? 'on' }, { variant: offOf(form) }];
  const edits: Record<Audience, () => EnvironmentFlagEdit | undefined> = {
    nobody: () => undefined,
    everyone: () => ({ on: true, fallthrough: on }),
    percent: () => ({
      on: true,
      fallthrough: rollout({ kind: form.contextKind }, Math.round((form.percent ?? 0) * bucketsPerPercent), on, off),
    }),
    contexts: () => ({
      on: true,
      fallthrough: off,
      pins: [{ kind: form.contextKind, variant: on.variant, keys: [...form.contextKeys] }],
    }),
  };
  return edits[form.audience]();
}

/** The last of the variants is the one that is served while off. */
function offOf({ variants }: NewFlagForm): string {
  return variants.at(-1)?.name ?? 'off';
}

function valueOf(text: string, type: FlagType): Json {
  const reading = readValue(text, type);
  return 'value' in reading ? reading.value : null;
}

function expiryOf(kind: FlagKind, nowMs: number): string {
  if (!temporary.has(kind)) return '';
  return new Date(nowMs + temporaryDays * 86_400_000).toISOString().slice(0, 10);
}
