import { parseSync, type Comment, type Program } from 'oxc-parser';
import { onlyScripts } from './script-blocks.ts';

/** A file as it was read, and its tree. Offsets in the tree are offsets in `text`. */
export interface Parsed {
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

type Language = 'jsx' | 'ts' | 'tsx';
type Attempt = readonly [language: Language, sort: 'module' | 'script'];

/** In each row the likeliest reading first; old scripts are no modules, and some teams write types into `.js`. */
const attempts = {
  js: [
    ['jsx', 'module'],
    ['jsx', 'script'],
    ['tsx', 'module'],
    ['ts', 'module'],
  ],
  ts: [
    ['ts', 'module'],
    ['ts', 'script'],
    ['tsx', 'module'],
  ],
  tsx: [['tsx', 'module']],
} as const satisfies Record<string, readonly Attempt[]>;

const attemptsByExtension: Readonly<Record<string, readonly Attempt[]>> = {
  js: attempts.js,
  jsx: attempts.js,
  mjs: attempts.js,
  cjs: attempts.js,
  ts: attempts.ts,
  mts: attempts.ts,
  cts: attempts.ts,
  tsx: attempts.tsx,
  vue: attempts.ts,
  svelte: attempts.ts,
};

/** What the audit reads, by the end of a file's name. */
export const extensions: readonly string[] = Object.keys(attemptsByExtension);

export const extensionOf = (file: string): string => file.slice(file.lastIndexOf('.') + 1);

/** Parses a file, or says why it cannot. Nothing of it is run. */
export function parse(file: string, whole: string): Parsed | string {
  const extension = extensionOf(file);
  const text = extension === 'vue' || extension === 'svelte' ? onlyScripts(whole) : whole;
  let mistake = 'its name says nothing of its language';
  for (const [lang, sourceType] of attemptsByExtension[extension] ?? []) {
    const { program, comments, errors } = parseSync(file, text, { lang, sourceType, preserveParens: false });
    const [error] = errors;
    // A parser that gave up has no tree; one that went on has all of it but what is wrong.
    if (!error || program.body.length > 0) return { text, program, comments };
    mistake = error.message;
  }
  return mistake;
}
