import { join } from 'node:path';
import type { Trust } from '@taffrail/schema/shipment';
import type { Numbered } from './numbered.ts';

/** Where a site keeps what it took from its vendor, and whom it trusts. */
export interface SiteStore {
  readonly folder: string;
  readonly trust: Trust;
  /**
   * A second file that remembers the highest revisions, on another volume: without it a machine that is set back to an old image
   * knows no more than the image.
   */
  readonly witness?: string;
  /** Files that came with the product: they count like those in the folder, which may be read-only, or not there. */
  readonly brought?: Brought;
}

/** The texts of a package's files, one character a byte; verified like any other. */
export interface Brought {
  readonly keys?: string;
  readonly shipment?: string;
}

export const keyListsOf = ({ folder, brought }: SiteStore): Numbered => ({ folder: join(folder, 'keys'), beside: brought?.keys });
export const shipmentsOf = ({ folder, brought }: SiteStore, release: string): Numbered => ({
  folder: join(folder, 'shipments', release),
  beside: brought?.shipment,
});
export const witnessesOf = ({ folder, witness }: SiteStore): readonly string[] => [
  join(folder, 'ratchet.json'),
  ...(witness === undefined ? [] : [witness]),
];
