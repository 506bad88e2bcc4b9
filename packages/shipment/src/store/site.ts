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
}

export const keyListsOf = ({ folder }: SiteStore): Numbered => ({ folder: join(folder, 'keys') });
export const shipmentsOf = ({ folder }: SiteStore, release: string): Numbered => ({ folder: join(folder, 'shipments', release) });
export const witnessesOf = ({ folder, witness }: SiteStore): readonly string[] => [
  join(folder, 'ratchet.json'),
  ...(witness === undefined ? [] : [witness]),
];
