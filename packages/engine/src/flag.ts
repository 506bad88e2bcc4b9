import { type Answer, TRUE, type Test, UNKNOWN, UNSUPPORTED, FALSE, negated } from './answer.ts';
import { placeOf, read } from './attribute.ts';
import type { Cell, Links, Run } from './cell.ts';
import { compileCondition, servesVariant } from './condition.ts';
import { memberTest } from './members.ts';
import type { Flag, FlagMetadata, Pin, Prerequisite, Rule, Serve } from './model.ts';
import type { Outcome } from './outcome.ts';
import { type Scope, compileWithin, unsupported } from './scope.ts';
import { type Serving, compileServe, served } from './serve.ts';

/** Where in the flag a step comes from. */
export type Source =
  | { readonly step: 'off' | 'needs'; readonly source: undefined }
  | { readonly step: 'prerequisite'; readonly source: Prerequisite }
  | { readonly step: 'pin'; readonly source: Pin }
  | { readonly step: 'rule'; readonly source: Rule }
  | { readonly step: 'fallthrough'; readonly source: Serve };

/** Where its test is *true*, or it has none, a step serves. Where nothing comes of that, `miss` serves, or the next step is taken. */
interface Action {
  readonly test: Test | undefined;
  readonly serve: Serving;
  readonly miss: Serving | undefined;
}

/** One thing that may decide a flag. */
export type Step = Source & Action;

/** Compiles a flag to its steps, in the order of the rule model. */
export function compileFlag(cell: Cell, links: Links): Run {
  const flag = cell.document as Flag;
  return compileWithin({ links, cell, salt: flag.salt, level: 0 }, (scope) => {
    const steps = stepsOf(flag, scope);
    const [first] = steps;
    if (first && !first.test && typeof first.serve === 'object') cell.constant = first.serve;
    return walk(steps);
  });
}

/**
 * Takes the steps one by one until one of them serves, or stops the flag because it is not understood. Where none serves the
 * answer is *unknown* if a split lacked the key to bucket by, else *false*.
 */
function walk(steps: readonly Step[]): Run {
  return (context, nowMs, watch) => {
    let lacksKey = false;
    for (const step of steps) {
      if (watch !== undefined) watch(step);
      const { test, serve, miss } = step;
      let result: Outcome | Answer = test === undefined ? TRUE : test(context, nowMs);
      if (result === TRUE) {
        result = served(serve, context, nowMs);
        if (typeof result === 'object') return result;
        if (result === UNKNOWN) lacksKey = true;
      }
      if (miss !== undefined && result !== UNSUPPORTED) {
        result = served(miss, context, nowMs);
        if (typeof result === 'object') return result;
      }
      if (result === UNSUPPORTED) return result;
    }
    return lacksKey ? UNKNOWN : FALSE;
  };
}

function stepsOf(flag: Flag, scope: Scope): Step[] {
  const { prerequisites = [], pins = [], rules = [], fallthrough } = flag;
  if (flag.on !== true) return [step({ step: 'off', source: undefined }, scope, (within) => just(off(flag, {}, within)))];
  const reason = prerequisites.length + pins.length + rules.length === 0 ? 'STATIC' : 'DEFAULT';
  return [
    ...unmetNeeds(flag).map((need) =>
      step({ step: 'needs', source: undefined }, scope, (within) => stop(unsupported(within, need))),
    ),
    ...prerequisites.map((source) =>
      step({ step: 'prerequisite', source }, scope, (within) => prerequisite(flag, source, within)),
    ),
    ...pins.map((source) => step({ step: 'pin', source }, scope, (within) => pin(flag, source, within))),
    ...rules.map((source) => step({ step: 'rule', source }, scope, (within) => rule(flag, source, within))),
    step({ step: 'fallthrough', source: fallthrough }, scope, (within) =>
      just(compileServe(flag, fallthrough, { reason }, within)),
    ),
  ];
}

/** All steps have the same members in the same order, which keeps the walk fast. A malformed one stops the flag only where the walk reaches it. */
function step({ step: name, source }: Source, scope: Scope, compile: (within: Scope) => Action): Step {
  const compiled = compileWithin(scope, compile);
  const { test, serve, miss } = typeof compiled === 'function' ? stop(compiled) : compiled;
  return { step: name, source, test, serve, miss } as Step;
}

const just = (serve: Serving): Action => ({ test: undefined, serve, miss: undefined });
const stop = (test: Test): Action => ({ test, serve: () => FALSE, miss: undefined });

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
    miss: undefined,
  };
}

function pin(flag: Flag, { kind, variant, keys, hashed }: Pin, scope: Scope): Action {
  const isPinned = memberTest(keys, kind, hashed);
  const place = placeOf(kind, ['key']);
  return {
    test: (context) => {
      const key = read(place, context);
      return typeof key !== 'string' ? UNKNOWN : isPinned(key) ? TRUE : FALSE;
    },
    serve: compileServe(flag, { variant }, { reason: 'TARGETING_MATCH', facts: { pin: kind } }, scope),
    miss: undefined,
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
