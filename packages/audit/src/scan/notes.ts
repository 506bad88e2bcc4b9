import { posix } from 'node:path';
import { clientReads } from '../reads/sorts.ts';

/** What is remembered of every text, so that none has to be read again to learn who imports a file or uses a name. */
export interface Notes {
  /** Takes a text down, given one character a byte. */
  readonly take: (file: string, text: string) => void;
  /** Files that import one of those. */
  readonly importersOf: (files: readonly string[]) => string[];
  /** Files that call a client's methods on something of one of these names, or take them out of it. */
  readonly usersOf: (names: readonly string[]) => string[];
}

interface Surroundings {
  readonly packages: ReadonlyMap<string, string>;
  /** The file that a specifier leads to. */
  readonly find: (from: string, specifier: string) => string | undefined;
}

interface Note {
  readonly specifiers: readonly string[];
  readonly receivers: readonly string[];
}

const methods = Object.keys(clientReads).join('|');
const telling = new RegExp(
  `\\b(?:from|import|require)\\b\\s*\\(?\\s*["']([^"'\\n]{1,300})["']|\\.\\s*(?:${methods})\\b|\\}\\s*=\\s*(?=([\\w.$?!]{1,80}))`,
  'g',
);

export function createNotes({ packages, find }: Surroundings): Notes {
  const notes = new Map<string, Note>();
  const copies = new Map<string, string>();
  /** A part of a text keeps the whole text alive: what is kept is a copy, and the same one each time. */
  const copied = (part: string): string => {
    const known = copies.get(part);
    if (known !== undefined) return known;
    const copy = Buffer.from(part, 'latin1').toString('utf8');
    copies.set(copy, copy);
    return copy;
  };
  return {
    take: (file, text) => {
      const note = noteOf(text);
      if (note.specifiers.length + note.receivers.length === 0) return;
      notes.set(file, { specifiers: note.specifiers.map(copied), receivers: note.receivers.map(copied) });
    },
    importersOf: (files) => {
      const wanted = new Set(files);
      const ends = new Set(files.flatMap((file) => endsOf(file, packages)));
      const leads = (file: string, specifier: string) =>
        (ends.has(stemOf(specifier)) || ends.has(specifier)) && wanted.has(find(file, specifier) ?? '');
      return [...notes].flatMap(([file, { specifiers }]) => (specifiers.some((one) => leads(file, one)) ? [file] : []));
    },
    usersOf: (names) => {
      const wanted = new Set(names);
      return [...notes].flatMap(([file, { receivers }]) => (receivers.some((name) => wanted.has(name)) ? [file] : []));
    },
  };
}

function noteOf(text: string): Note {
  const specifiers = new Set<string>();
  const receivers = new Set<string>();
  for (const { 1: specifier, 2: chain, index } of text.matchAll(telling)) {
    if (specifier !== undefined) specifiers.add(specifier);
    else receivers.add(chain === undefined ? nameBefore(text, index) : lastName(chain));
  }
  receivers.delete('');
  return { specifiers: [...specifiers], receivers: [...receivers] };
}

const longestName = 100;

/** The name that stands before a dot: `flags` of `flags?.isEnabled`, `flags!.isEnabled`. */
function nameBefore(text: string, dot: number): string {
  return lastName(text.slice(Math.max(0, dot - longestName), dot));
}

const lastName = (text: string) => /([\w$]+)[\s?!]*$/.exec(text)?.[1] ?? '';

/** The last part of a path or a specifier, without its ending. Where it is only dots, a folder is meant. */
function stemOf(path: string): string {
  const last = posix.basename(path);
  return /^\.*$/.test(last) ? 'index' : last.replace(/\.(?:[cm]?[jt]sx?|vue|svelte)$/, '');
}

/** How specifiers of a file may end; an index file is imported by its folder's name, or by its package's. */
function endsOf(file: string, packages: ReadonlyMap<string, string>): string[] {
  const stem = stemOf(file);
  const folder = posix.dirname(file);
  const named = [...packages].flatMap(([name, home]) => (folder === home || folder === posix.join(home, 'src') ? [name] : []));
  return stem === 'index' ? [stem, posix.basename(folder), ...named] : [stem];
}
