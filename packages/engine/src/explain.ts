import { type Answer, FALSE, TRUE, UNKNOWN, UNSUPPORTED } from './answer.ts';
import { placeOf, read } from './attribute.ts';
import { NO_BUCKET, compileBucketing, isWithin } from './bucketing.ts';
import { type Cell, documentOf } from './cell.ts';
import { compileCondition } from './condition.ts';
import { evaluate, type Widened } from './evaluate.ts';
import type { FlagSet } from './flag-set.ts';
import type { Step } from './step.ts';
import type { Bucketing, Condition, Context, Flag, Json, Override, Resolution, Rule, Segment, Serve } from './model.ts';
import { malformed } from './malformed.ts';
import { keyTest } from './members.ts';
import type { Outcome } from './outcome.ts';
import { conditionsWithin } from './parts.ts';
import { shareOf } from './reweigh.ts';
import type { Scope } from './scope.ts';
import { serveOf } from './serve.ts';
import { served } from './serving.ts';

/** The answers of conditions, in words. */
export type AnswerWord = 'false' | 'true' | 'unknown' | 'unsupported';

/** A resolution and the way to it. */
export interface Explanation<T = Json> {
  readonly resolution: Resolution<T>;
  /** The steps that were taken, in order; the last one decided, unless none did. */
  readonly trail: readonly TrailStep[];
}

/** One step of a flag. */
export interface TrailStep {
  readonly step: Step['step'];
  /** The rule's id, the prerequisite's flag, the pin's kind, the override's source. */
  readonly id?: string;
  readonly answer: AnswerWord;
  /** Of a rule or an override: its condition and that condition's parts. */
  readonly condition?: ConditionTrail;
  /** What it serves, where its answer is *true*; or, where the rule misses, what its `onMiss` serves. */
  readonly serve?: ServeTrail;
}

/** A condition, with what it saw. */
export interface ConditionTrail {
  readonly condition: Condition;
  readonly answer: AnswerWord;
  /** Of a comparison: what the context holds, if anything. Of a condition on a flag: the variant that it serves, if any. */
  readonly actual?: unknown;
  /** Of a bucket condition: the context's bucket, 0 to 99,999. */
  readonly bucket?: number;
  /** Of a segment: the list that has the context's key, if any. */
  readonly list?: 'included' | 'excluded';
  /** Of `all`, `any` and `not`: the conditions within. Of a segment whose lists do not decide: its condition. */
  readonly parts?: readonly ConditionTrail[];
}

/** What was chosen of a serve. */
export interface ServeTrail {
  readonly serve: Serve;
  /** Of a split: the context's bucket, 0 to 99,999; absent when the context has not the key. */
  readonly bucket?: number;
  /** Of a split: the share of the arm that holds the bucket, in buckets of 100,000; absent when none does. */
  readonly share?: number;
  /** Of a split or a switch: what was chosen within. */
  readonly chosen?: ServeTrail;
}

/** Evaluates a flag and accounts for it: the same compiled steps are taken, and every part is asked again by itself. Never throws. */
export function explain<T extends Json>(
  set: FlagSet,
  key: string,
  fallback: T,
  context: Context,
  nowMs: number,
): Explanation<Widened<T>> {
  return { resolution: evaluate(set, key, fallback, context, nowMs), trail: trailOf(set, key, context, nowMs) };
}

/** What a part is asked with. */
interface View {
  readonly flag: Flag;
  readonly scope: Scope;
  readonly context: Context;
  readonly nowMs: number;
}

function trailOf(set: FlagSet, key: string, context: Context, nowMs: number): TrailStep[] {
  const trail: TrailStep[] = [];
  const cell = set.flags.get(key);
  if (!cell?.item || typeof context !== 'object' || context === null) return trail;
  try {
    const steps: Step[] = [];
    set.links.run(cell)(context, nowMs, (step) => steps.push(step));
    const flag = documentOf(cell) as Flag;
    const scope: Scope = { links: set.links, cell: copyOf(cell), salt: flag.salt, level: 0 };
    for (const step of steps) trail.push(trailStep(step, { flag, scope, context, nowMs }));
  } catch {
    // A context that cannot be read: the resolution says so, the trail ends here.
  }
  return trail;
}

/** Asking a part again must leave no trace in the set. */
const copyOf = (cell: Cell): Cell => ({ ...cell, boundariesMs: undefined });

const words: readonly AnswerWord[] = ['false', 'true', 'unknown', 'unsupported'];
const word = (answer: Answer): AnswerWord => words[answer] ?? 'unsupported';

function trailStep(step: Step, view: View): TrailStep {
  const answer = step.test ? step.test(view.context, view.nowMs) : TRUE;
  const serve = servedBy(step, answer, view);
  const when = conditionOf(step, view);
  return {
    step: step.step,
    ...identity(step, view),
    answer: word(answer),
    ...(when && { condition: conditionTrail(when, view) }),
    ...(serve && { serve: serveTrail(serve, view) }),
  };
}

const conditionOf = (step: Step, view: View): Condition | undefined =>
  step.step === 'rule' ? ruleOf(step, view).when : overrideOf(step, view)?.when;

const overrideOf = ({ step, at }: Step, { flag }: View): Override | undefined =>
  step === 'override' ? flag.overrides?.[at] : undefined;

const ruleOf = ({ at }: Step, { flag }: View): Rule => flag.rules?.[at] ?? malformed();

/** What of the step's source serves: a rule's `onMiss` where the rule misses. */
function servedBy(step: Step, answer: Answer, view: View): Serve | undefined {
  const { context, nowMs, flag } = view;
  const isMiss = answer !== UNSUPPORTED && (answer !== TRUE || isNothing(served(step.serve, context, nowMs)));
  if (step.miss !== undefined && isMiss) return ruleOf(step, view).onMiss?.stop;
  if (answer !== TRUE) return undefined;
  if (step.step === 'rule') return ruleOf(step, view).serve;
  if (step.step === 'override') return serveOf(overrideOf(step, view)?.variant);
  return step.step === 'fallthrough' ? flag.fallthrough : undefined;
}

const isNothing = (result: Outcome | Answer): boolean => result === FALSE || result === UNKNOWN;

function identity({ step, at }: Step, { flag }: View): { id?: string } {
  const ids = {
    rule: flag.rules?.[at]?.id,
    pin: flag.pins?.[at]?.kind,
    prerequisite: flag.prerequisites?.[at]?.flag,
    override: flag.overrides?.[at]?.metadata.source,
  };
  const id = step in ids ? ids[step as keyof typeof ids] : undefined;
  return id === undefined ? {} : { id };
}

function conditionTrail(condition: Condition, view: View): ConditionTrail {
  const answer = word(compileCondition(condition, view.scope)(view.context, view.nowMs));
  const within = typeof condition === 'object' && condition !== null ? conditionsWithin(condition) : [];
  const parts = Array.isArray(within) ? within.map((part) => conditionTrail(part, deeper(view))) : [];
  return { condition, answer, ...(parts.length > 0 && { parts }), ...(answer !== 'unsupported' && seen(condition, view)) };
}

const deeper = (view: View): View => ({ ...view, scope: { ...view.scope, level: view.scope.level + 1 } });

/** What a condition that is understood looked at. */
function seen(condition: Condition, view: View): Partial<ConditionTrail> {
  if ('op' in condition) return { actual: read(placeOf(condition.kind, condition.path), view.context) };
  if ('flag' in condition) return { actual: servedVariant(condition.flag, view) };
  if ('bucket' in condition) return seenBucket(condition.bucket, view);
  if ('segment' in condition) return seenInSegment(condition.segment, view);
  return {};
}

function servedVariant(key: string, { scope, context, nowMs }: View): string | undefined {
  const served = scope.links.follow(scope.links.cell('f', key), context, nowMs);
  return typeof served === 'object' ? served.variant : undefined;
}

function seenInSegment(key: string, view: View): Partial<ConditionTrail> {
  const cell = view.scope.links.cell('s', key);
  const { kind, included = [], excluded = [], hashed, when } = documentOf(cell) as Segment;
  const isIn = (keys: readonly string[]): boolean => keyTest(kind, keys, hashed)(view.context, view.nowMs) === TRUE;
  if (isIn(included)) return { list: 'included' };
  if (isIn(excluded)) return { list: 'excluded' };
  return when
    ? { parts: [conditionTrail(when, { ...view, scope: { ...view.scope, cell: copyOf(cell), salt: key, level: 1 } })] }
    : {};
}

function seenBucket(source: Bucketing, view: View): Partial<ConditionTrail> {
  const bucket = bucketIn(source, view);
  return bucket === undefined ? {} : { bucket };
}

function bucketIn(source: Bucketing, { scope, context }: View): number | undefined {
  const bucket = compileBucketing(source, scope)?.(context);
  return bucket === NO_BUCKET ? undefined : bucket;
}

/** What of a serve is for this context. Nothing more is said of what is not understood. */
function serveTrail(serve: Serve, view: View): ServeTrail {
  if ('split' in serve) return splitTrail(serve, view);
  const decides = ({ when }: { readonly when: Condition }): boolean =>
    /^true|^unsupported/.test(conditionTrail(when, view).answer);
  const chosen = 'switch' in serve ? serve.switch.find(decides) : undefined;
  return chosen ? { serve, chosen: serveTrail(chosen.serve, view) } : { serve };
}

function splitTrail(serve: Extract<Serve, { split: unknown }>, view: View): ServeTrail {
  const bucket = bucketIn(serve.split, view);
  if (bucket === undefined) return { serve };
  const arm = serve.arms.find(({ ranges }) => isWithin(ranges, bucket));
  const chosen = arm?.serve ?? serve.rest;
  return { serve, bucket, ...(arm && { share: shareOf(arm) }), ...(chosen && { chosen: serveTrail(chosen, view) }) };
}
