import { AFTER, BEFORE, NONE, type Order, SAME, orderOf } from './order.ts';

/** A version: one to four numbers, those not written being 0, and the identifiers of a pre-release, if it is one. */
export interface Version {
  readonly numbers: readonly [number, number, number, number];
  readonly preRelease: readonly string[];
}

/** Up to 15 digits a number, so that it is exact. What follows `+` names a build and does not count. */
const VERSION =
  /^(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([\da-z-]+(?:\.[\da-z-]+)*))?(?:\+[\da-z.-]+)?$/i;

/** Reads a version; undefined for anything else. Semantic and calendar versions are read alike; leading zeros do not count. */
export function parseVersion(text: unknown): Version | undefined {
  const found = typeof text === 'string' && VERSION.exec(text);
  if (!found) return undefined;
  const [, a, b = 0, c = 0, d = 0, preRelease] = found;
  return { numbers: [Number(a), Number(b), Number(c), Number(d)], preRelease: preRelease?.split('.') ?? [] };
}

/** How a text stands to a version. What has only numbers is compared as it is read, without allocating. */
export function orderOfText(text: string, bound: Version): Order {
  let order = SAME;
  let place = 0;
  let number = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) {
      number = number * 10 + digit;
      digits++;
    } else if (digit === DOT && digits > 0 && digits < 16 && place < 3) {
      if (order === SAME) order = orderOf(number, bound.numbers[place] ?? 0);
      place++;
      number = digits = 0;
    } else return orderOfOther(text, bound);
  }
  if (digits === 0 || digits > 15) return NONE;
  if (order === SAME) order = orderOf(number, bound.numbers[place] ?? 0);
  while (order === SAME && ++place < 4) order = orderOf(0, bound.numbers[place] ?? 0);
  return order === SAME && bound.preRelease.length > 0 ? AFTER : order;
}

const ZERO = 48;
/** A point, counted from zero. */
const DOT = -2;

function orderOfOther(text: string, bound: Version): Order {
  const version = parseVersion(text);
  return version ? orderOfVersions(version, bound) : NONE;
}

/** Below 0 when `a` comes before `b`, 0 when they are the same version, above 0 when it comes after. */
export const compareVersions = (a: Version, b: Version): number => orderOfVersions(a, b) - SAME;

/** How one version stands to another. */
export function orderOfVersions(a: Version, b: Version): Order {
  for (let place = 0; place < 4; place++) {
    const order = orderOf(a.numbers[place] ?? 0, b.numbers[place] ?? 0);
    if (order !== SAME) return order;
  }
  return comparePreReleases(a.preRelease, b.preRelease);
}

/** As Semantic Versioning 2.0.0 orders them: a pre-release before its release, fewer identifiers before more. */
function comparePreReleases(a: readonly string[], b: readonly string[]): Order {
  if (a.length === 0 || b.length === 0) return orderOf(b.length, a.length);
  for (let place = 0; place < Math.min(a.length, b.length); place++) {
    const order = compareIdentifiers(a[place] ?? '', b[place] ?? '');
    if (order !== SAME) return order;
  }
  return orderOf(a.length, b.length);
}

/** Numbers by size and before words; words by their characters. */
function compareIdentifiers(a: string, b: string): Order {
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumberA && isNumberB) return orderOf(Number(a), Number(b));
  if (isNumberA !== isNumberB) return isNumberA ? BEFORE : AFTER;
  return orderOf(a, b);
}
