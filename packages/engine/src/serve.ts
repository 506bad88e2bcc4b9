import { FALSE, type Test, TRUE, UNKNOWN, UNSUPPORTED } from './answer.ts';
import { compileBucketing, NO_BUCKET, rangesOf } from './bucketing.ts';
import { compileCondition } from './condition.ts';
import type { Arm, Flag, Serve } from './model.ts';
import { type Account, outcome } from './outcome.ts';
import { own } from './own.ts';
import { served, type Serving } from './serving.ts';
import { type Scope, compileWithin, unsupported } from './scope.ts';

type Split = Extract<Serve, { split: unknown }>;
type Switch = Extract<Serve, { switch: unknown }>;

/** Serves a variant; none is the code default. */
export const serveOf = (variant: string | undefined): Serve => (variant === undefined ? { codeDefault: true } : { variant });

/** Compiles what a rule, a fallthrough or an arm serves. Everything under a split has the reason SPLIT. */
export function compileServe(flag: Flag, source: Serve, account: Account, scope: Scope): Serving {
  return compileWithin(scope, (within) => compileForm(flag, source, account, within));
}

function compileForm(flag: Flag, source: Serve, account: Account, scope: Scope): Serving {
  if ('variant' in source) return variant(flag, source.variant, account, scope);
  if ('split' in source) return split(flag, source, { ...account, reason: 'SPLIT' }, scope);
  if ('switch' in source) return firstMatch(flag, source, { ...account, reason: 'TARGETING_MATCH' }, scope);
  return 'codeDefault' in source ? outcome(flag, undefined, account) : unsupported(scope, 'serve');
}

function variant(flag: Flag, name: string, account: Account, scope: Scope): Serving {
  return own(flag.variants, name) === undefined ? unsupported(scope, `variant:${name}`) : outcome(flag, name, account);
}

function split(flag: Flag, source: Split, account: Account, scope: Scope): Serving {
  const bucketOf = compileBucketing(source.split, scope);
  if (!bucketOf) return unsupported(scope, `hash:${source.split.hash}`);
  const slices = slicesOf(flag, source.arms, account, scope);
  const rest = source.rest === undefined ? FALSE : compileServe(flag, source.rest, account, scope);
  return (context, nowMs) => {
    const bucket = bucketOf(context);
    if (bucket === NO_BUCKET) return UNKNOWN;
    for (const { from, to, serve } of slices) if (bucket >= from && bucket < to) return served(serve, context, nowMs);
    return rest === FALSE ? FALSE : served(rest, context, nowMs);
  };
}

/** A part of the hash space and what is served there. */
interface Slice {
  readonly from: number;
  readonly to: number;
  readonly serve: Serving;
}

function slicesOf(flag: Flag, arms: readonly Arm[], account: Account, scope: Scope): Slice[] {
  return arms.flatMap((arm) => {
    const serve = compileServe(flag, arm.serve, account, scope);
    return rangesOf(arm.ranges).map(([from, to]) => ({ from, to, serve }));
  });
}

/** The first case whose condition holds. A case whose condition is unknown is passed over. */
function firstMatch(flag: Flag, source: Switch, account: Account, scope: Scope): Serving {
  const cases = casesOf(flag, source, account, scope);
  return (context, nowMs) => {
    for (const { test, serve } of cases) {
      const answer = test(context, nowMs);
      if (answer === TRUE) return served(serve, context, nowMs);
      if (answer === UNSUPPORTED) return answer;
    }
    return FALSE;
  };
}

function casesOf(flag: Flag, { switch: cases }: Switch, account: Account, scope: Scope): { test: Test; serve: Serving }[] {
  return cases.map(({ when, serve }) => ({
    test: compileCondition(when, scope),
    serve: compileServe(flag, serve, account, scope),
  }));
}
