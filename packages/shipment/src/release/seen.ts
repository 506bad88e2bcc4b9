import { checksumOf, type Flag, formatItem, parseSnapshot, type Snapshot } from '@taffrail/engine';
import type { Shipment } from '@taffrail/schema/shipment';
import { backedOut, holding } from './back-out.ts';

/** The snapshot that a site serves of a shipment: its lines, then its back-outs. */
export function snapshotOf({ snapshot: text, backOuts }: Pick<Shipment, 'snapshot' | 'backOuts'>): Snapshot {
  const { snapshot, error } = parseSnapshot(text);
  if (!snapshot) throw new Error(error);
  const held = holding(backOuts);
  const items = snapshot.items.map((item) => {
    const out = item.sort === 'f' ? held.get(item.key) : undefined;
    return out ? formatItem('f', backedOut(out)(JSON.parse(item.json) as Flag)) : item;
  });
  return { header: { ...snapshot.header, checksum: checksumOf(items) }, items };
}
