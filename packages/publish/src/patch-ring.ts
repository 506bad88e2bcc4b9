import type { Item } from '@taffrail/engine';

/** How far back a reader may be and still be brought forward by a patch. */
const REMEMBERED_CHANGES = 1_000;
const REMEMBERED_BYTES = 1_048_576;

/** The digests of items before a change, by `sort key`; none: there was no such item. */
type Before = ReadonlyMap<string, string | undefined>;

/** One change: the head that it left, what was there before, and the bytes of what came in its place. */
export interface Step {
  readonly from: number;
  readonly before: Before;
  readonly bytes: number;
}

/** What differs between an earlier head and now. */
interface Difference {
  readonly put: readonly Item[];
  readonly del: readonly string[];
}

/**
 * What the last changes of an audience touched: the last 1,000 or 1 MB, but always the last. It holds no items, only what was
 * there before, so that any number of changes merge into what differs from now, and what is back to what it was is left out.
 */
export interface PatchRing {
  remember(from: number, before: Before, bytes: number): void;
  remembers(from: number): boolean;
  /** The changes since a head that is remembered; without one, all. */
  steps(from?: number): readonly Step[];
  /** Undefined where `from` is no head that is remembered. */
  since(from: number, items: ReadonlyMap<string, Item>): Difference | undefined;
}

export function createPatchRing(): PatchRing {
  const steps: Step[] = [];
  let bytes = 0;

  function remember(from: number, before: Before, stepBytes: number): void {
    steps.push({ from, before, bytes: stepBytes });
    bytes += stepBytes;
    while (steps.length > 1 && (steps.length > REMEMBERED_CHANGES || bytes > REMEMBERED_BYTES))
      bytes -= steps.shift()?.bytes ?? 0;
  }

  function since(from: number, items: ReadonlyMap<string, Item>): Difference | undefined {
    const first = steps.findIndex((step) => step.from === from);
    return first < 0 ? undefined : difference(originals(steps.slice(first)), items);
  }

  return {
    remember,
    remembers: (from) => steps.some((step) => step.from === from),
    steps: (from) => steps.slice(from === undefined ? 0 : steps.findIndex((step) => step.from === from)),
    since,
  };
}

/** The digests at the beginning of several steps: of each item, what the first step that touched it saw. */
function originals(steps: readonly Step[]): Before {
  const before = new Map<string, string | undefined>();
  for (const step of steps) for (const [id, digest] of step.before) if (!before.has(id)) before.set(id, digest);
  return before;
}

function difference(before: Before, items: ReadonlyMap<string, Item>): Difference {
  const put: Item[] = [];
  const del: string[] = [];
  for (const [id, digest] of before) {
    const item = items.get(id);
    if (item && item.digest !== digest) put.push(item);
    if (!item && digest !== undefined) del.push(id);
  }
  return { put, del };
}
