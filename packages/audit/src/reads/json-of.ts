import type { FlagType, Json } from '@taffrail/engine';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Value } from '../evaluate/value.ts';
import { nameOfKey } from '../syntax/names.ts';

const deepest = 32;

/** A value as JSON, or undefined if it is not wholly known. */
export function jsonOf(value: Value, evaluator: Evaluator, depth = 0): Json | undefined {
  if (value.is === 'constant') return value.data;
  if (value.is !== 'object' || depth > deepest) return undefined;
  const members: [string, Json][] = [];
  for (const property of value.node.properties) {
    const name = property.type === 'Property' && property.kind === 'init' ? nameOfKey(property) : undefined;
    const member = name === undefined || property.type !== 'Property' ? undefined : property.value;
    const data = member && jsonOf(evaluator.expression(member, value.where), evaluator, depth + 1);
    if (name === undefined || data === undefined) return undefined;
    members.push([name, data]);
  }
  return Object.fromEntries(members);
}

const types: Readonly<Record<string, FlagType>> = { boolean: 'boolean', string: 'string', number: 'number', object: 'json' };

/** The type of flag that a code default asks for. */
export function typeOf(value: Value): FlagType | undefined {
  if (value.is === 'object') return 'json';
  return value.is === 'constant' ? types[typeof value.data] : undefined;
}
