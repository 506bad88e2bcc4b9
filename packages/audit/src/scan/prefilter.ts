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

/** What a file says that may import one of these files, or use a client of one of these names. */
export function importers({ files, clients, packages }: Learnt): Prefilter {
  const stems = new Set(files.flatMap((file) => stemsOf(file, packages)).map(bytesOf));
  const endings = '(?:\\.[cm]?[jt]sx?|\\.vue|\\.svelte)?/?';
  const specifiers = `["'\`](?:[^"'\`\\n]*/)?(?:${[...stems].map(escaped).join('|')})${endings}["'\`]`;
  const folders = files.some((file) => stemOf(file) === 'index') ? ['["\'](?:\\.{1,2}/)*\\.{1,2}/?["\']'] : [];
  return anyOf([...(stems.size === 0 ? [] : [specifiers]), ...folders, ...callsOn(clients)]);
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
