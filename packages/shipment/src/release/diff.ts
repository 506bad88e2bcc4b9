import type { Flag, Item, Json } from '@taffrail/engine';
import type { BackOut, Shipment } from '@taffrail/schema/shipment';
import { snapshotOf } from './seen.ts';
import { sortedJson } from './sorted.ts';

/** A flag that two shipments do not serve alike. Absent on a side: that shipment has not the flag. */
export interface FlagDifference {
  readonly flag: string;
  readonly before?: Flag;
  readonly after?: Flag;
}

/** What changes for a site that goes from one shipment to another. */
export interface ShipmentDifference {
  /** As a site sees them, back-outs counted, in the order of their keys. What is only said of a flag makes no difference. */
  readonly flags: readonly FlagDifference[];
  /** Segments that differ, by key. */
  readonly segments: readonly string[];
  readonly backOuts: { readonly added: readonly BackOut[]; readonly lifted: readonly BackOut[] };
}

/** Compares two shipments of any releases. */
export function diff(before: Shipment, after: Shipment): ShipmentDifference {
  const sides = [linesOf(before), linesOf(after)] as const;
  const names = [...new Set(sides.flatMap((side) => [...side.keys()]))].sort();
  const changed = names.filter((name) => meaning(sides[0].get(name)) !== meaning(sides[1].get(name)));
  return {
    flags: changed.filter((name) => name.startsWith('f ')).map((name) => differenceOf(name, sides)),
    segments: changed.filter((name) => name.startsWith('s ')).map((name) => name.slice(2)),
    backOuts: { added: without(after.backOuts, before.backOuts), lifted: without(before.backOuts, after.backOuts) },
  };
}

const without = (some: readonly BackOut[], others: readonly BackOut[]): BackOut[] =>
  some.filter(({ id }) => others.every((other) => other.id !== id));

type Lines = ReadonlyMap<string, Item>;

const linesOf = (shipment: Shipment): Lines =>
  new Map(snapshotOf(shipment).items.map((item) => [`${item.sort} ${item.key}`, item]));

function meaning(item: Item | undefined): string {
  if (!item) return '';
  const { metadata: _, ...rest } = JSON.parse(item.json) as Record<string, Json>;
  return sortedJson(rest);
}

function differenceOf(name: string, [before, after]: readonly [Lines, Lines]): FlagDifference {
  const [was, is] = [before.get(name), after.get(name)];
  return {
    flag: name.slice(2),
    ...(was && { before: JSON.parse(was.json) as Flag }),
    ...(is && { after: JSON.parse(is.json) as Flag }),
  };
}
