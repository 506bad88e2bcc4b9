import type { Condition, Flag, Segment, Serve } from './model.ts';

/** Every condition and every serve of a flag or a segment, outer ones before those within them. */
export function* partsOf(item: Flag | Segment): Generator<Condition | Serve, void> {
  if (!('variants' in item)) {
    if (item.when) yield* ofCondition(item.when);
    return;
  }
  for (const { when, serve, onMiss } of item.rules ?? []) {
    yield* ofCondition(when);
    yield* ofServe(serve);
    if (onMiss) yield* ofServe(onMiss.stop);
  }
  yield* ofServe(item.fallthrough);
}

function* ofCondition(condition: Condition): Generator<Condition | Serve, void> {
  yield condition;
  for (const part of conditionsWithin(condition)) yield* ofCondition(part);
}

/** The conditions that a condition is directly made of. */
export function conditionsWithin(condition: Condition): readonly Condition[] {
  if ('all' in condition) return condition.all;
  if ('any' in condition) return condition.any;
  return 'not' in condition ? [condition.not] : [];
}

function* ofServe(serve: Serve): Generator<Condition | Serve, void> {
  yield serve;
  if ('split' in serve) {
    for (const arm of serve.arms) yield* ofServe(arm.serve);
    if (serve.rest) yield* ofServe(serve.rest);
  }
  if (!('switch' in serve)) return;
  for (const { when, serve: chosen } of serve.switch) {
    yield* ofCondition(when);
    yield* ofServe(chosen);
  }
}
