import { type Answer, FALSE, TRUE, UNKNOWN, UNSUPPORTED } from './answer.ts';
import { compileBucketing, isWithin, NO_BUCKET, rangesOf } from './bucketing.ts';
import { compileCondition } from './condition.ts';
import type { Arm, Context, Flag, Serve } from './model.ts';
import { type Account, type Outcome, outcome } from './outcome.ts';
import { own } from './own.ts';
import { type Scope, compileWithin, unsupported } from './scope.ts';

/**
 * What is served to a context; or *false*: nothing of it is for this context; or *unknown*: the context has not the key to bucket
 * it by; or *unsupported*.
 */
export type Serving = (context: Context, nowMs: number) => Outcome | Answer;

/** Compiles what a rule, a fallthrough or an arm serves. Everything under a split has the reason SPLIT. */
export function compileServe(flag: Flag, source: Serve, account: Account, scope: Scope): Serving {
  return compileWithin(scope, (within) => compileForm(flag, source, account, within));
}

function compileForm(flag: Flag, source: Serve, account: Account, scope: Scope): Serving {
  if ('variant' in source) return variant(flag, source.variant, account, scope);
  if ('split' in source) return split(flag, source, { ...account, reason: 'SPLIT' }, scope);
  if ('switch' in source) return firstMatch(flag, source.switch, { ...account, reason: 'TARGETING_MATCH' }, scope);
  return 'codeDefault' in source ? always(outcome(flag, undefined, account)) : unsupported(scope, 'serve');
}

const always =
  (served: Outcome): Serving =>
  () =>
    served;

function variant(flag: Flag, name: string, account: Account, scope: Scope): Serving {
  return own(flag.variants, name) === undefined ? unsupported(scope, `variant:${name}`) : always(outcome(flag, name, account));
}

function split(flag: Flag, source: Extract<Serve, { split: unknown }>, account: Account, scope: Scope): Serving {
  const bucketOf = compileBucketing(source.split, scope);
  if (!bucketOf) return unsupported(scope, `hash:${source.split.hash}`);
  const arms = source.arms.map((arm: Arm) => ({
    ranges: rangesOf(arm.ranges),
    serve: compileServe(flag, arm.serve, account, scope),
  }));
  const rest = source.rest && compileServe(flag, source.rest, account, scope);
  return (context, nowMs) => {
    const bucket = bucketOf(context);
    if (bucket === NO_BUCKET) return UNKNOWN;
    for (const arm of arms) if (isWithin(arm.ranges, bucket)) return arm.serve(context, nowMs);
    return rest ? rest(context, nowMs) : FALSE;
  };
}

/** The first case whose condition holds. A case whose condition is unknown is passed over. */
function firstMatch(flag: Flag, cases: Extract<Serve, { switch: unknown }>['switch'], account: Account, scope: Scope): Serving {
  const compiled = cases.map(({ when, serve }) => ({
    test: compileCondition(when, scope),
    serve: compileServe(flag, serve, account, scope),
  }));
  return (context, nowMs) => {
    for (const { test, serve } of compiled) {
      const answer = test(context, nowMs);
      if (answer === TRUE) return serve(context, nowMs);
      if (answer === UNSUPPORTED) return answer;
    }
    return FALSE;
  };
}
