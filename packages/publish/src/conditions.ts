import type { Bucketing, Comparison, Condition, Serve } from '@taffrail/engine';

type Having<Member extends string> = Extract<Condition, { readonly [M in Member]: unknown }>;

/** A condition that holds no other. */
export type Leaf = Exclude<Condition, Having<'all'> | Having<'any'> | Having<'not'>>;

export const isComparison = (leaf: Leaf): leaf is Comparison => 'op' in leaf;

type Change = (leaf: Leaf) => Condition;

/** The condition with each of its leaves changed. */
export function mapCondition(condition: Condition, change: Change): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => mapCondition(part, change)) };
  if ('any' in condition) return { any: condition.any.map((part) => mapCondition(part, change)) };
  if ('not' in condition) return { not: mapCondition(condition.not, change) };
  return change(condition);
}

/** The serve with each leaf of its conditions changed. */
export function mapServe(serve: Serve, change: Change): Serve {
  if ('variant' in serve) return { variant: serve.variant };
  if ('codeDefault' in serve) return { codeDefault: true };
  if ('split' in serve) return mapSplit(serve, change);
  return { switch: serve.switch.map((arm) => ({ when: mapCondition(arm.when, change), serve: mapServe(arm.serve, change) })) };
}

function mapSplit({ split, arms, rest }: Extract<Serve, { readonly split: unknown }>, change: Change): Serve {
  return {
    split: onlyBucketing(split),
    arms: arms.map(({ ranges, serve }) => ({ ranges, serve: mapServe(serve, change) })),
    ...(rest && { rest: mapServe(rest, change) }),
  };
}

/** A bucketing's own members and no others. */
export function onlyBucketing({ kind, path, salt, hash }: Bucketing): Bucketing {
  return { kind, ...(path && { path }), ...(salt !== undefined && { salt }), ...(hash !== undefined && { hash }) };
}

/** A moment's own member and no others. */
export const onlyMoment = (time: Having<'time'>['time']): Having<'time'>['time'] =>
  'before' in time ? { before: time.before } : { after: time.after };
