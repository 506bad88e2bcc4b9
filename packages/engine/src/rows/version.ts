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

/** Below 0 when `a` comes before `b`, 0 when they are the same version. */
export function compareVersions(a: Version, b: Version): number {
  return compareNumbers(a, b) || comparePreReleases(a.preRelease, b.preRelease);
}

function compareNumbers(a: Version, b: Version): number {
  for (let place = 0; place < 4; place++) {
    const difference = (a.numbers[place] ?? 0) - (b.numbers[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** As Semantic Versioning 2.0.0 orders them: a pre-release before its release, fewer identifiers before more. */
function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let place = 0; place < Math.min(a.length, b.length); place++) {
    const order = compareIdentifiers(a[place] ?? '', b[place] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers by size and before words; words by their characters. */
function compareIdentifiers(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumberA && isNumberB) return Number(a) - Number(b);
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
