import { type Flag, formatItem, type Item } from '@taffrail/engine';
import type { Entry } from './entry.ts';
import { killed, type Line, overridden, turnedOff } from './layers.ts';

/** What a site says of its flags, beside what the environment says. */
export interface Site {
  /** The entries of the override file. */
  readonly entries: readonly Entry[];
  /** The flags that `TAFFRAIL_OFF` names. */
  readonly off: readonly string[];
}

/** The layers of a site as one, from line to line. */
export interface SiteLayer {
  /** The flags whose lines it may change. */
  readonly flags: ReadonlySet<string>;
  readonly lay: (item: Item) => Item;
}

/** Each layer stands above those before it: rules of the environment ◁ override entries ◁ kill ◁ `TAFFRAIL_OFF`. */
export function siteLayer({ entries, off }: Site): SiteLayer {
  const entriesOf = new Map<string, Entry[]>();
  for (const entry of entries) entriesOf.set(entry.flag, [...(entriesOf.get(entry.flag) ?? []), entry]);
  const isOff = new Set(off);
  const layersOf = (key: string): Line[] => [
    overridden(entriesOf.get(key) ?? []),
    killed,
    ...(isOff.has(key) ? [turnedOff('TAFFRAIL_OFF')] : []),
  ];
  const flags = new Set([...entriesOf.keys(), ...off]);
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
