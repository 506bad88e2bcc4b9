import { isDeepStrictEqual } from 'node:util';
import type { Flag, Segment } from '@taffrail/engine';
import type { Preview } from '@taffrail/schema';
import { knownContexts } from '../contexts/known.ts';
import type { Storage } from '../db/storage.ts';
import { environmentsOf } from '../environments/find.ts';
import { linesIn } from '../flags/lines.ts';
import { isNarrowing } from '../flags/narrowing.ts';
import { dependentFlags, type Node } from '../flags/references.ts';
import { affectedIn, type Look } from './affected.ts';
import type { Outcome, State } from './command.ts';

/** What an outcome would do to the state, and to whom. */
export function previewOf(storage: Storage, state: State, outcome: Outcome, now: Date): Preview {
  const next = state.after(outcome.write);
  const looks = environmentsOf(next)
    .map(({ key }) => lookAt(storage, state, next, key))
    .filter(({ edited }) => edited.length > 0);
  const dependents = looks.flatMap(({ after, edited }) => dependentFlags(after, edited));
  return {
    revision: state.revision,
    changes: [...outcome.changes],
    affected: looks.flatMap((look) => affectedIn(look, now)),
    dependents: [...new Set(dependents)].sort(),
    narrowing: looks.every(({ before, after, edited }) => isNarrowing(before, after, edited)),
    warnings: [...(outcome.warnings ?? []), ...looks.flatMap(nobodyKnown)],
  };
}

function lookAt(storage: Storage, state: State, next: State, environment: string): Look {
  const before = linesIn(state, environment);
  const after = linesIn(next, environment);
  const edited = [...differing('flag', before.flags, after.flags), ...differing('segment', before.segments, after.segments)];
  const known = edited.length === 0 ? new Map() : storage.query((db) => knownContexts(db, state.scope, environment));
  return { environment, before, after, edited, known };
}

/** The lines that are evaluated otherwise; who owns a flag changes no answer. */
function differing<T extends Flag | Segment>(
  sort: Node['sort'],
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): Node[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.filter((key) => !isSame(before.get(key), after.get(key))).map((key) => ({ sort, key }));
}

function isSame(was: Flag | Segment | undefined, is: Flag | Segment | undefined): boolean {
  if (was === is) return true;
  return isDeepStrictEqual({ ...was, metadata: undefined }, { ...is, metadata: undefined });
}

function nobodyKnown({ environment, known }: Look): string[] {
  if (known.size > 0) return [];
  return [`Nothing is known of who uses ${environment}, so nobody could be counted. Import contexts to see who is affected.`];
}
