import type { Flag, Json } from '@taffrail/engine';
import { nearest } from '@taffrail/schema/validate';
import type { Entry } from '../entry.ts';
import { isKilled } from '../layers.ts';
import { variantFor } from '../variant-for.ts';
import type { Site } from '../site-layer.ts';
import type { Problem } from './problem.ts';

/** The flags that a site's words are about. */
export interface Flags {
  keys(): Iterable<string>;
  flag(key: string): Flag | undefined;
}

/** What of a file does nothing because of the day: its entries are good, but over. */
export function expired(entries: readonly Entry[], file: string, nowMs: number): Problem[] {
  return entries.flatMap((entry) => {
    const isOver = entry.untilMs !== undefined && nowMs >= entry.untilMs;
    return isOver
      ? [warning(entry, file, `${entry.flag}: this expired on ${entry.expires} and does nothing: take it out, or renew it`)]
      : [];
  });
}

/** What of a site's words does not fit the flags that there are. Nothing of it keeps the rest from being used. */
export function review({ entries, off }: Site, file: string, flags: Flags): Problem[] {
  const ofEntries = entries.flatMap((entry) => {
    const flag = flags.flag(entry.flag);
    if (!flag) return [warning(entry, file, unknown(entry.flag, flags))];
    if (!variantFor(flag, entry.value))
      return [{ ...warning(entry, file, wrongType(flag, entry.value)), severity: 'error' } as const];
    return isKilled(flag) ? [warning(entry, file, `${entry.flag} was killed: this does nothing until it is unlocked`)] : [];
  });
  const ofOff = off.filter((key) => !flags.flag(key));
  return [
    ...ofEntries,
    ...ofOff.map((key) => ({ severity: 'warning', file: 'TAFFRAIL_OFF', message: unknown(key, flags) }) as const),
  ];
}

const warning = ({ line, column }: Entry, file: string, message: string): Problem => ({
  severity: 'warning',
  file,
  line,
  column,
  message,
});

function unknown(key: string, flags: Flags): string {
  const meant = nearest(key, [...flags.keys()]);
  return `there is no flag ${key} here${meant === undefined ? ': check the key and the environment' : `; did you mean ${meant}?`}`;
}

const typeNames: Readonly<Record<Flag['type'], string>> = {
  boolean: 'true or false',
  string: 'text',
  number: 'a number',
  json: 'JSON',
};

function wrongType({ key, type }: Flag, value: Json): string {
  const given = Array.isArray(value) ? 'a list' : (typeNames[typeof value as Flag['type']] ?? 'an object');
  return `${key} serves ${typeNames[type]}, and this value is ${given}${type === 'string' ? ': put it in quotes' : ''}`;
}
