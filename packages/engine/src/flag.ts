import { type Answer, FALSE, negated, type Test, TRUE, UNKNOWN, UNSUPPORTED } from './answer.ts';
import type { Cell, Run } from './cell.ts';
import { compileCondition, servesVariant } from './condition.ts';
import { isText, listOf } from './malformed.ts';
import { keyTest } from './members.ts';
import type { Flag, FlagMetadata, Override, Pin, Prerequisite, Rule } from './model.ts';
import type { Outcome } from './outcome.ts';
import { compileWithin, type Links, type Scope, unsupported } from './scope.ts';
import { compileServe, serveOf } from './serve.ts';
import { served, type Serving } from './serving.ts';
import type { Action, Step } from './step.ts';

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
      const { test } = step;
      let result: Outcome | Answer = test === undefined ? TRUE : test(context, nowMs);
      if (result === TRUE) {
        result = served(step.serve, context, nowMs);
        if (typeof result === 'object') return result;
        if (result === UNKNOWN) lacksKey = true;
      }
      if (step.miss !== undefined && result !== UNSUPPORTED) result = served(step.miss, context, nowMs);
      if (typeof result === 'object' || result === UNSUPPORTED) return result;
    }
    return lacksKey ? UNKNOWN : FALSE;
  };
}

function stepsOf(flag: Flag, scope: Scope): Step[] {
  const { overrides = [], prerequisites = [], pins = [], rules = [], needs = [], fallthrough } = flag;
  const steps: Step[] = [];
  // All steps have the same members, which keeps the walk fast. A malformed one stops the flag only where the walk reaches it.
  const add = (step: Step['step'], at: number, compile: (within: Scope) => Action): void => {
    const compiled = compileWithin(scope, compile);
    const [test, serve, miss] = typeof compiled === 'function' ? stop(compiled) : compiled;
    steps.push({ step, at, test, serve, miss });
  };
  for (const [at, source] of overrides.entries()) add('override', at, (within) => override(flag, source, within));
  if (flag.on !== true) add('off', 0, (within) => [undefined, off(flag, {}, within)]);
  for (const need of listOf(needs, isText)) if (!IS_ROW.test(need)) add('needs', 0, (within) => stop(unsupported(within, need)));
  for (const [at, source] of prerequisites.entries()) add('prerequisite', at, (within) => prerequisite(flag, source, within));
  for (const [at, source] of pins.entries()) add('pin', at, (within) => pin(flag, source, within));
  for (const [at, source] of rules.entries()) add('rule', at, (within) => rule(flag, source, within));
  const reason = steps.length === overrides.length ? 'STATIC' : 'DEFAULT';
  add('fallthrough', 0, (within) => [undefined, compileServe(flag, fallthrough, { reason }, within)]);
  return steps;
}

/** Rows are judged where they are used. No other need is known to this engine. */
const IS_ROW = /^(op|hash):/;

const stop = (test: Test): Action => [test, () => FALSE];

const override = (flag: Flag, { when, variant, reason, metadata }: Override, scope: Scope): Action => [
  when && compileCondition(when, scope),
  compileServe(flag, serveOf(variant), { reason, facts: metadata }, scope),
];

function off(flag: Flag, facts: FlagMetadata, scope: Scope): Serving {
  return compileServe(flag, serveOf(flag.off), { reason: 'DISABLED', facts }, scope);
}

function prerequisite(flag: Flag, { flag: key, variants, unmet }: Prerequisite, scope: Scope): Action {
  const isMet = servesVariant(key, variants, scope);
  const facts = { prerequisite: key };
  return [
    (context, nowMs) => negated(isMet(context, nowMs)),
    unmet === 'codeDefault'
      ? compileServe(flag, { codeDefault: true }, { reason: 'DISABLED', facts }, scope)
      : off(flag, facts, scope),
  ];
}

const pin = (flag: Flag, { kind, variant, keys, hashed }: Pin, scope: Scope): Action => [
  keyTest(kind, keys, hashed),
  compileServe(flag, { variant }, { reason: 'TARGETING_MATCH', facts: { pin: kind } }, scope),
];

function rule(flag: Flag, { id, when, serve, onMiss }: Rule, scope: Scope): Action {
  const account = { reason: 'TARGETING_MATCH', facts: { ruleId: id } } as const;
  return [
    compileCondition(when, scope),
    compileServe(flag, serve, account, scope),
    onMiss === undefined ? onMiss : compileServe(flag, onMiss.stop, account, scope),
  ];
}
