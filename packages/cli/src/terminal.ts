/** Where settings come from. */
export type Surroundings = Pick<Terminal, 'env' | 'home'>;

/** What the CLI may know of the process it runs in. `main.ts` supplies the real one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the user's files, where neither XDG_CONFIG_HOME nor HOME says otherwise. */
  readonly home: string;
  /** True if a person can be asked: both ends are a terminal. */
  readonly interactive: boolean;
  /** True if standard output is a terminal. */
  readonly screen: boolean;
  readonly color: boolean;
  /** The version of Node that runs this. */
  readonly node: string;
  /** Ends whatever is under way: Ctrl-C. */
  readonly signal: AbortSignal;
  /** To standard output; resolves when it may be written to again. */
  out(text: string): Promise<void>;
  /** To standard error: notes, questions, progress. */
  err(text: string): void;
  /** Everything on standard input. */
  readInput(): Promise<string>;
  /** One line from a person; with `hidden`, what they type does not show. */
  ask(question: string, hidden?: boolean): Promise<string>;
}
