import type { Answer, Question } from './file.ts';

/** A way from the text of a snapshot to answers, at a moment in epoch milliseconds. */
export interface Way {
  /** An answer is undefined where a question cannot be asked this way. */
  ask(text: string, questions: readonly Question[], nowMs: number): Promise<readonly (Answer | undefined)[]>;
  close(): Promise<unknown>;
}

/** A way that is nothing but a function. */
export const stateless = (ask: (...asked: Parameters<Way['ask']>) => readonly Answer[]): Way => ({
  ask: (...asked) => Promise.resolve(ask(...asked)),
  close: () => Promise.resolve(),
});
