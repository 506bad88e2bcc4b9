import type { Condition } from '@taffrail/engine';

/** How the parts of a group are joined. `none` is *not any*, `not-all` is *not all*. */
export type Join = 'all' | 'any' | 'none' | 'not-all';

export interface Group {
  readonly join: Join;
  readonly parts: readonly Condition[];
}

/** A condition that is no group, and whether it is negated. */
export interface Leaf {
  readonly negated: boolean;
  readonly test: LeafTest;
}

export type LeafTest = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;
export type LeafSort = 'segment' | 'flag' | 'time' | 'bucket' | 'comparison';

export const joinWords: Record<Join, string> = { all: 'all of', any: 'any of', none: 'none of', 'not-all': 'not all of' };

/** The condition as a group, if it is one. */
export function asGroup(condition: Condition): Group | undefined {
  if ('all' in condition) return { join: 'all', parts: condition.all };
  if ('any' in condition) return { join: 'any', parts: condition.any };
  if (!('not' in condition)) return undefined;
  const inner = condition.not;
  if ('any' in inner) return { join: 'none', parts: inner.any };
  if ('all' in inner) return { join: 'not-all', parts: inner.all };
  return 'not' in inner ? { join: 'none', parts: [inner] } : undefined;
}

const builders: Record<Join, (parts: readonly Condition[]) => Condition> = {
  all: (all) => ({ all }),
  any: (any) => ({ any }),
  none: (any) => ({ not: { any } }),
  'not-all': (all) => ({ not: { all } }),
};

export function fromGroup({ join, parts }: Group): Condition {
  return builders[join](parts);
}

/** The condition as a leaf. Groups have none. */
export function asLeaf(condition: Condition): Leaf | undefined {
  if (asGroup(condition)) return undefined;
  if ('not' in condition) return { negated: true, test: condition.not as LeafTest };
  return { negated: false, test: condition as LeafTest };
}

export function fromLeaf({ negated, test }: Leaf): Condition {
  return negated ? { not: test } : test;
}

export function leafSort(test: LeafTest): LeafSort {
  const sorts = ['segment', 'time', 'bucket', 'flag'] as const;
  return sorts.find((sort) => sort in test) ?? 'comparison';
}

/** What a rule's `when` is made of: its parts and how they are joined. One condition alone is a group of one. */
export function topGroup(when: Condition): Group {
  const group = asGroup(when);
  return group && (group.join === 'all' || group.join === 'any') ? group : { join: 'all', parts: [when] };
}

/** The shortest condition that says it: a group of one is its part. */
export function fromTopGroup({ join, parts }: Group): Condition {
  const [only] = parts;
  return parts.length === 1 && only ? only : fromGroup({ join, parts });
}

/** What each entry of "add a condition" begins with. */
export const blankConditions: Record<LeafSort | 'group', (nowMs: number) => Condition> = {
  comparison: () => ({ kind: 'org', path: ['key'], op: 'is', values: [] }),
  segment: () => ({ segment: '' }),
  bucket: () => ({ bucket: { kind: 'org' }, ranges: [[0, 10_000]] }),
  time: (nowMs) => ({ time: { after: new Date(nowMs).toISOString().replace(/\.\d+/, '') } }),
  flag: () => ({ flag: '', variants: ['on'] }),
  group: () => ({ any: [{ kind: 'org', path: ['key'], op: 'is', values: [] }] }),
};
