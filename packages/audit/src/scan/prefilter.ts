import { posix } from 'node:path';
import { clientReads } from '../reads/sorts.ts';

/** Which files are worth parsing, by their text alone. The text may be given one character a byte. */
export type Prefilter = (text: string) => boolean;

interface Wanted {
  /** The last names of the calls that a team told the audit of. */
  readonly calls: readonly string[];
  /** Names that clients go by. */
  readonly clients: Iterable<string>;
  /** Whatever calls what could be a client's method as well. */
  readonly methods?: true;
}

/** What a file says that reads a flag by itself, or that makes what others read flags by. */
export function prefilter({ calls, clients, methods }: Wanted): Prefilter {
  const named = calls.length === 0 ? [] : [`\\b(?:${calls.map(escaped).join('|')})\\b`];
  return anyOf([
    '@taffrail/',
    'taffrail-audit-ignore',
    '@openfeature/react-sdk',
    '\\bget(?:Boolean|String|Number|Object)(?:Value|Details)\\b',
    ...named,
    ...(methods ? [`\\b(?:${Object.keys(clientReads).join('|')})\\b`] : []),
    ...callsOn([...clients]),
  ]);
}

interface Learnt {
  /** Files that give others something to read flags by. */
  readonly files: readonly string[];
  readonly clients: readonly string[];
  readonly packages: ReadonlyMap<string, string>;
}

/** Which files import one of those that were learnt of, or use a client of one of the names, by their text alone. */
export function importers({ files, clients, packages }: Learnt, finds: (from: string, specifier: string) => string | undefined) {
  const uses = anyOf(callsOn(clients));
  const imports = specifiersOf(files, packages);
  const wanted = new Set(files);
  const leads = (file: string, specifier: string) =>
    wanted.has(finds(file, Buffer.from(specifier, 'latin1').toString('utf8')) ?? '');
  return (text: string, file: string): boolean => {
    if (uses(text)) return true;
    for (const [, specifier = ''] of imports === undefined ? [] : text.matchAll(imports)) if (leads(file, specifier)) return true;
    return false;
  };
}

/** Texts in quotes that could be specifiers of these files: they end with the file's name, its folder's, or its package's. */
function specifiersOf(files: readonly string[], packages: ReadonlyMap<string, string>): RegExp | undefined {
  if (files.length === 0) return undefined;
  const stems = [...new Set(files.flatMap((file) => stemsOf(file, packages)).map(bytesOf))].map(escaped).join('|');
  const folders = files.some((file) => stemOf(file) === 'index') ? '|(?:\\.{1,2}/)*\\.{1,2}/?' : '';
  return new RegExp(`["'\`]((?:[^"'\`\\n]*/)?(?:${stems})(?:\\.[cm]?[jt]sx?|\\.vue|\\.svelte)?/?${folders})["'\`]`, 'g');
}

function anyOf(patterns: readonly string[]): Prefilter {
  if (patterns.length === 0) return () => false;
  const pattern = new RegExp(patterns.join('|'));
  return (text) => pattern.test(text);
}

const stemOf = (file: string) => posix.basename(file).replace(/\.[^.]+$/, '');

/** An index file is imported by its folder's name, or by its package's. */
function stemsOf(file: string, packages: ReadonlyMap<string, string>): string[] {
  const stem = stemOf(file);
  if (stem !== 'index') return [stem];
  const folder = posix.dirname(file);
  const named = [...packages].filter(([, home]) => folder === home || folder === posix.join(home, 'src')).map(([name]) => name);
  return [stem, posix.basename(folder), ...named];
}

function callsOn(clients: readonly string[]): string[] {
  if (clients.length === 0) return [];
  const names = clients.map((name) => escaped(bytesOf(name))).join('|');
  const methods = Object.keys(clientReads).join('|');
  return [`\\b(?:${names})\\s*[?!]?\\.\\s*(?:${methods})\\b`, `\\}\\s*=\\s*[\\w.$?!]{0,80}\\b(?:${names})\\b`];
}

/** One character a byte, as the texts are given. */
const bytesOf = (text: string) => Buffer.from(text).toString('latin1');

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
