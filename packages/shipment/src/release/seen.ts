import { checksumOf, type Flag, formatItem, parseSnapshot, type Snapshot } from '@taffrail/engine';
import type { BackOut, Shipment } from '@taffrail/schema/shipment';
import { backedOut } from './back-out.ts';

/** The snapshot that a site serves of a shipment: its lines, then its back-outs. */
export function snapshotOf({ snapshot: text, backOuts }: Pick<Shipment, 'snapshot' | 'backOuts'>): Snapshot {
  const { snapshot, error } = parseSnapshot(text);
  if (!snapshot) throw new Error(error);
  const outOf = deciding(backOuts);
  const items = snapshot.items.map((item) => {
    const out = item.sort === 'f' ? outOf.get(item.key) : undefined;
    return out ? formatItem('f', backedOut(out)(JSON.parse(item.json) as Flag)) : item;
  });
  return { header: { ...snapshot.header, checksum: checksumOf(items) }, items };
}

/** The back-out that counts for each flag: a required one before an advisory one, then the latest. */
function deciding(backOuts: readonly BackOut[]): ReadonlyMap<string, BackOut> {
  const ordered = [...backOuts].sort((one, other) => weight(one) - weight(other));
  return new Map(ordered.flatMap((backOut) => backOut.flags.map((flag) => [flag, backOut] as const)));
}

const weight = ({ severity, since }: BackOut): number => (severity === 'required' ? 1e9 : 0) + since;
