import type { Context, Json, Resolution } from '@taffrail/engine';

/** A conformance file: the README beside it says how an SDK uses it. */
export interface ConformanceFile {
  readonly groups: readonly Group[];
  /** What must not be read as a snapshot. */
  readonly refused: readonly Refused[];
}

/** One snapshot, and what is asked of it. */
export interface Group {
  readonly name: string;
  /** Each is ended by a line feed where it is sent. */
  readonly lines: readonly string[];
  readonly cases: readonly Case[];
}

export interface Case extends Question {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  readonly answer: Answer;
}

export interface Refused {
  readonly name: string;
  readonly lines: readonly string[];
}

/** What is asked: a flag, with its code default, about a context. */
export interface Question {
  readonly flag: string;
  readonly codeDefault: Json;
  readonly context: Context;
}

/** What every implementation must agree on; the sentences are its own. Absent members are absent. */
export interface Answer extends Pick<Resolution, 'value' | 'flagMetadata'> {
  readonly reason: string;
  readonly variant?: string;
  readonly errorCode?: string;
}

export const textOf = ({ lines }: Pick<Group, 'lines'>): string => lines.map((line) => `${line}\n`).join('');

/** Of a resolution, what is compared. */
export const answerIn = ({ value, variant, reason, errorCode, flagMetadata }: Resolution): Answer =>
  // Through JSON, as it is in the file: absent members vanish.
  JSON.parse(JSON.stringify({ value, variant, reason, errorCode, flagMetadata })) as Answer;
