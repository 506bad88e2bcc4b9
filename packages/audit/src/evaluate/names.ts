import { lookUp, lookUpNamespace, type Binding, type Path, type Placed, type Scope } from '../syntax/scope.ts';
import { whereOf, type Evaluator } from './evaluator.ts';
import { either, other, unseen, type Value, type Where } from './value.ts';

/** What a name stands for where it is used. */
export function evaluateName(evaluator: Evaluator, name: string, { module, scope }: Where): Value {
  if (name === 'undefined') return other;
  const found = lookUp(name, scope);
  const inside = found ? undefined : lookUpNamespace(name, scope);
  if (inside) return { is: 'namespace', where: { module, scope: inside } };
  if (!found) return unseen([name]);
  const value = evaluator.once(found.binding, () => standsFor(evaluator, found.binding, { module, scope: found.scope }));
  return value.is === 'unseen' && value.chain.length === 0 ? unseen([name]) : value;
}

function standsFor(evaluator: Evaluator, binding: Binding, where: Where): Value {
  switch (binding.sort) {
    case 'value':
      return valueOf(evaluator, binding, where);
    case 'parameter':
      return parameterOf(evaluator, binding, where);
    case 'function':
      return { is: 'function', node: binding.node, where };
    case 'class':
      return { is: 'class', node: binding.node, where };
    case 'enum':
      return { is: 'enum', node: binding.node, where };
    case 'import':
      return evaluator.imported(where.module, binding.from, binding.name);
    case 'unknown':
      return unseen();
  }
}

type Sorted<S extends Binding['sort']> = Extract<Binding, { sort: S }>;

function valueOf(evaluator: Evaluator, { init, path, type, later }: Sorted<'value'>, where: Where): Value {
  const first = init ? [along(evaluator, at(evaluator, init, where), path)] : [];
  const values = [...first, ...later.map((placed) => (placed ? at(evaluator, placed, where) : unseen()))];
  const known = either(values.length === 0 ? [unseen()] : values);
  return known.is === 'unseen' ? (typed(evaluator, type, path, where) ?? known) : known;
}

function at(evaluator: Evaluator, placed: Placed, { module }: Where): Value {
  return evaluator.expression(placed.node, whereOf(placed, module));
}

function parameterOf(evaluator: Evaluator, { of, index, path, type, later }: Sorted<'parameter'>, where: Where): Value {
  if (later.length > 0) return unseen();
  const inside: Scope = where.module.inside.get(of) ?? where.scope;
  const known = typed(evaluator, type, path, { module: where.module, scope: inside });
  return known ?? { is: 'parameter', of, index, path, module: where.module };
}

function typed(evaluator: Evaluator, type: Sorted<'value'>['type'], path: Path, where: Where): Value | undefined {
  if (!type) return undefined;
  const value = along(evaluator, evaluator.typed(type, where), path);
  return value.is === 'other' || value.is === 'unseen' ? undefined : value;
}

function along(evaluator: Evaluator, value: Value, path: Path): Value {
  return path.reduce((whole, name) => evaluator.member(whole, name), value);
}
