import { isDeepStrictEqual } from 'node:util';
import type { Flag, Segment } from '@taffrail/engine';
import type { Affected, Preview } from '@taffrail/schema';
import { knownContexts } from '../contexts/known.ts';
import type { Storage } from '../db/storage.ts';
import { environmentsOf } from '../environments/find.ts';
import { linesIn, type Lines } from '../flags/lines.ts';
import { isNarrowing } from '../flags/narrowing.ts';
import { addressOf, dependentFlags, type Node } from '../flags/references.ts';
import { affectedIn, type Look } from './affected.ts';
import { breathing } from './breathing.ts';
import { comesToBrowsers, givesBrowsersMore, newlyReadable } from './browser-audience.ts';
import type { Outcome, State } from './command.ts';
import type { Write } from './document.ts';

/** What an outcome would do to the state, and to whom. Counting many takes its time, but keeps nobody waiting. */
export async function previewOf(storage: Storage, state: State, outcome: Outcome, now: Date): Promise<Preview> {
  const next = state.after(outcome.write);
  const looks = environmentsOf(next)
    .map(({ key }) => lookAt(storage, state, next, key, outcome.write))
    .filter(({ edited }) => edited.length > 0);
  const breathe = breathing();
  const affected: Affected[] = [];
  for (const look of looks) affected.push(...(await affectedIn(look, now, breathe)));
  const dependents = looks.flatMap(({ after, edited }) => dependentFlags(after, edited));
  return {
    revision: state.revision,
    changes: [...outcome.changes],
    affected,
    dependents: [...new Set(dependents)].sort(),
    narrowing: looks.every((look) => isNarrowing(look.before, look.after, look.edited) && !givesBrowsersMore(look, state, next)),
    warnings: [
      ...(outcome.warnings ?? []),
      ...looks.flatMap((look) => [...newlyReadable(look, state, next), ...nobodyKnown(look)]),
    ],
  };
}

function lookAt(storage: Storage, state: State, next: State, environment: string, writes: readonly Write[]): Look {
  const before = linesIn(state, environment);
  const after = linesIn(next, environment);
  const edited = nodesWritten(writes, environment).filter(
    (node) => !isSame(lineOf(before, node), lineOf(after, node)) || comesToBrowsers(state, next, environment, node),
  );
  const known = edited.length === 0 ? new Map() : knownContexts(storage, { scope: state.scope, environment });
  return { environment, before, after, edited, known };
}

/** The flags and segments of an environment that writes concern: a definition concerns all environments. */
function nodesWritten(writes: readonly Write[], environment: string): Node[] {
  const written = writes.flatMap(({ sort, key, environment: place }): Node[] => {
    if (sort === 'segment') return place === environment ? [{ sort, key }] : [];
    return sort === 'flag' || (sort === 'environment-flag' && place === environment) ? [{ sort: 'flag', key }] : [];
  });
  return [...new Map(written.map((node) => [addressOf(node), node])).values()];
}

function lineOf({ flags, segments }: Lines, { sort, key }: Node): Flag | Segment | undefined {
  return sort === 'flag' ? flags.get(key) : segments.get(key);
}

/** Who owns a flag changes no answer. */
function isSame(was: Flag | Segment | undefined, is: Flag | Segment | undefined): boolean {
  if (was === is) return true;
  return isDeepStrictEqual({ ...was, metadata: undefined }, { ...is, metadata: undefined });
}

function nobodyKnown({ environment, known }: Look): string[] {
  if (known.size > 0) return [];
  return [`Nothing is known of who uses ${environment}, so nobody could be counted. Import contexts to see who is affected.`];
}
