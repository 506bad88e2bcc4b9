import type { Enters, Evaluator } from '../evaluate/evaluator.ts';
import type { Target } from '../evaluate/find-target.ts';
import type { Modules } from '../evaluate/modules.ts';
import { clientMakers, clientTypes } from '../evaluate/sdk.ts';
import { alternatives, type Value, type Where } from '../evaluate/value.ts';
import { functionId, type Wrappers } from '../reads/wrappers.ts';
import { componentReads, functionReads } from '../reads/sorts.ts';
import type { Module } from '../syntax/module.ts';
import { nameOfKey } from '../syntax/names.ts';
import { lookUpNamespace } from '../syntax/scope.ts';

/** What a file gives to others. */
export interface Interest {
  /** Others read flags by something that it exports. */
  readonly exports: boolean;
  /** Names that clients go by in it. */
  readonly clients: readonly string[];
}

export interface Insight {
  readonly modules: Modules;
  readonly evaluators: () => Evaluator;
  readonly wrappers: Wrappers;
  readonly enters: Enters;
}

/** Finds out what reading flags in other files may depend on. Most files give nothing: they are not looked into for it. */
export function interestOf(module: Module, insight: Insight): Interest {
  const { modules, evaluators, wrappers, enters } = insight;
  const imports = [...module.specifiers].map((specifier) => modules.find(module.file, specifier));
  const matters = (target: Target) =>
    (target.sort === 'file' && enters(target.file)) || (target.sort === 'package' && target.name in readBy);
  const mayHoldClients = imports.some(matters);
  if (!mayHoldClients && wrappers.sizeIn(module.file) === 0) return { exports: false, clients: [] };
  const names = [...module.exports.named.keys()];
  const exports =
    names.some((name) => isOfInterest(evaluators().exported(module, name), insight, 0)) ||
    module.exports.all.some((specifier) => {
      const target = modules.find(module.file, specifier);
      return target.sort === 'file' && enters(target.file);
    });
  return { exports, clients: mayHoldClients ? clientNames(module, evaluators) : [] };
}

/** Packages of which something is known. */
const readBy = { ...clientMakers, ...clientTypes, ...functionReads, ...componentReads };

const deepest = 2;

function isOfInterest(value: Value, insight: Insight, depth: number): boolean {
  const evaluator = insight.evaluators();
  const inside = (names: readonly string[]) =>
    depth < deepest && names.some((name) => isOfInterest(evaluator.member(value, name), insight, depth + 1));
  switch (value.is) {
    case 'client':
    case 'method':
      return true;
    case 'either':
      return alternatives(value).some((one) => isOfInterest(one, insight, depth));
    case 'foreign':
      return isKnownForeign(value.from, value.path.join('.'));
    case 'function':
      return (
        insight.wrappers.knows(functionId(value.where.module, value.node)) ||
        evaluator.result(value).is === 'client' ||
        inside([...(lookUpNamespace(value.node.id?.name ?? '', value.where.scope)?.names.keys() ?? [])])
      );
    case 'namespace':
      return inside([...value.where.scope.names.keys()]);
    case 'class':
    case 'instance':
      return (
        inside(value.node.body.body.flatMap((element) => ('key' in element ? (nameOfKey(element) ?? []) : []))) ||
        holdsClient(value, evaluator)
      );
    case 'object':
      return inside(
        value.node.properties.flatMap((property) => (property.type === 'Property' ? (nameOfKey(property) ?? []) : [])),
      );
    case 'shape':
      return inside(value.members.flatMap((member) => ('key' in member ? (nameOfKey(member) ?? []) : [])));
    default:
      return false;
  }
}

function isKnownForeign(from: string, name: string): boolean {
  const tables = [functionReads, componentReads].map((table) => Object.keys(table[from] ?? {}));
  return [clientMakers[from] ?? [], ...tables].some((names) => names.includes(name));
}

/** What a constructor keeps is found by the names it is kept under. */
function holdsClient(value: Extract<Value, { is: 'class' | 'instance' }>, evaluator: Evaluator): boolean {
  const instance: Value = { ...value, is: 'instance' };
  const assigned = value.where.module.assigned.get(value.node)?.keys() ?? [];
  return [...assigned].some((name) => evaluator.member(instance, name).is === 'client');
}

/** Every name of a file, wherever it holds, that stands for a client; and every member that is declared as one. */
function clientNames(module: Module, evaluators: () => Evaluator): string[] {
  const names: string[] = [];
  for (const scope of module.scopes) {
    const where = { module, scope };
    for (const [name, { sort }] of scope.names) {
      if (sort !== 'value' && sort !== 'parameter') continue;
      if (evaluators().name(name, where).is === 'client') names.push(name);
    }
    for (const [name] of scope.types) names.push(...clientMembers(name, where, evaluators()));
  }
  return names;
}

function clientMembers(type: string, where: Where, evaluator: Evaluator): string[] {
  const value = evaluator.typed(referenceTo(type), where);
  if (value.is !== 'shape') return [];
  return value.members
    .flatMap((member) => ('key' in member ? (nameOfKey(member) ?? []) : []))
    .filter((name) => evaluator.member(value, name).is === 'client');
}

const referenceTo = (name: string) =>
  ({
    type: 'TSTypeReference',
    typeName: { type: 'Identifier', name, start: 0, end: 0 },
    typeArguments: null,
    start: 0,
    end: 0,
  }) as Parameters<Evaluator['typed']>[0];
