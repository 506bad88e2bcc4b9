import type { Evaluator } from '../evaluate/evaluator.ts';
import { textOf } from '../evaluate/text-of.ts';
import type { Module } from '../syntax/module.ts';
import { nameOfKey } from '../syntax/names.ts';
import { askOfCall, askOfElement, type Ask } from './ask.ts';
import { calleeOf, fits, type Callee } from './callee.ts';
import { jsonOf } from './json-of.ts';
import { placeOf, type Setting } from './read.ts';
import { argument, type Slot } from './sorts.ts';

/** How a call of a test puts flags into positions: an object of them, or one. Without a value it is both positions. */
export type SettingSort = { readonly flags: Slot } | { readonly key: Slot; readonly value?: Slot };

export interface SettingPattern {
  readonly names: readonly string[];
  readonly sort: SettingSort;
}

/** To learn what is called; and what is passed to it, which is followed anywhere. */
interface Evaluators {
  readonly callees: () => Evaluator;
  readonly values: () => Evaluator;
}

const testing = /^@taffrail\/.+\/testing$/;

/** What the testing entries of our SDKs export. */
const testingSorts: Readonly<Record<string, SettingSort>> = {
  withFlags: { flags: argument(0) },
  createTestClient: { flags: argument(0) },
  inMemoryClient: { flags: argument(0) },
  eachSide: { key: argument(0) },
  TestFlags: { flags: argument(0, 'flags') },
};

/** The positions that a test file puts flags into. */
export function settingsIn(module: Module, { callees, values }: Evaluators, patterns: readonly SettingPattern[]): Setting[] {
  const where = { module, scope: module.scope };
  const asks = [
    ...module.calls.map(({ node, scope }) => askOfCall(node, { ...where, scope })),
    ...module.elements.map(({ node, scope }) => askOfElement(node, { ...where, scope })),
  ];
  return asks.flatMap((ask) => {
    const sort = sortOf(calleeOf(ask.callee, ask.where, callees()), patterns);
    return sort ? settingsOf(ask, sort, values()) : [];
  });
}

function sortOf({ values, chains }: Callee, patterns: readonly SettingPattern[]): SettingSort | undefined {
  const configured = patterns.find(({ names }) => chains.some((chain) => fits(chain, names)));
  if (configured) return configured.sort;
  const foreign = values.find((value) => value.is === 'foreign' && testing.test(value.from));
  return foreign?.is === 'foreign' ? testingSorts[foreign.path.join('.')] : undefined;
}

function settingsOf(ask: Ask, sort: SettingSort, evaluator: Evaluator): Setting[] {
  if ('flags' in sort) return settingsInObject(ask, sort.flags, evaluator);
  const key = ask.passed(sort.key, evaluator);
  const text = key && textOf(key.value);
  if (text === undefined) return [];
  const passed = sort.value && ask.passed(sort.value, evaluator);
  const value = passed && jsonOf(passed.value, evaluator);
  return [{ key: text, place: placeOf(ask.where.module, key?.node ?? ask.node), ...(value === undefined ? {} : { value }) }];
}

function settingsInObject({ passed, where, node }: Ask, flags: Slot, evaluator: Evaluator): Setting[] {
  const object = passed(flags, evaluator)?.value;
  if (object?.is !== 'object') return [];
  return object.node.properties.flatMap((property) => {
    if (property.type !== 'Property') return [];
    const key = nameOfKey(property) ?? textOf(evaluator.expression(property.key, object.where));
    if (key === undefined) return [];
    const value = jsonOf(evaluator.expression(property.value, object.where), evaluator);
    const place = object.where.module === where.module ? property.key : node;
    return [{ key, place: placeOf(where.module, place), ...(value === undefined ? {} : { value }) }];
  });
}
