import { oneLine } from '../one-line.ts';

/** Something in an override file that its author should know. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** From 1; absent where the file as a whole is meant. */
  readonly line?: number;
  readonly column?: number;
  /** The entry decides all the same. */
  readonly stands?: true;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** `flags.yaml:4:12`: a place that terminals and editors make a link of. */
const atPlace = ({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

/** A problem on one line. What is quoted of the file cannot steer a terminal or forge a line of a log. */
export const problemText = (problem: Problem): string => oneLine(`${atPlace(problem)}: ${problem.message}`);
