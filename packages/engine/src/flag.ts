import { type Answer, TRUE, type Test, UNKNOWN, UNSUPPORTED, FALSE, negated } from './answer.ts';
import { reader } from './attribute.ts';
import type { Cell, Links, Run } from './cell.ts';
import { compileCondition, servesVariant } from './condition.ts';
import { memberTest } from './members.ts';
import type { Flag, FlagMetadata, Pin, Prerequisite, Rule, Serve } from './model.ts';
import { type Outcome, outcome } from './outcome.ts';
import { type Scope, compileWithin, unsupported } from './scope.ts';
import { type Serving, compileServe } from './serve.ts';

/** Where in the flag a step comes from. */
export type Source =
  | { readonly step: 'off' | 'needs' }
  | { readonly step: 'prerequisite'; readonly source: Prerequisite }
  | { readonly step: 'pin'; readonly source: Pin }
  | { readonly step: 'rule'; readonly source: Rule }
  | { readonly step: 'fallthrough'; readonly source: Serve };

/** Where its test is *true* a step serves. Where nothing comes of that, `miss` serves, or the next step is taken. */
interface Action {
  readonly test: Test;
  readonly serve: Serving;
  readonly miss?: Serving | undefined;
}

/** One thing that may decide a flag. */
export type Step = Source & Action;

/** Compiles a flag to its steps, in the order of the rule model. */
export function compileFlag(cell: Cell, links: Links): Run {
  const flag = cell.document as Flag;
  return compileWithin({ links, cell, salt: flag.salt, level: 0 }, (scope) => walk(flag, stepsOf(flag, scope)));
}

/** Takes the steps one by one until one of them serves, or stops the flag because it is not understood. */
function walk(flag: Flag, steps: readonly Step[]): Run {
  const nothing = outcome(flag, undefined, { reason: 'DEFAULT' });
  const keyless = outcome(flag, undefined, {
    reason: 'ERROR',
    errorCode: 'TARGETING_KEY_MISSING',
    errorMessage: 'The context lacks what this flag is split by: pass a key of that kind.',
  });
  return (context, nowMs, watch) => {
    let lacksKey = false;
    for (const step of steps) {
      watch?.(step);
      let served: Outcome | Answer = step.test(context, nowMs);
      if (served === TRUE) {
        served = step.serve(context, nowMs);
        if (served === UNKNOWN) lacksKey = true;
      }
      if (step.miss && typeof served === 'number' && served !== UNSUPPORTED) served = step.miss(context, nowMs);
      if (typeof served === 'object' || served === UNSUPPORTED) return served;
    }
    return lacksKey ? keyless : nothing;
  };
}

function stepsOf(flag: Flag, scope: Scope): Step[] {
  const { prerequisites = [], pins = [], rules = [], fallthrough } = flag;
  if (flag.on !== true) return [{ step: 'off', test: yes, serve: off(flag, {}, scope) }];
  const step = <S extends Source>(source: S, compile: (within: Scope) => Action): S & Action => ({
    ...source,
    ...action(scope, compile),
  });
  const isStatic = prerequisites.length + pins.length + rules.length === 0;
  return [
    ...unmetNeeds(flag).map((need) => step({ step: 'needs' }, (within) => ({ test: unsupported(within, need), serve: never }))),
    ...prerequisites.map((source) => step({ step: 'prerequisite', source }, (within) => prerequisite(flag, source, within))),
    ...pins.map((source) => step({ step: 'pin', source }, (within) => pin(flag, source, within))),
    ...rules.map((source) => step({ step: 'rule', source }, (within) => rule(flag, source, within))),
    step({ step: 'fallthrough', source: fallthrough }, (within) => ({
      test: yes,
      serve: compileServe(flag, fallthrough, { reason: isStatic ? 'STATIC' : 'DEFAULT' }, within),
    })),
  ];
}

const yes: Test = () => TRUE;
const never: Serving = () => FALSE;

/** A malformed step stops the flag only where the walk reaches it. */
function action(scope: Scope, compile: (within: Scope) => Action): Action {
  const compiled = compileWithin(scope, compile);
  return typeof compiled === 'function' ? { test: compiled, serve: never } : compiled;
}

/** Rows are judged where they are used. No other need is known to this engine. */
const unmetNeeds = ({ needs = [] }: Flag): string[] => needs.filter((need) => !/^(op|hash):/.test(need));

function off(flag: Flag, facts: FlagMetadata, scope: Scope): Serving {
  const source: Serve = flag.off === undefined ? { codeDefault: true } : { variant: flag.off };
  return compileServe(flag, source, { reason: 'DISABLED', facts }, scope);
}

function prerequisite(flag: Flag, { flag: key, variants, unmet }: Prerequisite, scope: Scope): Action {
  const isMet = servesVariant(key, variants, scope);
  const facts = { prerequisite: key };
  return {
    test: (context, nowMs) => negated(isMet(context, nowMs)),
    serve:
      unmet === 'codeDefault'
        ? compileServe(flag, { codeDefault: true }, { reason: 'DISABLED', facts }, scope)
        : off(flag, facts, scope),
  };
}

function pin(flag: Flag, { kind, variant, keys, hashed }: Pin, scope: Scope): Action {
  const isPinned = memberTest(keys, kind, hashed);
  const keyOf = reader(kind, ['key']);
  return {
    test: (context) => {
      const key = keyOf(context);
      return typeof key !== 'string' ? UNKNOWN : isPinned(key) ? TRUE : FALSE;
    },
    serve: compileServe(flag, { variant }, { reason: 'TARGETING_MATCH', facts: { pin: kind } }, scope),
  };
}

function rule(flag: Flag, { id, when, serve, onMiss }: Rule, scope: Scope): Action {
  const account = { reason: 'TARGETING_MATCH', facts: { ruleId: id } } as const;
  return {
    test: compileCondition(when, scope),
    serve: compileServe(flag, serve, account, scope),
    miss: onMiss && compileServe(flag, onMiss.stop, account, scope),
  };
}
