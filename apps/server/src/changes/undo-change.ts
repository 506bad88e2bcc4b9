import { isDeepStrictEqual } from 'node:util';
import type { Mistake } from '@taffrail/schema';
import { refuseMistakes } from './mistakes.ts';
import { environmentsOf } from '../environments/find.ts';
import { linesIn, type Lines } from '../flags/lines.ts';
import { mistakesBetween } from '../flags/mistakes/between-flags.ts';
import { askedBy, nodesOf, type Node } from '../flags/references.ts';
import { mistakesInFeatures } from '../features/mistakes.ts';
import { refuseTakingFromReleases } from '../releases/readers.ts';
import { fail } from './app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from './command.ts';
import { conflict, refuseAll } from './conflict.ts';
import type { DocumentId, Write } from './document.ts';
import { changesOf } from './telling.ts';
import { canBeUndone, undoableOf } from './undoable.ts';

/**
 * Reverts one commit: exactly the documents that it wrote become what they were before it. Refused if one of them has changed
 * since, or if others came to lean on what would go. Undoing a kill lifts it, which commit allows only to who may unlock flags.
 */
export const undoChange = command({
  name: 'change.undo',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, input: InputOf<'POST /orgs/:org/projects/:project/history/:revision/undo'>, occasion: Occasion): Outcome {
    const revision = Number(input.revision);
    const written = writtenBy(state, revision);
    refuseErased(state, written, revision);
    refuseChangedSince(state, written, revision);
    const write = written.map((id) => before(state, id, revision));
    refuseLeaning(state, write);
    refuseTakingFromReleases(state, write, occasion);
    return { write, changes: changesOf(state, write), undoes: revision };
  },
});

function writtenBy(state: State, revision: number): readonly DocumentId[] {
  const written = Number.isInteger(revision) ? state.writtenBy(revision) : undefined;
  if (written === undefined) return fail('NOT_FOUND', `There is no revision ${revision} in this project.`);
  if (canBeUndone(written)) return undoableOf(written);
  return fail('INVALID', 'Projects, environments and requests are not undone: others lean on them. Change them by themselves.');
}

function refuseChangedSince(state: State, written: readonly DocumentId[], revision: number): void {
  for (const id of written) if (wasKilledSince(state, id, revision)) refuseKilled(id);
  const changed = written.filter((id) => revisionLastWritten(state, id, revision) !== revision);
  refuseAll(changed.map((id) => ({ at: '/params/revision', error: conflict(state, id, revision) })));
}

/** The revision of a document that is there, or of its removal if nothing has come in its place. */
function revisionLastWritten(state: State, { sort, key, environment }: DocumentId, revision: number): number {
  const present = state.get(sort, key, environment);
  if (present !== undefined) return present.revision;
  return state.at({ sort, key, environment }, revision) === undefined ? revision : state.revision;
}

function wasKilledSince(state: State, { sort, key, environment }: DocumentId, revision: number): boolean {
  if (sort !== 'environment-flag') return false;
  const present = state.get('environment-flag', key, environment);
  const isLocked = present?.body.locked === true && present.revision !== revision;
  return isLocked && state.at({ sort: 'environment-flag', key, environment }, revision)?.body.locked !== true;
}

function refuseKilled({ key, environment }: DocumentId): never {
  return fail('FLAG_LOCKED', `${key} was killed in ${environment} since. Unlock it first, saying why.`);
}

/** Both what the commit made and what was there before it must be known. */
function refuseErased(state: State, written: readonly DocumentId[], revision: number): void {
  const [gone] = [...state.erasedAt(written, revision), ...state.erasedAt(written, revision - 1)];
  if (gone === undefined) return;
  fail(
    'ERASED',
    `What ${gone.key} was around revision ${revision} has been erased, so that change cannot be undone. Edit it instead.`,
  );
}

function before(state: State, { sort, key, environment }: DocumentId, revision: number): Write {
  const id = { sort, key, ...(environment !== undefined && { environment }) };
  const document = state.at(id, revision - 1);
  return document === undefined ? id : { ...id, body: document.body };
}

/** What an undo takes away must not be what others ask, nor leave parts of itself behind. */
function refuseLeaning(state: State, write: readonly Write[]): void {
  const next = state.after(write);
  const inEnvironments = environmentsOf(next).flatMap(({ key: environment }) => [
    ...stillAsked(linesIn(state, environment), linesIn(next, environment), environment),
    ...leftBehind(next, environment, write),
    ...broken(state, next, environment, write),
  ]);
  const mistakes = [...inEnvironments, ...mistakesInFeatures(state, next)];
  refuseMistakes(mistakes.map((mistake) => ({ ...mistake, at: '/params/revision' })));
}

/** Flags and segments that would go, removed or archived again, and that others ask by now. */
function stillAsked(before: Lines, after: Lines, environment: string): Mistake[] {
  return nodesOf(after).flatMap((node) =>
    askedBy(after, node)
      .filter((asked) => isThere(before, asked) && !isThere(after, asked))
      .map((asked) => ({ at: '', message: `${node.sort} ${node.key} in ${environment} asks ${asked.key} by now` })),
  );
}

function isThere({ flags, segments }: Lines, { sort, key }: Node): boolean {
  return (sort === 'flag' ? flags : segments).has(key);
}

/** An environment that came after the flag has the flag too. */
function leftBehind(next: State, environment: string, write: readonly Write[]): Mistake[] {
  return write.flatMap(({ sort, key, body }) => {
    const part = sort === 'flag' ? 'environment-flag' : sort === 'feature' ? 'feature-stage' : undefined;
    const isLeft = part !== undefined && body === undefined && next.get(part, key, environment) !== undefined;
    return isLeft ? [{ at: '', message: `${key} is in ${environment} by now: archive it instead` }] : [];
  });
}

/** Circles and missing variants that the old documents make with what others became. */
function broken(state: State, next: State, environment: string, write: readonly Write[]): Mistake[] {
  const nodes = write.flatMap(({ sort, key, environment: place }): Node[] =>
    place === environment ? [{ sort: sort === 'segment' ? 'segment' : 'flag', key }] : [],
  );
  return nodes.flatMap((node) => {
    const found = mistakesBetween(state, environment, node);
    return mistakesBetween(next, environment, node).filter(
      (mistake) => !found.some((known) => isDeepStrictEqual(known, mistake)),
    );
  });
}
