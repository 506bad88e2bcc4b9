/** What is wrong, at a place of the text. */
export interface Fault {
  /** Characters from the text's beginning. */
  readonly at: number;
  readonly message: string;
  /** The text, where it had to be guessed. */
  readonly text?: string;
}
