import type { FlagType, Json } from '@taffrail/engine';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { textOf } from '../evaluate/text-of.ts';
import { alternatives, type Value } from '../evaluate/value.ts';
import type { Module } from '../syntax/module.ts';
import { chainOf } from '../syntax/names.ts';
import { askOfCall, askOfElement, type Ask, type Passed } from './ask.ts';
import { jsonOf, typeOf } from './json-of.ts';
import { placeOf, type Read } from './read.ts';
import { readCallee, recognise, type Recognised, type Words } from './recognise.ts';
import { functionId, type FunctionId, type Wrappers } from './wrappers.ts';

/** An ask that reads a flag: its key, and what else is known of it. */
interface Reading {
  readonly ask: Ask;
  readonly key: Passed;
  readonly codeDefault: Passed | undefined;
  readonly implied: Json | undefined;
  readonly type: FlagType | undefined;
  readonly evaluator: Evaluator;
}

/** A read whose key is a parameter: whoever calls the function reads. */
interface Handed {
  readonly of: FunctionId;
  readonly read: Read;
}

/** What was found in a file. */
export interface Found {
  readonly reads: readonly Read[];
  readonly handed: readonly Handed[];
}

export interface Reader {
  readonly readsIn: (module: Module) => Found;
  /** Files of functions that were called and that nobody has looked into for reads. */
  readonly unread: ReadonlySet<string>;
}

interface Given {
  readonly words: Words;
  readonly wrappers: Wrappers;
  /** To learn what is called; and what keys are, which are followed anywhere. */
  readonly callees: () => Evaluator;
  readonly values: () => Evaluator;
}

/**
 * Finds reads: calls of clients, of what stands for a client's methods, and of functions that are known to hand a parameter on to one of
 * these. Functions that turn out to do so are added to `wrappers`: whoever called them before has to be looked at again.
 */
export function createReader({ words, wrappers, callees, values }: Given): Reader {
  const looked = new Set<string>();
  const met = new Set<string>();

  function readingsOf(ask: Ask): Reading[] {
    if (ask.arguments === 0) return [];
    const callee = readCallee(ask, callees());
    const own = recognise(ask, callee, words);
    const all = own ? [own] : callee.values.flatMap((value) => throughWrapper(value));
    return all.flatMap((recognised) => readingOf(ask, recognised, values()) ?? []);
  }

  function throughWrapper(value: Value): readonly Recognised[] {
    if (value.is !== 'function') return [];
    met.add(value.where.module.file);
    return wrappers.sortsOf(functionId(value.where.module, value.node)).map((sort) => ({ sort, guessed: false }));
  }

  return {
    readsIn: (module) => {
      looked.add(module.file);
      const readings = asksIn(module).flatMap((ask) => readingsOf(ask));
      for (const reading of readings) learnFrom(reading, wrappers);
      const answers = readings.map((reading) => answersOf(reading));
      return { reads: answers.flatMap(({ reads }) => reads), handed: answers.flatMap(({ handed }) => handed) };
    },
    get unread() {
      return new Set([...met].filter((file) => !looked.has(file)));
    },
  };
}

function asksIn(module: Module): Ask[] {
  return [
    ...module.calls.map(({ node, scope }) => askOfCall(node, { module, scope })),
    ...module.elements.map(({ node, scope }) => askOfElement(node, { module, scope })),
  ];
}

function readingOf(ask: Ask, { sort, guessed }: Recognised, evaluator: Evaluator): Reading | undefined {
  const key = ask.passed(sort.key, evaluator);
  // A guess is worth something only together with a key.
  if (!key || (guessed && key.value.is === 'unseen')) return undefined;
  const codeDefault = sort.codeDefault && ask.passed(sort.codeDefault, evaluator);
  const type = sort.type ?? (codeDefault && typeOf(codeDefault.value));
  return { ask, key, codeDefault, implied: sort.implied, type, evaluator };
}

/** Each function whose parameter is the key is itself a way to read. */
function learnFrom({ key, codeDefault, implied, type, evaluator }: Reading, wrappers: Wrappers): void {
  for (const value of alternatives(key.value)) {
    if (value.is !== 'parameter') continue;
    const passedOn = codeDefault?.value.is === 'parameter' && codeDefault.value.of === value.of ? codeDefault.value : undefined;
    const constant = codeDefault ? jsonOf(codeDefault.value, evaluator) : implied;
    wrappers.add(functionId(value.module, value.of), {
      key: { index: value.index, path: value.path },
      leastArguments: value.index + 1,
      ...(passedOn ? { codeDefault: { index: passedOn.index, path: passedOn.path } } : {}),
      ...(constant === undefined ? {} : { implied: constant }),
      ...(type === undefined ? {} : { type }),
    });
  }
}

function answersOf(reading: Reading): Found {
  const values = alternatives(reading.key.value);
  return {
    reads: values.filter(({ is }) => is !== 'parameter').map((value) => readOf(reading, textOf(value))),
    handed: values.flatMap((value) =>
      value.is === 'parameter' ? [{ of: functionId(value.module, value.of), read: readOf(reading, undefined) }] : [],
    ),
  };
}

function readOf({ ask, key, codeDefault, implied, type, evaluator }: Reading, text: string | undefined): Read {
  const { module } = ask.where;
  const known = codeDefault ? jsonOf(codeDefault.value, evaluator) : implied;
  return {
    ...(text === undefined ? { why: shortened(module.text.slice(key.node.start, key.node.end)) } : { key: text }),
    ...(type === undefined ? {} : { type }),
    ...(known === undefined ? {} : { codeDefault: known }),
    callee: chainOf(ask.callee).join('.'),
    place: placeOf(module, key.node),
  };
}

const mostShown = 60;
const shortened = (text: string) => (text.length > mostShown ? `${text.slice(0, mostShown)}…` : text).replace(/\s+/g, ' ');
