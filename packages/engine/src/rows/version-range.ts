import { AFTER, BEFORE, type Order, SAME } from './order.ts';
import { type Version, orderOfVersions, parseVersion } from './version.ts';

/** Whether a version is in a range. */
export type VersionRange = (version: Version) => boolean;

const COMPARATOR = /^(<=|>=|<|>|=)?(.+)$/;

const ordersOfSign: Readonly<Record<string, Order>> = {
  '<': BEFORE,
  '<=': BEFORE | SAME,
  '=': SAME,
  '>=': AFTER | SAME,
  '>': AFTER,
};

/**
 * Reads a range: comparators (`<`, `<=`, `=`, `>=`, `>` and a version) joined by spaces, all of which must hold, and such groups joined by
 * `||`. A pre-release is in a group only if the group names a pre-release of the same numbers: 8.6.0-rc.1 is not in `<8.6`.
 * Undefined for anything else.
 */
export function parseVersionRange(text: unknown): VersionRange | undefined {
  if (typeof text !== 'string') return undefined;
  const groups = text.split('||').map(parseGroup);
  if (!groups.every((group) => group !== undefined)) return undefined;
  return (version) => groups.some((holds) => holds(version));
}

interface Comparator {
  readonly bound: Version;
  readonly orders: Order;
}

function parseGroup(text: string): VersionRange | undefined {
  const comparators = (text.match(/\S+/g) ?? []).map(parseComparator);
  if (comparators.length === 0 || !comparators.every((comparator) => comparator !== undefined)) return undefined;
  return (version) =>
    comparators.every(({ bound, orders }) => (orderOfVersions(version, bound) & orders) > 0) &&
    (version.preRelease.length === 0 || comparators.some(({ bound }) => namesPreReleaseOf(bound, version)));
}

function parseComparator(text: string): Comparator | undefined {
  const [, sign = '=', versionText] = COMPARATOR.exec(text) ?? [];
  const bound = parseVersion(versionText);
  const orders = ordersOfSign[sign];
  return bound && orders ? { bound, orders } : undefined;
}

const namesPreReleaseOf = (bound: Version, version: Version): boolean =>
  bound.preRelease.length > 0 && bound.numbers.every((number, place) => number === version.numbers[place]);
