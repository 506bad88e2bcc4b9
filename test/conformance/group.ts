import { isDeepStrictEqual } from 'node:util';
import { compile, type Context, evaluate, formatSnapshot, type Item, type Json, parseSnapshot } from '@taffrail/engine';
import { allRows, NOW, snapshotOf } from '../../packages/engine/src/set.test-kit.ts';
import { type Answer, answerIn, type Case, type Group, type Question } from './file.ts';

/** A question, and what it shows. The code default is false and the moment NOW, unless it is said otherwise. */
export type Asking = readonly [name: string, flag: string, context: unknown, more?: { codeDefault?: Json; nowMs?: number }];

/** Asks the engine. What JSON cannot say of a context is left out. */
export function groupOf(name: string, items: readonly Item[], askings: readonly Asking[]): Group {
  const text = formatSnapshot(snapshotOf(items));
  return {
    name,
    lines: linesOf(text),
    cases: askings.filter(([, , context]) => isJson(context)).map((asking) => caseOf(text, asking)),
  };
}

export const linesOf = (text: string): string[] => text.slice(0, -1).split('\n');

const isJson = (value: unknown): boolean => value !== undefined && isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);

function caseOf(text: string, [name, flag, about, { codeDefault = false, nowMs = NOW } = {}]: Asking): Case {
  const question = { flag, codeDefault, context: about as Context };
  const [answer] = answersOf(text, [question], nowMs);
  if (!answer) throw new Error('A question was not answered.');
  return { name, ...question, nowMs, answer };
}

/** What the engine of this repository answers. */
export function answersOf(text: string, questions: readonly Question[], nowMs: number): Answer[] {
  const { snapshot, error } = parseSnapshot(text);
  if (!snapshot) throw new Error(error);
  const set = compile(snapshot, allRows);
  return questions.map(({ flag, codeDefault, context }) => answerIn(evaluate(set, flag, codeDefault, context, nowMs)));
}
