import type { Json } from '@taffrail/engine';
import { Failure } from './failure.ts';

/** An override that comes from somewhere else. */
interface Found {
  readonly flag: string;
  readonly value: Json;
  readonly reason: string;
}

const PREFIX = 'TAFFRAIL_FLAG_';

/** The override file that says what variables say. A key is found among `keys`, else made of the variable's name. */
export function overridesFromEnvironment(env: Readonly<Record<string, string | undefined>>, keys: readonly string[]): string {
  const named = new Map(keys.map((key) => [plain(key), key]));
  const found = Object.entries(env).flatMap(([name, text = '']): Found[] => {
    if (!name.startsWith(PREFIX)) return [];
    const rest = name.slice(PREFIX.length);
    const flag = named.get(plain(rest)) ?? rest.toLowerCase().replaceAll('_', '-');
    return [{ flag, value: valueOf(text), reason: `from ${name}` }];
  });
  return fileOf(found, `No variable begins with ${PREFIX}.`);
}

const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '');

const words = new Map<string, boolean>(Object.entries({ on: true, yes: true, true: true, off: false, no: false, false: false }));

function valueOf(text: string): Json {
  const word = words.get(text.toLowerCase());
  if (word !== undefined) return word;
  return text !== '' && String(Number(text)) === text ? Number(text) : text;
}

const LINE = /^[ \t]*SENTRY_FEATURES\[\s*(["'])([^"'\n]+)\1\s*\]\s*=\s*(True|False)\b/gm;

/** The override file that says what lines of a Sentry configuration say. Of two lines for one feature the later counts, as it does there. */
export function overridesFromSentry(text: string, file: string): string {
  const found = new Map<string, Found>();
  for (const match of text.matchAll(LINE)) {
    const [, , flag = '', value] = match;
    const line = text.slice(0, match.index).split('\n').length;
    found.set(flag, { flag, value: value === 'True', reason: `from ${file}:${line}` });
  }
  return fileOf([...found.values()], `${file} has no line such as SENTRY_FEATURES["organizations:x"] = True.`);
}

function fileOf(found: readonly Found[], nothing: string): string {
  if (found.length === 0) throw new Failure('NOTHING_FOUND', nothing);
  const entries = found.map(({ flag, value, reason }) =>
    [
      `  - flag: ${JSON.stringify(flag)}`,
      `    value: ${JSON.stringify(value)}`,
      `    reason: ${JSON.stringify(reason)}`,
      '',
    ].join('\n'),
  );
  return `version: 1\noverrides:\n${entries.join('')}`;
}
