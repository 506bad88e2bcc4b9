import type { Condition, Flag, Override } from '@taffrail/engine';
import type { Entry } from './entry.ts';
import { unusedName, variantFor } from './variant-for.ts';

/** A layer above one line: from the line below it to the line that is seen from above. */
export type Line = (flag: Flag) => Flag;

/**
 * Puts entries in front of a flag: a pin for the orgs that an entry names, a constant for everyone, until the entry expires. All else
 * stays as it was for whom no entry is. An entry whose value is not of the flag's type is left out.
 */
export function overridden(entries: readonly Entry[]): Line {
  return (flag) => {
    const overrides: Override[] = [];
    const variants = { ...flag.variants };
    for (const entry of entries) {
      const variant = variantFor({ ...flag, variants }, entry.value);
      if (!variant) continue;
      variants[variant.name] = variant.value;
      overrides.push(overrideOf(entry, variant.name));
    }
    return { ...flag, variants, overrides };
  };
}

function overrideOf({ orgs, untilMs, source }: Entry, variant: string): Override {
  const conditions: Condition[] = [];
  if (orgs) conditions.push({ kind: 'org', path: ['key'], op: 'is', values: orgs });
  if (untilMs !== undefined) conditions.push({ time: { before: untilMs } });
  return {
    ...(conditions.length > 0 && { when: { all: conditions } }),
    variant,
    reason: orgs ? 'TARGETING_MATCH' : 'STATIC',
    metadata: { layer: 'override', source },
  };
}

/** A killed flag stays off: the server says so in its line, and no entry stands against it. */
export const killed: Line = (flag) => (isKilled(flag) ? withoutOverrides(flag) : flag);

export const isKilled = ({ metadata }: Flag): boolean => metadata?.['layer'] === 'kill';

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
