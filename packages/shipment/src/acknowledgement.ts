import type { Flag } from '@taffrail/engine';
import type { Entry } from './entry.ts';
import { variantFor } from './variant-for.ts';

/** In a line's metadata: the required back-outs that hold the flag, by name. */
export const REQUIRED = 'requiredBackOuts';

const BETWEEN = ', ';
export const namesOf = (ids: readonly string[]): string => ids.join(BETWEEN);

function requiredFor({ metadata }: Flag): readonly string[] {
  const names = metadata?.[REQUIRED];
  return typeof names === 'string' ? names.split(BETWEEN) : [];
}

/**
 * The required back-outs that an entry would have to acknowledge, and does not. Turning a flag off never needs an acknowledgement. A
 * back-out that is younger than the entry is never acknowledged by it: nobody knew its name.
 */
export function unacknowledged(flag: Flag, { value, acknowledges }: Pick<Entry, 'value' | 'acknowledges'>): string[] {
  const required = requiredFor(flag);
  const isOff = required.length > 0 && variantFor(flag, value)?.name === flag.off;
  return isOff ? [] : required.filter((id) => !acknowledges.includes(id));
}

/** A release may say of a flag that no site changes it. */
export const isOverridable = ({ metadata }: Flag): boolean => metadata?.['overridable'] !== false;
