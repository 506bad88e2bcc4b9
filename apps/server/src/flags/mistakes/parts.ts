import type { Condition, Rule, Serve } from '@taffrail/engine';
import { limits, type Mistake } from '@taffrail/schema';

/** A part of what a flag or segment says, with its place as a JSON pointer below it. */
export type Part =
  | { readonly at: string; readonly condition: Condition }
  | { readonly at: string; readonly serve: Serve }
  | { readonly at: string; readonly tooDeep: true };

/** Every condition and every serve of a flag, outer ones first. */
export function* partsOfFlag({
  rules,
  fallthrough,
}: {
  readonly rules: readonly Rule[];
  readonly fallthrough: Serve;
}): Generator<Part> {
  for (const [index, { when, serve, onMiss }] of rules.entries()) {
    yield* partsOfCondition(when, `/rules/${index}/when`);
    yield* partsOfServe(serve, `/rules/${index}/serve`);
    if (onMiss !== undefined) yield* partsOfServe(onMiss.stop, `/rules/${index}/onMiss/stop`);
  }
  yield* partsOfServe(fallthrough, '/fallthrough');
}

/** A condition and those within it. */
export function* partsOfCondition(condition: Condition, at: string, level = 1): Generator<Part> {
  if (level > limits.conditionDepth) {
    yield { at, tooDeep: true };
    return;
  }
  yield { at, condition };
  for (const [place, part] of conditionsWithin(condition)) yield* partsOfCondition(part, `${at}${place}`, level + 1);
}

function* partsOfServe(serve: Serve, at: string, level = 1): Generator<Part> {
  if (level > limits.conditionDepth) {
    yield { at, tooDeep: true };
    return;
  }
  yield { at, serve };
  for (const [place, part] of servesWithin(serve)) yield* partsOfServe(part, `${at}${place}`, level + 1);
  const cases = 'switch' in serve ? serve.switch : [];
  for (const [index, { when }] of cases.entries()) yield* partsOfCondition(when, `${at}/switch/${index}/when`, level + 1);
}

function servesWithin(serve: Serve): readonly (readonly [place: string, within: Serve])[] {
  if ('switch' in serve) return serve.switch.map((chosen, index) => [`/switch/${index}/serve`, chosen.serve]);
  if (!('split' in serve)) return [];
  const arms = serve.arms.map((arm, index) => [`/arms/${index}/serve`, arm.serve] as const);
  return serve.rest === undefined ? arms : [...arms, ['/rest', serve.rest]];
}

/** The conditions that a condition is directly made of, and where they stand in it. */
function conditionsWithin(condition: Condition): readonly (readonly [place: string, within: Condition])[] {
  if ('all' in condition) return condition.all.map((within, index) => [`/all/${index}`, within]);
  if ('any' in condition) return condition.any.map((within, index) => [`/any/${index}`, within]);
  return 'not' in condition ? [['/not', condition.not]] : [];
}

export function tooDeep(at: string): Mistake[] {
  return [{ at, message: `lies more than ${limits.conditionDepth} deep: use a segment` }];
}
