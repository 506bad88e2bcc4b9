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

function anyOf(patterns: readonly string[]): Prefilter {
  if (patterns.length === 0) return () => false;
  const pattern = new RegExp(patterns.join('|'));
  return (text) => pattern.test(text);
}

function callsOn(clients: readonly string[]): string[] {
  if (clients.length === 0) return [];
  const names = clients.map(escaped).join('|');
  const methods = Object.keys(clientReads).join('|');
  return [`\\b(?:${names})\\s*[?!]?\\.\\s*(?:${methods})\\b`, `\\}\\s*=\\s*[\\w.$?!]{0,80}\\b(?:${names})\\b`];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
