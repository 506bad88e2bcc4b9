import type picocolors from 'picocolors';
import type { Api } from './api.ts';
import type { Places, Reach } from './place.ts';
import type { CommonOptions, Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** An option of one command. */
export interface OptionRow {
  /** As commander writes it: `--kind <kind>`, `--origin <origins...>`. */
  readonly flags: string;
  readonly about: string;
  /** Reads what was typed; a `Failure` says what is wrong with it. */
  readonly parse?: (text: string) => unknown;
  readonly fallback?: unknown;
  readonly required?: true;
}

/** What a command is given: what was typed, where it acts, and the way to the server and to the person. */
export interface Call<Input, R extends Reach> {
  readonly input: Input;
  readonly common: CommonOptions;
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly api: R extends 'machine' ? undefined : Api;
  readonly at: Places[R];
  /** For a command that may do without a server: the way to it, once it is wanted after all. */
  readonly connect: <To extends Reach>(to: To) => Promise<{ readonly api: Api; readonly at: Places[To] }>;
}

/** Colours, or none of them. */
export type Paint = ReturnType<typeof picocolors.createColors>;

/** What a command answers: data for machines, and how people read it. The data is made printable before `text` sees it. */
export interface Answer<T = unknown> {
  readonly data: T;
  readonly text: (data: T, paint: Paint) => string;
  /** For people only, on standard error: what should not end up in a pipe. */
  readonly note?: string;
  readonly exitCode?: 0 | 1 | 2;
}

/** One command. The table of rows is the whole command line. */
export interface Row<Input = never, R extends Reach = Reach> {
  /** Its words and arguments: `flag pin <flag> <keys...>`. The input holds the arguments by name, and the options. */
  readonly name: string;
  /** One line, imperative. */
  readonly about: string;
  /** What the line leaves out. */
  readonly more?: string;
  /** As it is typed, after `taffrail`. */
  readonly example?: string;
  readonly reach: R;
  /** How far it reaches if it is told to: it takes the options of commands that always do. */
  readonly mayReach?: Reach;
  /** It changes something: takes `--reason`, `--preview`, `--yes`, `--request` and `--emergency`. */
  readonly writes?: true;
  readonly options?: readonly OptionRow[];
  /** Undefined: it has written its output itself. */
  run(call: Call<Input, R>): Promise<Answer | undefined>;
}

/** How far a command can reach. */
export const farthest = ({ reach, mayReach }: Pick<Row, 'reach' | 'mayReach'>): Reach => mayReach ?? reach;

/** Declares a command. */
export function row<Input, R extends Reach>(definition: Row<Input, R>): Row {
  return definition;
}

/** Declares what a command answers. */
export function answer<T>(data: T, text: Answer<T>['text'], more: Pick<Answer<T>, 'note' | 'exitCode'> = {}): Answer {
  return { data, text, ...more } as unknown as Answer;
}
