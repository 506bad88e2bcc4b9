import type { Module } from '../syntax/module.ts';
import { wholeModule, type Exported } from '../syntax/exports.ts';
import { lookUpType } from '../syntax/scope.ts';
import type { Enters, Evaluator } from './evaluator.ts';
import type { Modules } from './modules.ts';
import { declared } from './types.ts';
import { other, unseen, type Value } from './value.ts';

interface Import {
  readonly from: Module;
  readonly specifier: string;
  /** `default`, `*`, a name, or `require` for what CommonJS gives. */
  readonly name: string;
}

/** What an import brings: something of another file, or of a package elsewhere. */
export function evaluateImport(evaluator: Evaluator, modules: Modules, enters: Enters, { from, specifier, name }: Import): Value {
  const target = modules.find(from.file, specifier);
  if (target.sort === 'package')
    return { is: 'foreign', from: target.name, path: name === '*' || name === 'require' ? [] : [name] };
  const module = target.sort === 'file' && enters(target.file) ? modules.read(target.file) : undefined;
  return module ? evaluator.exported(module, name) : unseen(isOwnName(name) ? [name] : []);
}

const isOwnName = (name: string) => name !== 'default' && name !== '*' && name !== 'require';

/** What a file exports under a name. */
export function evaluateExport(evaluator: Evaluator, modules: Modules, module: Module, name: string): Value {
  const { named, all } = module.exports;
  const exported = named.get(name) ?? (name === 'require' || name === 'default' ? named.get(wholeModule) : undefined);
  if (exported) return given(evaluator, module, exported);
  if (name === '*' || name === 'require') return { is: 'module', module };
  const whole = named.get(wholeModule);
  if (whole) return evaluator.member(given(evaluator, module, whole), name);
  for (const specifier of all) {
    const value = evaluator.imported(module, specifier, name);
    if (value.is !== 'other' && value.is !== 'unseen') return value;
  }
  return other;
}

function given(evaluator: Evaluator, module: Module, exported: Exported): Value {
  if (exported.sort === 'from') return evaluator.imported(module, exported.from, exported.name);
  if (exported.sort === 'expression') return evaluator.expression(exported.value.node, { module, scope: exported.value.scope });
  const type = module.scope.names.has(exported.name) ? undefined : lookUpType(exported.name, module.scope);
  if (type) return declared(evaluator, type.node, { module, scope: type.scope });
  return evaluator.name(exported.name, { module, scope: module.scope });
}
