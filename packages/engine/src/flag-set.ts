import { type Answer, UNSUPPORTED } from './answer.ts';
import type { Cell, Links, Run } from './cell.ts';
import { parseDocument } from './document.ts';
import { compileFlag } from './flag.ts';
import { REFERENCES_FOLLOWED, REFERENCE_LEVELS } from './limits.ts';
import type { Context, Flag, Item, ItemSort, Segment, Snapshot, SnapshotHeader } from './model.ts';
import type { Outcome } from './outcome.ts';
import type { Rows } from './rows/operator.ts';
import { unsupported } from './scope.ts';
import { compileSegment } from './segment.ts';

/** What a patch changes: items that are new or replaced, and keys that are gone. */
export interface Change {
  readonly set: readonly Item[];
  readonly del: readonly { readonly sort: ItemSort; readonly key: string }[];
}

/** The items of one snapshot, ready to be evaluated. An item is parsed and compiled when it is first asked for. */
export class FlagSet implements Links {
  header: SnapshotHeader;
  readonly rows: Rows;
  /** What the last evaluation that met something unsupported could not understand. */
  readonly unsupported: Set<string>;
  /** The cells of flags, in the snapshot's order. */
  readonly flags: Map<string, Cell>;
  private readonly tables: Map<ItemSort, Map<string, Cell>>;
  private levels: number;
  private followed: number;

  constructor({ header, items }: Snapshot, rows: Rows) {
    this.header = header;
    this.rows = rows;
    this.unsupported = new Set();
    this.flags = new Map();
    this.tables = new Map([['f', this.flags]]);
    this.levels = this.followed = 0;
    for (const item of items) this.put(item.sort, item.key, item);
  }

  /** The keys of all flags. */
  *keys(): IterableIterator<string> {
    for (const cell of this.flags.values()) if (cell.item) yield cell.key;
  }

  /** All items, for keeping or sending on; also those of sorts that this engine does not know. */
  *items(): IterableIterator<Item> {
    for (const table of this.tables.values()) for (const { item } of table.values()) if (item) yield item;
  }

  /** One item, as it was sent. */
  item(sort: ItemSort, key: string): Item | undefined {
    return this.tables.get(sort)?.get(key)?.item;
  }

  /** A flag, parsed and frozen; undefined when there is none or its JSON is malformed. */
  flag(key: string): Flag | undefined {
    return this.document('f', key) as Flag | undefined;
  }

  /** A segment, parsed and frozen; undefined when there is none or its JSON is malformed. */
  segment(key: string): Segment | undefined {
    return this.document('s', key) as Segment | undefined;
  }

  /**
   * The next moment, in epoch milliseconds, at which a `time` condition changes its answer, among the flags and segments that were
   * evaluated so far; undefined when there is none.
   */
  nextBoundary(nowMs: number): number | undefined {
    let next = Infinity;
    for (const table of this.tables.values()) {
      for (const { boundariesMs = [] } of table.values()) for (const ms of boundariesMs) if (ms > nowMs && ms < next) next = ms;
    }
    return next === Infinity ? undefined : next;
  }

  /** @internal */
  cell(sort: ItemSort, key: string): Cell {
    let table = this.tables.get(sort);
    if (!table) this.tables.set(sort, (table = new Map()));
    let cell = table.get(key);
    if (!cell) table.set(key, (cell = emptyCell(sort, key)));
    return cell;
  }

  /** @internal Puts an item in its cell, or takes it out. */
  put(sort: ItemSort, key: string, item: Item | undefined): void {
    const cell = this.cell(sort, key);
    cell.item = item;
    cell.document = cell.run = cell.constant = cell.boundariesMs = undefined;
  }

  /** @internal What is in a cell, compiled. */
  run(cell: Cell): Run {
    return (cell.run ??= this.compiled(cell));
  }

  /** @internal */
  follow(cell: Cell, context: Context, nowMs: number): Outcome | Answer {
    if (this.levels === 0) this.followed = 0;
    const trouble = this.trouble(cell);
    if (trouble) {
      this.unsupported.add(trouble);
      return UNSUPPORTED;
    }
    cell.busy = true;
    this.levels++;
    try {
      return this.run(cell)(context, nowMs);
    } finally {
      this.levels--;
      cell.busy = false;
    }
  }

  private document(sort: ItemSort, key: string): unknown {
    const cell = this.tables.get(sort)?.get(key);
    return cell && documentOf(cell);
  }

  private compiled(cell: Cell): Run {
    cell.boundariesMs = undefined;
    const compileDocument = compilers[cell.sort];
    return compileDocument && documentOf(cell) ? compileDocument(cell, this) : unsupported({ links: this }, 'malformed');
  }

  /** Why a reference cannot be followed. */
  private trouble(cell: Cell): string | undefined {
    if (!cell.item) return `${cell.sort === 'f' ? 'flag' : 'segment'}:${cell.key}`;
    if (cell.busy) return 'cycle';
    return this.levels >= REFERENCE_LEVELS || ++this.followed > REFERENCES_FOLLOWED ? 'references' : undefined;
  }
}

const compilers: Readonly<Record<string, (cell: Cell, links: Links) => Run>> = { f: compileFlag, s: compileSegment };

function emptyCell(sort: ItemSort, key: string): Cell {
  const item = undefined;
  return { key, constant: item, run: item, item, sort, document: item, boundariesMs: item, busy: false };
}

const documentOf = (cell: Cell): unknown => (cell.document ??= cell.item && parseDocument(cell.item));

/** Makes a snapshot ready to be evaluated. Nothing is parsed or compiled before it is asked for. */
export const compile = (snapshot: Snapshot, rows: Rows): FlagSet => new FlagSet(snapshot, rows);

/**
 * Applies a change in place, in time proportional to the change. What was compiled of other items stays: it refers to the changed
 * ones through their cells.
 */
export function update(set: FlagSet, header: SnapshotHeader, { set: items, del }: Change): void {
  for (const { sort, key } of del) set.put(sort, key, undefined);
  for (const item of items) set.put(item.sort, item.key, item);
  set.header = header;
}
