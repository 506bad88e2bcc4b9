import type { Flag, Json } from '@taffrail/engine';
import type { BackOut } from '@taffrail/schema/shipment';
import { nearest } from '@taffrail/schema/validate';
import { isOverridable, namesOf, unacknowledged } from '../acknowledgement.ts';
import type { Entry } from '../entry.ts';
import { isKilled, isTurnedOff } from '../layers.ts';
import { variantFor } from '../variant-for.ts';
import type { Site } from '../site-layer.ts';
import type { Problem } from './problem.ts';

/** The flags that a site's words are about. */
export interface Flags {
  keys(): Iterable<string>;
  flag(key: string): Flag | undefined;
}

/**
 * What of a site's words is without effect, and why, in the order of the file; and what stands against a back-out. Nothing of it
 * keeps the rest from having an effect.
 */
export function review(site: Site, { file, nowMs, flags }: Occasion): Problem[] {
  const asked: Asked = { ...site, nowMs, flags };
  const reasons = [...site.entries]
    .sort((one, other) => one.line - other.line)
    .flatMap((entry) => {
      const why = remarkOn(entry, asked);
      return why ? [{ ...why, file, line: entry.line, column: entry.column }] : [];
    });
  const unknown = flags ? site.off.filter((key) => !flags.flag(key)) : [];
  return [...reasons, ...unknown.map((key) => ({ ...inert(unknownFlag(key, asked)), file: 'TAFFRAIL_OFF' }))];
}

/** What a site's words are compared with. */
export interface Occasion {
  readonly file: string;
  readonly nowMs: number;
  /** Absent where they are not known: then only the days are looked at. */
  readonly flags?: Flags | undefined;
}

type Asked = Omit<Occasion, 'file'> & Pick<Site, 'backOuts' | 'removed'>;

type Remark = Pick<Problem, 'severity' | 'message' | 'stands'>;
const inert = (message: string, severity: Problem['severity'] = 'warning'): Remark => ({ severity, message });

function remarkOn(entry: Entry, asked: Asked): Remark | undefined {
  const { flag: key, value, untilMs, expires } = entry;
  const flag = asked.flags?.flag(key);
  if (asked.flags && !flag) return inert(unknownFlag(key, asked));
  if (flag && !variantFor(flag, value)) return inert(wrongType(flag, value), 'error');
  if (flag && !isOverridable(flag))
    return inert(`${key} is not for sites to change in this release: take the override out`, 'error');
  if (untilMs !== undefined && asked.nowMs >= untilMs)
    return inert(`the override of ${key} expired on ${expires}: take it out, or renew it`);
  if (flag && isKilled(flag)) return inert(`${key} was killed, and stays off until it is unlocked: take the override out`);
  if (flag && isTurnedOff(flag))
    return inert(`${key} is turned off by TAFFRAIL_OFF at the site that serves it, and stays off: take the override out`);
  return flag && (againstBackOut(entry, flag, asked) ?? aheadOfBackOuts(entry, asked));
}

/** A back-out is told with its reason, where that is known; not one that the entry acknowledges. */
function againstBackOut(entry: Entry, flag: Flag, { backOuts = [] }: Asked): Remark | undefined {
  const lacks = unacknowledged(flag, entry);
  const others = backOuts.filter(({ id, flags }) => flags.includes(flag.key) && !entry.acknowledges.includes(id));
  const ids = lacks.length > 0 ? lacks : others.map(({ id }) => id);
  if (ids.length === 0 || variantFor(flag, entry.value)?.name === flag.off) return undefined;
  const told = ids.map((id) => `${id}${reasonOf(backOuts.find((one) => one.id === id))}`).join(', ');
  if (lacks.length === 0)
    return {
      severity: 'warning',
      message: `${flag.key} is backed out by ${told}, and the override stands against it`,
      stands: true,
    };
  return inert(
    `OVERRIDE_NEEDS_ACK ${namesOf(lacks)}: ${flag.key} is backed out by ${told}; add acknowledges: [${namesOf(lacks)}], or take the override out`,
  );
}

/** Names of back-outs follow each other: one that is acknowledged before there is one by that name would pass it unseen. */
function aheadOfBackOuts({ flag, acknowledges }: Entry, { backOuts }: Asked): Remark | undefined {
  const unknown = acknowledges.filter((id) => backOuts?.every((one) => one.id !== id || !one.flags.includes(flag)));
  if (!backOuts || unknown.length === 0) return undefined;
  return {
    severity: 'warning',
    message: `the override of ${flag} acknowledges ${unknown.join(', ')}, and no back-out of that name holds it here: take the name out`,
    stands: true,
  };
}

const reasonOf = (backOut: BackOut | undefined): string => (backOut === undefined ? '' : ` (“${backOut.reason}”)`);

function unknownFlag(key: string, { flags, removed }: Asked): string {
  const removal = removed && Object.hasOwn(removed, key) ? removed[key] : undefined;
  if (removal) return `${key} was removed in ${removal.in}, ${removal.now}: take the override out`;
  const meant = nearest(key, [...(flags?.keys() ?? []), ...Object.keys(removed ?? {})]);
  if (meant !== undefined) return `there is no flag ${key} here; did you mean ${meant}?`;
  // Only a shipment says what was removed.
  return `there is no flag ${key} here: check the key and the ${removed === undefined ? 'environment' : 'release'}`;
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
