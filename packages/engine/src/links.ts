import { type Answer, UNSUPPORTED } from './answer.ts';
import { type Cell, documentOf, type Run } from './cell.ts';
import { compileFlag } from './flag.ts';
import { REFERENCE_LEVELS, REFERENCES_FOLLOWED } from './limits.ts';
import type { Context, ItemSort } from './model.ts';
import type { Outcome } from './outcome.ts';
import type { Rows } from './rows/operator.ts';
import { type Links, unsupported } from './scope.ts';
import { compileSegment } from './segment.ts';

/** The cells of a set, by sort and key. */
export type Tables = Map<ItemSort, Map<string, Cell>>;

const compilers: Readonly<Record<string, (cell: Cell, links: Links) => Run>> = { f: compileFlag, s: compileSegment };

/** Joins the items of a set by the references between them. */
export function createLinks(tables: Tables, rows: Rows): Links {
  let levels = 0;
  let followed = 0;

  const run = (cell: Cell): Run => (cell.run ??= compiled(cell, links));

  /** Why a reference cannot be followed. */
  function trouble(cell: Cell): string | undefined {
    if (!cell.item) return `${cell.sort === 'f' ? 'flag' : 'segment'}:${cell.key}`;
    if (cell.busy) return 'cycle';
    return levels >= REFERENCE_LEVELS || ++followed > REFERENCES_FOLLOWED ? 'references' : undefined;
  }

  function follow(cell: Cell, context: Context, nowMs: number): Outcome | Answer {
    if (levels === 0) followed = 0;
    const why = trouble(cell);
    if (why) {
      links.unsupported.add(why);
      return UNSUPPORTED;
    }
    cell.busy = true;
    levels++;
    try {
      return run(cell)(context, nowMs);
    } finally {
      levels--;
      cell.busy = false;
    }
  }

  const links: Links = { rows, unsupported: new Set(), cell: (sort, key) => cellOf(tables, sort, key), run, follow };
  return links;
}

function compiled(cell: Cell, links: Links): Run {
  const compileDocument = compilers[cell.sort];
  // A compilation that was broken off leaves some behind.
  cell.boundariesMs = undefined;
  if (!compileDocument || !documentOf(cell)) return unsupported({ links }, 'malformed');
  const run = compileDocument(cell, links);
  // What is compiled does without it: where it is asked for again, it is parsed again.
  cell.document = undefined;
  return run;
}

function cellOf(tables: Tables, sort: ItemSort, key: string): Cell {
  let table = tables.get(sort);
  if (!table) tables.set(sort, (table = new Map()));
  let cell = table.get(key);
  if (!cell) table.set(key, (cell = emptyCell(sort, key)));
  return cell;
}

function emptyCell(sort: ItemSort, key: string): Cell {
  const item = undefined;
  return { key, constant: item, run: item, item, sort, document: item, boundariesMs: item, busy: false };
}
