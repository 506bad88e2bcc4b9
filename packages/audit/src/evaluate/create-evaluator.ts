import type { Binding, FunctionNode } from '../syntax/scope.ts';
import { evaluateExpression } from './expression.ts';
import type { Enters, Evaluator } from './evaluator.ts';
import { evaluateExport, evaluateImport } from './imports.ts';
import { memberOf } from './members.ts';
import type { Modules } from './modules.ts';
import { evaluateName } from './names.ts';
import { resultOf } from './results.ts';
import { typedAs } from './types.ts';
import { unseen, type Value } from './value.ts';

/** Enough for any code that people wrote; what was built to be hard gets no more. */
const mostSteps = 2_000;
const deepest = 60;

type Known = WeakMap<Binding | FunctionNode, Value>;

/**
 * Makes evaluators that share what they find out: a name is worked out once. `enters` says which files may be followed into, and must
 * not change its mind.
 */
export function createEvaluators(modules: Modules, enters: Enters): () => Evaluator {
  const known: Known = new WeakMap();
  return () => createEvaluator(modules, enters, known);
}

function createEvaluator(modules: Modules, enters: Enters, known: Known): Evaluator {
  const effort = createEffort();
  const bounded =
    <A extends unknown[]>(work: (evaluator: Evaluator, ...args: A) => Value) =>
    (...args: A): Value =>
      effort.spend(() => work(evaluator, ...args));
  const evaluator: Evaluator = {
    expression: bounded(evaluateExpression),
    name: bounded(evaluateName),
    member: bounded(memberOf),
    result: bounded(resultOf),
    typed: bounded(typedAs),
    exported: bounded((self, module, name) => evaluateExport(self, modules, module, name)),
    imported: bounded((self, from, specifier, name) => evaluateImport(self, modules, enters, { from, specifier, name })),
    once: remember(known, effort),
  };
  return evaluator;
}

interface Effort {
  readonly spend: (work: () => Value) => Value;
  readonly gaveUp: () => boolean;
}

function createEffort(): Effort {
  let steps = mostSteps;
  let depth = 0;
  let gaveUp = false;
  const spend = (work: () => Value) => {
    if (steps <= 0 || depth >= deepest) {
      gaveUp = true;
      return unseen();
    }
    steps -= 1;
    depth += 1;
    try {
      return work();
    } finally {
      depth -= 1;
    }
  };
  return { spend, gaveUp: () => gaveUp };
}

/** What depends on itself is not known; what was given up is not remembered. */
function remember(known: Known, { gaveUp }: Effort): Evaluator['once'] {
  const inWork = new Set<object>();
  return (subject, work) => {
    const found = known.get(subject);
    if (found) return found;
    if (inWork.has(subject)) return unseen();
    inWork.add(subject);
    const value = work();
    inWork.delete(subject);
    if (!gaveUp()) known.set(subject, value);
    return value;
  };
}
