import { isDeepStrictEqual } from 'node:util';
import { resolve, type FlagSet } from '@taffrail/engine';
import type { Affected } from '@taffrail/schema';
import type { Known } from '../contexts/known.ts';
import { evaluable } from '../flags/evaluating.ts';
import { kindsAskedBy } from '../flags/kinds.ts';
import type { Lines } from '../flags/lines.ts';
import { dependentFlags, type Node } from '../flags/references.ts';

const keysNamed = 10;

/** What a commit would make of one environment's lines. */
export interface Edits {
  readonly environment: string;
  readonly before: Lines;
  readonly after: Lines;
  /** The flags and segments whose lines differ. */
  readonly edited: readonly Node[];
}

/** An environment before and after, and who is known there. */
export interface Look extends Edits {
  readonly known: ReadonlyMap<string, readonly Known[]>;
}

/**
 * Who is affected: the edited flags and all that ask them, evaluated before and after for every known context. A flag counts over the
 * kinds that its answer depends on, or over all if it answers everybody alike. Flags that only depend are left out if nobody moves.
 */
export async function affectedIn(look: Look, now: Date, breathe: () => Promise<void>): Promise<Affected[]> {
  const editedFlags = new Set(look.edited.flatMap(({ sort, key }) => (sort === 'flag' ? [key] : [])));
  const dependents = [...dependentFlags(look.before, look.edited), ...dependentFlags(look.after, look.edited)];
  const flags = [...new Set([...editedFlags, ...dependents])].sort();
  const sets = { before: evaluable(look.before, flags), after: evaluable(look.after, flags), nowMs: now.getTime() };
  const affected: Affected[] = [];
  for (const flag of flags) {
    for (const kind of kindsCounted(look, flag)) {
      const row = affectedOf(look, sets, flag, kind);
      if (row.changed > 0 || editedFlags.has(flag)) affected.push(row);
      await breathe();
    }
  }
  return affected;
}

interface Sets {
  readonly before: FlagSet;
  readonly after: FlagSet;
  readonly nowMs: number;
}

function kindsCounted({ before, after, known }: Look, flag: string): string[] {
  if (known.size === 0) return [];
  const asked = new Set([...kindsAskedBy(before, flag), ...kindsAskedBy(after, flag)]);
  return asked.size > 0 ? [...asked].sort() : [...known.keys()];
}

function affectedOf({ environment, known }: Look, sets: Sets, flag: string, kind: string): Affected {
  const contexts = known.get(kind) ?? [];
  const moved = new Map<string, { from: string | null; to: string | null; keys: string[] }>();
  const differs = differingValues(sets, flag);
  for (const { key, context } of contexts) {
    const from = resolve(sets.before, flag, context, sets.nowMs).variant ?? null;
    const to = resolve(sets.after, flag, context, sets.nowMs).variant ?? null;
    if (from === to && (to === null || !differs.has(to))) continue;
    const way = `${from ?? ''}\0${to ?? ''}`;
    const move = moved.get(way) ?? { from, to, keys: [] };
    move.keys.push(key);
    moved.set(way, move);
  }
  const moves = [...moved.values()].map(({ from, to, keys }) => ({
    from,
    to,
    count: keys.length,
    keys: keys.sort().slice(0, keysNamed),
  }));
  const changed = moves.reduce((sum, { count }) => sum + count, 0);
  return { environment, flag, kind, known: contexts.length, changed, moves: moves.sort((a, b) => b.count - a.count) };
}

/** Variants that keep their name and get another value: whoever is served one is affected though nobody moves. */
function differingValues({ before, after }: Sets, flag: string): ReadonlySet<string> {
  const was = before.flag(flag)?.variants ?? {};
  const is = after.flag(flag)?.variants ?? {};
  return new Set(Object.keys(is).filter((name) => Object.hasOwn(was, name) && !isDeepStrictEqual(was[name], is[name])));
}
