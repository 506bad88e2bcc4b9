import type { EnvironmentFlag, EnvironmentFlagEdit } from '@taffrail/schema';
import { same } from './same.ts';

/** An unpublished edit of one flag in one environment, and what it was made on. */
export interface Draft {
  readonly environment: string;
  readonly flag: string;
  /** The flag as it was published when the edit began. */
  readonly base: EnvironmentFlag;
  /** The revision of `base`: publishing is refused when the flag has changed since. */
  readonly revision: number;
  readonly edit: EnvironmentFlagEdit;
}

export type EditField = keyof EnvironmentFlagEdit;

/** The flag as it will be when the draft is published. */
export function applied({ base, edit }: Pick<Draft, 'base' | 'edit'>): EnvironmentFlag {
  const { off, ...rest } = edit;
  const next = { ...base, ...rest };
  if (off === null) delete next.off;
  else if (off !== undefined) next.off = off;
  return next;
}

/** The draft with more edited. Fields that are again as published are no edit. */
export function withEdit<D extends Draft>(draft: D, more: EnvironmentFlagEdit): D {
  const edit = { ...draft.edit, ...more };
  return { ...draft, edit: onlyChanged(draft.base, edit) };
}

export function isEmpty({ edit }: Draft): boolean {
  return Object.keys(edit).length === 0;
}

/** Fields that both the draft and somebody else changed, each its own way. Whoever publishes decides on these. */
export function clashes(draft: Draft, current: EnvironmentFlag): EditField[] {
  const fields = Object.keys(draft.edit) as EditField[];
  return fields.filter((field) => !same(draft.base[field], current[field]) && !same(draft.edit[field], orNull(current, field)));
}

/** The same edit, on what is published now: the other's changes of fields that the draft leaves alone are kept. */
export function rebased(draft: Draft, current: EnvironmentFlag, revision: number): Draft {
  return { ...draft, base: current, revision, edit: onlyChanged(current, draft.edit) };
}

function onlyChanged(base: EnvironmentFlag, edit: EnvironmentFlagEdit): EnvironmentFlagEdit {
  const changed = Object.entries(edit).filter(([field, value]) => !same(value, orNull(base, field as EditField)));
  return Object.fromEntries(changed);
}

/** An edit says "no off variant" by null, a document by absence. */
function orNull(flag: EnvironmentFlag, field: EditField): unknown {
  return field === 'off' ? (flag.off ?? null) : flag[field];
}
