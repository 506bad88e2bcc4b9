import type { Answer } from './answer.ts';
import type { Context } from './model.ts';
import type { Outcome } from './outcome.ts';

/** What is served: the same to all, or what a choice says for a context. */
export type Serving = Outcome | Choice;

/** Answers *false* where nothing is for this context, and *unknown* where the context lacks the key to bucket it by. */
type Choice = (context: Context, nowMs: number) => Outcome | Answer;

/** What is served to a context, or why nothing is. */
export const served = (serving: Serving, context: Context, nowMs: number): Outcome | Answer =>
  typeof serving === 'function' ? serving(context, nowMs) : serving;
