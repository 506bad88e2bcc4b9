import { parseEnvelope } from '../envelope/envelope.ts';
import { KEYS_TYPE, type VerifiedKeys } from '../keys/key-list.ts';
import type { VerifiedShipment } from '../envelope/shipment-file.ts';
import { importKeys } from './import-keys.ts';
import { importShipment } from './import-shipment.ts';
import type { SiteStore } from './site.ts';

/** What became of a file. `isNew` is false if it had been taken before. */
export type Imported =
  | { readonly kind: 'keys'; readonly keys: VerifiedKeys; readonly isNew: boolean }
  | { readonly kind: 'shipment'; readonly shipment: VerifiedShipment; readonly isNew: boolean };

/** How a file is taken. */
export interface ImportOptions {
  /** An administrator said so: a shipment lower than one that was taken, or of another history, is taken all the same. */
  readonly allowDowngrade?: boolean;
}

/**
 * Takes a shipment or a key list into a site's folder: verified first, and never lower than what was taken before. A process that
 * is killed meanwhile leaves the old state or the new. `text` has one character a byte of the file. Throws `Refused`, and has then
 * changed nothing.
 */
export async function importFile(
  store: SiteStore,
  text: string,
  { allowDowngrade = false }: ImportOptions = {},
): Promise<Imported> {
  const { payloadType } = parseEnvelope(text);
  if (payloadType === KEYS_TYPE) return { kind: 'keys', ...(await importKeys(store, text)) };
  return { kind: 'shipment', ...(await importShipment(store, text, allowDowngrade)) };
}
