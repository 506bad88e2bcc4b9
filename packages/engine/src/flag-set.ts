import { type Cell, documentOf, fill } from './cell.ts';
import { createLinks, type Tables } from './links.ts';
import type { Flag, Item, ItemSort, Segment, Snapshot, SnapshotHeader } from './model.ts';
import type { Rows } from './rows/operator.ts';
import type { Links } from './scope.ts';

/** What a patch changes: items that are new or replaced, and keys that are gone. */
export interface Change {
  readonly set: readonly Item[];
  readonly del: readonly { readonly sort: ItemSort; readonly key: string }[];
}

/** The items of one snapshot, ready to be evaluated. An item is parsed and compiled when it is first asked for. */
export interface FlagSet {
  readonly header: SnapshotHeader;
  /** The keys of all flags. */
  keys(): IterableIterator<string>;
  /** All items, for keeping or sending on; also those of sorts that this engine does not know. */
  items(): IterableIterator<Item>;
  /** One item, as it was sent. */
  item(sort: ItemSort, key: string): Item | undefined;
  /** A flag, parsed, not to be changed; undefined when there is none or its JSON is malformed. */
  flag(key: string): Flag | undefined;
  /** A segment, parsed, not to be changed; undefined when there is none or its JSON is malformed. */
  segment(key: string): Segment | undefined;
  /**
   * The next moment, in epoch milliseconds, at which a `time` condition changes its answer, among the flags and segments that were
   * evaluated so far; undefined when there is none.
   */
  nextBoundary(nowMs: number): number | undefined;
  /** @internal */
  readonly flags: ReadonlyMap<string, Cell>;
  /** @internal */
  readonly links: Links;
}

/** Makes a snapshot ready to be evaluated. Nothing is parsed or compiled before it is asked for. */
export function compile({ header, items }: Snapshot, rows: Rows): FlagSet {
  const flags = new Map<string, Cell>();
  const tables: Tables = new Map([['f', flags]]);
  const links = createLinks(tables, rows);
  const found = (sort: ItemSort, key: string): Cell | undefined => tables.get(sort)?.get(key);
  for (const item of items) fill(links.cell(item.sort, item.key), item);
  return {
    header,
    flags,
    links,
    *keys() {
      for (const cell of flags.values()) if (cell.item) yield cell.key;
    },
    *items() {
      for (const { item } of cellsOf(tables)) if (item) yield item;
    },
    item: (sort, key) => found(sort, key)?.item,
    flag: (key) => documentIn(found('f', key)) as Flag | undefined,
    segment: (key) => documentIn(found('s', key)) as Segment | undefined,
    nextBoundary: (nowMs) => nextBoundary(cellsOf(tables), nowMs),
  };
}

const documentIn = (cell: Cell | undefined): unknown => cell && documentOf(cell);

function* cellsOf(tables: Tables): Generator<Cell, void> {
  for (const table of tables.values()) yield* table.values();
}

function nextBoundary(cells: Iterable<Cell>, nowMs: number): number | undefined {
  let next = Infinity;
  for (const { boundariesMs = [] } of cells) for (const ms of boundariesMs) if (ms > nowMs && ms < next) next = ms;
  return next === Infinity ? undefined : next;
}

/**
 * Applies a change in place, in time proportional to the change. What was compiled of other items stays: it refers to the changed
 * ones through their cells.
 */
export function update(set: FlagSet, header: SnapshotHeader, { set: items, del }: Change): void {
  for (const { sort, key } of del) fill(set.links.cell(sort, key), undefined);
  for (const item of items) fill(set.links.cell(item.sort, item.key), item);
  (set as { header: SnapshotHeader }).header = header;
}
