import { type Answer, FALSE, TRUE, type Test, UNKNOWN, UNSUPPORTED, answerOf, combine, negated } from './answer.ts';
import { compileBucketing, isWithin, NO_BUCKET, rangesOf } from './bucketing.ts';
import { compileComparison } from './comparison.ts';
import type { Bucketing, Condition, Range } from './model.ts';
import { instantMs } from './rows/instant.ts';
import { isText, listOf, malformed } from './malformed.ts';
import { type Scope, compileWithin, unsupported } from './scope.ts';

/** Compiles a condition of any form. A form that this engine does not know is unsupported. */
export function compileCondition(source: Condition, scope: Scope): Test {
  return compileWithin(scope, (within) => compileForm(source, within));
}

function compileForm(source: Condition, scope: Scope): Test {
  const part = (condition: Condition): Test => compileCondition(condition, scope);
  if ('all' in source) return combine(source.all.map(part), FALSE);
  if ('any' in source) return combine(source.any.map(part), TRUE);
  if ('not' in source) return negation(part(source.not));
  if ('segment' in source) return inSegment(source.segment, scope);
  if ('flag' in source) return servesVariant(source.flag, source.variants, scope);
  if ('time' in source) return atTime(source.time, scope);
  if ('bucket' in source) return inRanges(source.bucket, source.ranges, scope);
  return 'op' in source ? compileComparison(source, scope) : unsupported(scope, 'condition');
}

const negation =
  (test: Test): Test =>
  (context, nowMs) =>
    negated(test(context, nowMs));

function inSegment(key: string, { links }: Scope): Test {
  const cell = links.cell('s', key);
  return (context, nowMs) => links.follow(cell, context, nowMs) as Answer;
}

/** Whether another flag serves one of the variants. Where it serves the code default it serves none of them. */
export function servesVariant(key: string, variants: readonly string[], { links }: Scope): Test {
  const cell = links.cell('f', key);
  const wanted = new Set<string | undefined>(listOf(variants, isText));
  return (context, nowMs) => {
    const served = links.follow(cell, context, nowMs);
    if (typeof served === 'object') return answerOf(wanted.has(served.variant));
    return served === UNSUPPORTED ? UNSUPPORTED : FALSE;
  };
}

/** `before` a moment, or from that moment on (`after`): at each moment exactly one of the two holds. */
function atTime(time: { readonly before?: string | number; readonly after?: string | number }, scope: Scope): Test {
  const isBefore = 'before' in time;
  const boundaryMs = instantMs(isBefore ? time.before : time.after) ?? malformed();
  (scope.cell.boundariesMs ??= []).push(boundaryMs);
  return (_, nowMs) => answerOf(nowMs < boundaryMs === isBefore);
}

function inRanges(source: Bucketing, ranges: readonly Range[], scope: Scope): Test {
  const wanted = rangesOf(ranges);
  const bucketOf = compileBucketing(source, scope);
  if (!bucketOf) return unsupported(scope, `hash:${source.hash}`);
  return (context) => {
    const bucket = bucketOf(context);
    return bucket === NO_BUCKET ? UNKNOWN : answerOf(isWithin(wanted, bucket));
  };
}
