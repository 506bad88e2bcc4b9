import type { ShippedRelease } from '@taffrail/schema';

/** A release that has left the building: nobody changes what its code reads. */
export interface Shipped {
  /** As people know it: its version, or the file that tells of it. */
  readonly name: string;
  /** As `2027-01-31`; absent: until somebody says so. */
  readonly supportedUntil?: string;
  readonly flags: ReadonlySet<string>;
}

/** Those whose support lasts on a day. */
export function supportedOn(today: string, shipped: readonly Shipped[]): Shipped[] {
  return shipped.filter(({ supportedUntil }) => supportedUntil === undefined || supportedUntil >= today);
}

/** A release as a server tells of it. */
export function shippedOf({ release, supportedUntil, entries }: ShippedRelease): Shipped {
  const flags = new Set(entries.map(({ flag }) => flag));
  return { name: release, flags, ...(supportedUntil === undefined ? {} : { supportedUntil }) };
}
