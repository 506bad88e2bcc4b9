import type { FlagSet } from '@taffrail/engine';
import { itemNamed, nameOf, type Names } from './names.ts';
import { boundariesMs } from './reach.ts';

/** When answers change by themselves, because a `time` condition does. */
export interface Timetable {
  /** Reads the items of these names again; without names, all. */
  read(set: FlagSet, names?: Names): void;
  /** Whether any answer depends on the time. */
  isEmpty(): boolean;
  /** The next moment after this one; undefined when there is none. */
  nextMs(afterMs: number): number | undefined;
  /** The items whose answers may differ between two moments. */
  between(oneMs: number, otherMs: number): Names;
}

export function createTimetable(): Timetable {
  const moments = new Map<string, number[]>();

  function note(set: FlagSet, name: string): void {
    const { sort, key } = itemNamed(name);
    const found = mentionsTime(set.item(sort, key)?.json) ? boundariesMs(set, name) : [];
    if (found.length > 0) moments.set(name, found);
    else moments.delete(name);
  }

  return {
    read(set, names) {
      if (!names) moments.clear();
      for (const name of names ?? dated(set)) note(set, name);
    },
    isEmpty: () => moments.size === 0,
    nextMs(afterMs) {
      const later = [...moments.values()].flat().filter((ms) => ms > afterMs);
      return later.length > 0 ? Math.min(...later) : undefined;
    },
    between(oneMs, otherMs) {
      const [from, to] = [Math.min(oneMs, otherMs), Math.max(oneMs, otherMs)];
      return new Set([...moments].flatMap(([name, found]) => (found.some((ms) => ms > from && ms <= to) ? [name] : [])));
    },
  };
}

function* dated(set: FlagSet): Iterable<string> {
  for (const item of set.items()) if (mentionsTime(item.json)) yield nameOf(item);
}

/** A glance that spares parsing; most items do not. */
const mentionsTime = (json: string | undefined): boolean => json?.includes('"time"') === true;
