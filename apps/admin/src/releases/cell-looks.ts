/** How a cell is drawn: a shape of its own for each, so that nothing hangs on its colour. */
type Shape = 'on' | 'dark' | 'opt-in' | 'rules' | 'backed-out' | 'value' | 'absent';

export interface CellLook {
  readonly shape: Shape;
  /** As short as a narrow column has it. */
  readonly word: string;
  /** What is said of it in full. */
  readonly title: string;
  /** The back-out that holds it off. */
  readonly backOut?: string;
}

const looks: Readonly<Record<string, CellLook>> = {
  '': { shape: 'absent', word: '', title: 'not read' },
  on: { shape: 'on', word: 'on', title: 'on' },
  off: { shape: 'dark', word: 'off', title: 'off' },
  'off (dark)': { shape: 'dark', word: 'dark', title: 'off: dark in this release' },
  'off until a site asks for it': { shape: 'opt-in', word: 'opt-in', title: 'off until a site asks for it' },
  'by rules': { shape: 'rules', word: 'rules', title: 'as its rules say' },
};

/** What the server says of a flag in a release, drawn: `on`, `off (dark)`, `off (BO-17)`, `by rules`, `"eu"`. */
export function cellLook(summary: string): CellLook {
  const known = looks[summary];
  if (known) return known;
  const backOut = /^off \((BO-\d+)\)$/.exec(summary)?.[1];
  if (backOut) return { shape: 'backed-out', word: backOut, title: `off: ${backOut} holds it off`, backOut };
  return { shape: 'value', word: summary, title: summary };
}
