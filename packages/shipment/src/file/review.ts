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

/** What of a site's words is without effect, and why, in the order of the file. Nothing of it keeps the rest from having one. */
export function review({ entries, off }: Site, { file, nowMs, flags }: Occasion): Problem[] {
  const reasons = [...entries]
    .sort((one, other) => one.line - other.line)
    .flatMap((entry) => {
      const why = whyInert(entry, nowMs, flags);
      return why ? [{ ...why, file, line: entry.line, column: entry.column }] : [];
    });
  const unknown = flags ? off.filter((key) => !flags.flag(key)) : [];
  return [...reasons, ...unknown.map((key) => ({ ...inert(unknownFlag(key, flags)), file: 'TAFFRAIL_OFF' }))];
}

/** What a site's words are compared with. */
export interface Occasion {
  readonly file: string;
  readonly nowMs: number;
  /** Absent where they are not known: then only the days are looked at. */
  readonly flags?: Flags | undefined;
}

type Inert = Pick<Problem, 'severity' | 'message'>;
const inert = (message: string, severity: Problem['severity'] = 'warning'): Inert => ({ severity, message });

function whyInert({ flag: key, value, untilMs, expires }: Entry, nowMs: number, flags: Flags | undefined): Inert | undefined {
  const flag = flags?.flag(key);
  if (flags && !flag) return inert(unknownFlag(key, flags));
  if (flag && !variantFor(flag, value)) return inert(wrongType(flag, value), 'error');
  if (untilMs !== undefined && nowMs >= untilMs)
    return inert(`the override of ${key} expired on ${expires}: take it out, or renew it`);
  return flag && isKilled(flag)
    ? inert(`${key} was killed, and stays off until it is unlocked: take the override out`)
    : undefined;
}

function unknownFlag(key: string, flags: Flags | undefined): string {
  const meant = nearest(key, [...(flags?.keys() ?? [])]);
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
