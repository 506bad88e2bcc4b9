import type { Condition, Flag, Override } from '@taffrail/engine';
import { isOverridable, namesOf, unacknowledged } from './acknowledgement.ts';
import type { Entry } from './entry.ts';
import { unusedName, variantFor } from './variant-for.ts';

/** A layer above one line: from the line below it to the line that is seen from above. */
export type Line = (flag: Flag) => Flag;

/**
 * Puts entries in front of a flag: a pin for the orgs that an entry names, a constant for everyone, until the entry expires. All else
 * stays as it was for whom no entry is. An entry whose value is not of the flag's type is left out, and one that lacks an
 * acknowledgement only says so.
 */
export function overridden(entries: readonly Entry[]): Line {
  return (flag) => {
    if (!isOverridable(flag)) return flag;
    const overrides: Override[] = [];
    const variants = { ...flag.variants };
    for (const entry of entries) {
      const variant = variantFor({ ...flag, variants }, entry.value);
      if (!variant) continue;
      const lacks = unacknowledged(flag, entry);
      if (lacks.length === 0) variants[variant.name] = variant.value;
      overrides.push(lacks.length === 0 ? overrideOf(entry, variant.name) : inertOf(entry, flag, lacks));
    }
    return { ...flag, variants, overrides };
  };
}

const overrideOf = (entry: Entry, variant: string): Override => ({
  ...whenOf(entry),
  variant,
  reason: entry.orgs ? 'TARGETING_MATCH' : 'STATIC',
  metadata: { layer: 'override', source: entry.source },
});

/** Serves what the flag serves anyway, being backed out, and tells whom the entry is for why it is not what the entry says. */
const inertOf = (entry: Entry, { off }: Flag, lacks: readonly string[]): Override => ({
  ...whenOf(entry),
  ...(off !== undefined && { variant: off }),
  reason: 'DISABLED',
  metadata: { override: `OVERRIDE_NEEDS_ACK ${namesOf(lacks)}`, overrideSource: entry.source },
});

function whenOf({ orgs, untilMs }: Entry): { readonly when?: Condition } {
  const conditions: Condition[] = [];
  if (orgs) conditions.push({ kind: 'org', path: ['key'], op: 'is', values: orgs });
  if (untilMs !== undefined) conditions.push({ time: { before: untilMs } });
  return conditions.length > 0 ? { when: { all: conditions } } : {};
}

/**
 * A flag that was killed, or that `TAFFRAIL_OFF` turned off at the site where this process has its lines from, stays off: its line
 * says so, and no entry stands against it.
 */
export const heldOff: Line = (flag) => (isKilled(flag) || isTurnedOff(flag) ? withoutOverrides(flag) : flag);

export const isKilled = ({ metadata }: Flag): boolean => metadata?.['layer'] === 'kill';
export const isTurnedOff = ({ metadata }: Flag): boolean => metadata?.['layer'] === 'off';

/** Turns a flag off for everyone: to its off variant, else to false if it is a boolean, else to the code default. */
export function turnedOff(source: string): Line {
  return (flag) => ({
    ...withoutOverrides(flag),
    ...offVariant(flag),
    on: false,
    metadata: { ...flag.metadata, layer: 'off', source },
  });
}

function offVariant({ type, variants, off }: Flag): Partial<Flag> {
  if (off !== undefined || type !== 'boolean') return {};
  const name = Object.keys(variants).find((one) => variants[one] === false) ?? unusedName(variants, 'off');
  return { variants: { ...variants, [name]: false }, off: name };
}

function withoutOverrides(flag: Flag): Flag {
  const { overrides: _, ...line } = flag;
  return line;
}
