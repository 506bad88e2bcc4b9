import { visitorKeys } from 'oxc-parser';
import { analyse, type Module } from '../syntax/module.ts';
import { parse, type Parsed } from '../syntax/parse.ts';
import { createFinder, type Target } from './find-target.ts';

/** The files of a repository, parsed when they are first asked for. Paths are relative to its root, with `/`. */
export interface Modules {
  /** A file's module; undefined if it cannot be read or parsed. */
  readonly read: (file: string) => Module | undefined;
  /** What a specifier in a file means. */
  readonly find: (from: string, specifier: string) => Target;
}

export interface Repository {
  /** Which files there are. */
  readonly files: { readonly has: (file: string) => boolean };
  /** The text of a file; undefined if there is none, or none that may be read. */
  readonly text: (file: string) => string | undefined;
  /** Where each package of the repository has its folder, by the package's name. */
  readonly packages: ReadonlyMap<string, string>;
  /** Told of what cannot be parsed. */
  readonly unparsed?: (file: string, why: string) => void;
  /** Told before a file is parsed, and after. */
  readonly parsing?: (file: string) => void;
  readonly parsed?: (file: string, parsed: Parsed) => void;
}

/** Trees take some fifty times the memory of their text. What is over this is forgotten, and parsed again if it is asked for. */
const mostKeptCharacters = 1_500_000;

export function createModules(repository: Repository): Modules {
  const known = new Map<string, Module | undefined>();
  let characters = 0;
  const forgetOldest = () => {
    for (const [file, module] of known) {
      if (characters <= mostKeptCharacters) return;
      if (!module) continue;
      known.delete(file);
      characters -= module.text.length;
    }
  };
  const read = (file: string) => {
    const present = known.has(file);
    const module = present ? known.get(file) : parseModule(repository, file);
    if (!present) characters += module?.text.length ?? 0;
    // What was asked for last is forgotten last.
    known.delete(file);
    forgetOldest();
    known.set(file, module);
    return module;
  };
  return { read, find: createFinder(repository) };
}

function parseModule({ text, unparsed, parsing, parsed: heard }: Repository, file: string): Module | undefined {
  const whole = text(file);
  if (whole === undefined) return undefined;
  parsing?.(file);
  try {
    const parsed = parse(file, whole);
    if (typeof parsed === 'string') {
      unparsed?.(file, parsed);
      return undefined;
    }
    heard?.(file, parsed);
    return analyse({ file, ...parsed }, visitorKeys);
  } catch (error) {
    // Nested deeper than this thread's stack.
    unparsed?.(file, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
