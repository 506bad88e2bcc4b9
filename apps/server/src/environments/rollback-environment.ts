import { isDeepStrictEqual } from 'node:util';
import type { Change, EnvironmentFlag } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Outcome, type State } from '../changes/command.ts';
import type { Document, Write } from '../changes/document.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { changesOf } from '../changes/telling.ts';
import { flagsBackedOut, stagesThen } from '../features/rolling-back.ts';
import { linesIn } from '../flags/lines.ts';
import { dependentsOf } from '../flags/references.ts';
import { environmentOf } from './find.ts';

type FlagHere = Document<'environment-flag'>;

/**
 * Takes an environment back: a new revision in which its flags, segments and stages of features are what they were at an old one.
 * What flags and features are in their project (owner, archived or not) stays. But
 * - a kill or a back-out made since stays, and is listed: lifting it is an act of its own;
 * - a flag created since is turned off: at that revision nobody had it;
 * - a segment created since goes, unless such a flag uses it.
 */
export const rollbackEnvironment = command({
  name: 'environment.rollback',
  version: 1,
  permission: 'environment.rollback',
  action: 'rollback',
  apply(
    state: State,
    { environment, to }: InputOf<'POST /orgs/:org/projects/:project/environments/:environment/rollback'>,
  ): Outcome {
    refuseOtherPast(state, environment, to);
    const old = state.environmentAt(environment, to);
    const stages = stagesThen(state, environment, old);
    const off = flagsBackedOut(state.after(stages.write), environment);
    const then = flagsByKey(old);
    const flags = state
      .list('environment-flag', environment)
      .map((flag) => flagThen(flag, then.get(flag.key), off.has(flag.key)));
    const restored = [...stages.write, ...flags.flatMap(({ write }) => write ?? []), ...segmentsThen(environment, old)];
    const write = [...restored, ...newSegments(state.after(restored), environment, old)].filter((one) => changes(state, one));
    const kept = [...stages.kept, ...flags.flatMap(({ keptKill }) => keptKill ?? [])];
    const warnings = kept.map(({ key, summary }) => `${key} ${summary}`);
    if (write.length === 0) return { write, changes: [], warnings };
    return { write, changes: [...changesOf(state, write), ...kept], warnings };
  },
});

function refuseOtherPast(state: State, environment: string, to: number): void {
  environmentOf(state, environment);
  if (to > state.revision) refuseTo(`the project is at revision ${state.revision}: there is no revision ${to} yet`);
  const id = { sort: 'environment', key: environment } as const;
  if (state.at(id, to) === undefined && state.erasedAt([id], to).length === 0) {
    refuseTo(`${environment} was not there yet at revision ${to}`);
  }
  const [gone] = state.erasedIn(environment, to);
  if (gone === undefined) return;
  fail(
    'ERASED',
    `What ${gone.key} was at revision ${to} has been erased, so ${environment} cannot go back there. Choose a later one.`,
  );
}

function refuseTo(message: string): never {
  return refuseMistakes([{ at: '/body/to', message }]);
}

interface FlagThen {
  readonly write?: Write;
  /** Says that a kill made since stays. */
  readonly keptKill?: Change;
}

function flagsByKey(old: readonly Document[]): ReadonlyMap<string, EnvironmentFlag> {
  return new Map(old.flatMap(({ sort, key, body }) => (sort === 'environment-flag' ? [[key, body as EnvironmentFlag]] : [])));
}

/** `isOut`: a feature that the flag belongs to is backed out then, so the flag is off and locked whatever it was. */
function flagThen(
  { key, environment = '', body: present }: FlagHere,
  then: EnvironmentFlag | undefined,
  isOut: boolean,
): FlagThen {
  const write = (body: EnvironmentFlag): Write => {
    return { sort: 'environment-flag', key, environment, body: isOut ? { ...body, on: false, locked: true } : body };
  };
  if (then === undefined) return { write: write({ ...present, on: false }) };
  if (!present.locked || then.locked) return { write: write(then) };
  const keptKill = {
    kind: 'flag.kill-kept',
    environment,
    sort: 'environment-flag',
    key,
    summary: `stays killed in ${environment}`,
  };
  return { write: write({ ...then, on: false, locked: true }), keptKill };
}

function segmentsThen(environment: string, old: readonly Document[]): Write[] {
  return old.flatMap(({ sort, key, body }): Write[] => (sort === 'segment' ? [{ sort, key, environment, body }] : []));
}

/** Removes the segments that were not there, but for those that a flag created since asks, itself or through others. */
function newSegments(restored: State, environment: string, old: readonly Document[]): Write[] {
  const wasThere = new Set(old.flatMap(({ sort, key }) => (sort === 'segment' ? [key] : [])));
  const lines = linesIn(restored, environment);
  return restored
    .list('segment', environment)
    .filter(({ key }) => !wasThere.has(key))
    .filter(({ key }) => dependentsOf(lines, [{ sort: 'segment', key }]).every(({ sort }) => sort !== 'flag'))
    .map(({ key }): Write => ({ sort: 'segment', key, environment }));
}

function changes(state: State, { sort, key, environment, body }: Write): boolean {
  return !isDeepStrictEqual(state.get(sort, key, environment)?.body, body);
}
