import { supportedOn, type Shipped } from '../truth/shipped.ts';
import type { Evidence } from './check.ts';

const mostNamed = 5;

/** The flags that supported releases read, with those releases. */
export function readersOf({ shipped, today }: Pick<Evidence, 'shipped' | 'today'>): Map<string, Shipped[]> {
  const found = new Map<string, Shipped[]>();
  for (const release of supportedOn(today, shipped ?? [])) {
    for (const key of release.flags) found.set(key, [...(found.get(key) ?? []), release]);
  }
  return found;
}

/** `8.5.0 (supported until 2027-06-30), 8.4.0 still read it`. */
export function releasesInWords(releases: readonly Shipped[]): string {
  const named = releases.slice(0, mostNamed).map(({ name, supportedUntil }) => {
    return supportedUntil === undefined ? name : `${name} (supported until ${supportedUntil})`;
  });
  const more = releases.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''} still read${releases.length === 1 ? 's' : ''} it`;
}
