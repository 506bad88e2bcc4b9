import type { Ending, From } from '@taffrail/sdk-core';

/**
 * What tabs say to each other. It is part of every name, of the channel and of the election: tabs of a release that speaks otherwise
 * never meet these, and share among themselves.
 */
export const PROTOCOL = 1;

/** One event of the stream. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
  readonly id?: string | undefined;
}

/** By what a tab says: what it says with it. */
interface Words {
  /** To whoever leads: tell me what follows this position, and all that comes. */
  readonly join: From;
  /** To whoever leads: are you there? */
  readonly ask: object;
  /** I lead. */
  readonly here: object;
  /** To one tab that joins: what it has missed. */
  readonly welcome: { readonly to: string; readonly missed: readonly StreamEvent[] };
  readonly event: StreamEvent;
  /** The connection is gone, and I no longer lead. */
  readonly ended: { readonly ending: Ending };
}

/** Before it is said who says it. */
export type UnsignedWord = { readonly [Say in keyof Words]: { readonly say: Say } & Words[Say] }[keyof Words];

export type Word = UnsignedWord & { readonly from: string };

/** What a tab does with a word of another. */
export type Ears = { readonly [Say in keyof Words]: (word: Extract<Word, { say: Say }>) => void };
