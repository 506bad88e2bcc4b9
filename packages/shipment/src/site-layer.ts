import { type Flag, formatItem, type Item } from '@taffrail/engine';
import type { BackOut, Shipment } from '@taffrail/schema/shipment';
import type { Entry } from './entry.ts';
import { heldOff, type Line, overridden, turnedOff } from './layers.ts';
import { backedOut, holding } from './release/back-out.ts';

/** What a site says of its flags, beside what the environment or the shipment says; and of a shipment, what its lines do not say. */
export interface Site {
  /** The entries of the override file. */
  readonly entries: readonly Entry[];
  /** The flags that `TAFFRAIL_OFF` names. */
  readonly off: readonly string[];
  /** The back-outs of the shipment in force. They may stand in the lines already, as `snapshotOf` gives them. */
  readonly backOuts?: readonly BackOut[];
  /** What became of flags that the release no longer reads. */
  readonly removed?: Shipment['removed'];
}

/** The layers of a site as one, from line to line. */
export interface SiteLayer {
  /** The flags whose lines it may change. */
  readonly flags: ReadonlySet<string>;
  readonly lay: (item: Item) => Item;
}

/**
 * Each layer stands above those before it. Hosted: rules of the environment ◁ override entries ◁ kill ◁ `TAFFRAIL_OFF`. On-prem:
 * entries of the shipment ◁ its back-outs ◁ override entries ◁ `TAFFRAIL_OFF`.
 */
export function siteLayer({ entries, off, backOuts = [] }: Site): SiteLayer {
  const entriesOf = new Map<string, Entry[]>();
  for (const entry of entries) entriesOf.set(entry.flag, [...(entriesOf.get(entry.flag) ?? []), entry]);
  const isOff = new Set(off);
  const held = holding(backOuts);
  const layersOf = (key: string): Line[] => [
    backedOut(held.get(key) ?? []),
    overridden(entriesOf.get(key) ?? []),
    heldOff,
    ...(isOff.has(key) ? [turnedOff('TAFFRAIL_OFF')] : []),
  ];
  const flags = new Set([...entriesOf.keys(), ...off, ...held.keys()]);
  return { flags, lay: (item) => (item.sort === 'f' && flags.has(item.key) ? laid(item, layersOf(item.key)) : item) };
}

/** A line that cannot be read stays as it is: it is answered with the code default and an error. */
function laid(item: Item, layers: readonly Line[]): Item {
  try {
    const flag = JSON.parse(item.json) as Flag;
    return formatItem(
      'f',
      layers.reduce((line, layer) => layer(line), flag),
    );
  } catch {
    return item;
  }
}
