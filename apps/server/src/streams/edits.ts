import type { Edit } from '@taffrail/publish';
import type { State } from '../changes/command.ts';
import type { Document, DocumentId } from '../changes/document.ts';
import { flagLine } from '../flags/line.ts';
import { segmentLine } from '../segments/line.ts';

/** What one commit wrote or removed. */
export interface Written {
  readonly revision: number;
  readonly id: DocumentId;
  readonly document: Document | undefined;
}

/** Every document of an environment at a revision, as edits. */
export function editsAt(state: State, environment: string, revision: number): Edit[] {
  return state.environmentAt(environment, revision).flatMap((document) => editOf(state, environment, document, revision) ?? []);
}

/** What commits did to an environment, oldest first, by their revision. A commit that touched nothing there is left out. */
export function editsOf(state: State, environment: string, writes: readonly Written[]): ReadonlyMap<number, readonly Edit[]> {
  const commits = new Map<number, Map<string, Edit>>();
  for (const { revision, id } of writes) {
    const edit = editOf(state, environment, id, revision);
    if (!edit) continue;
    const commit = commits.get(revision) ?? new Map<string, Edit>();
    commits.set(revision, commit.set(`${edit.sort} ${edit.key}`, edit));
  }
  return new Map([...commits].map(([revision, edits]) => [revision, [...edits.values()]]));
}

/** What became of the line that a document is part of; undefined if it is part of none in this environment. */
function editOf(
  state: State,
  environment: string,
  { sort, key, environment: place }: DocumentId,
  revision: number,
): Edit | undefined {
  if (place !== undefined && place !== environment) return undefined;
  if (sort === 'flag' || sort === 'environment-flag') return { sort: 'f', key, ...flagAt(state, environment, key, revision) };
  if (sort !== 'segment') return undefined;
  const document = documentAt(state, { sort, key, environment }, revision);
  return { sort: 's', key, line: document && readable(() => segmentLine(document.body)) };
}

/** A flag's line comes of two documents; an archived flag has none. */
function flagAt(state: State, environment: string, key: string, revision: number) {
  const definition = documentAt(state, { sort: 'flag', key }, revision);
  const flag = documentAt(state, { sort: 'environment-flag', key, environment }, revision);
  if (!definition || !flag || definition.body.archivedAt !== undefined) return undefined;
  return { line: readable(() => flagLine(definition.body, flag.body, flag.revision)), client: flag.body.client };
}

/** A document as it stood at a revision; mostly that is how it still is. */
function documentAt<S extends 'flag' | 'environment-flag' | 'segment'>(state: State, id: DocumentId<S>, revision: number) {
  const now = state.get(id.sort, id.key, id.environment);
  return now && now.revision <= revision ? now : state.at(id, revision);
}

/** A document that somebody broke behind the server's back is not published, and hinders no other. */
function readable<Line>(line: () => Line): Line | undefined {
  try {
    return line();
  } catch {
    return undefined;
  }
}
