import type { Preview, Problem, RequestDocument, RequestRow } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Reads } from '../changes/seen.ts';
import { known, problemOf } from '../http/problem.ts';
import { statusOf } from './status.ts';

/** Requests as a list shows them, newest first. */
export function requestRows(state: State, reads: Reads, now: Date): RequestRow[] {
  const seen = state.list('request').filter(({ body }) => isSeen(body, reads));
  return seen.map(({ body }) => rowOf(body, now)).sort(newestFirst);
}

/** What only its own screen shows is left out: what exactly it does may be long. */
function rowOf(request: RequestDocument, now: Date): RequestRow {
  const { input: _input, preview: _preview, ...row } = request;
  return { ...row, status: statusOf(request, now) };
}

/** A request of the project. What somebody may not read is not there for them. */
export function requestSeen(state: State, id: string, reads: Reads, now: Date): RequestDocument {
  const found = state.get('request', id)?.body;
  if (found === undefined || !isSeen(found, reads)) return fail('NOT_FOUND', `There is no request ${id} in this project.`);
  return { ...found, status: statusOf(found, now) };
}

/** It tells of every environment that it concerns, so it is for those who may read them all. */
function isSeen({ environments }: RequestDocument, reads: Reads): boolean {
  return environments.length === 0 ? reads() : environments.every((environment) => reads(environment));
}

/** Ids are revisions. */
const newestFirst = (one: RequestRow, other: RequestRow): number => Number(other.id) - Number(one.id);

/** What a request would do now. */
export interface Fresh {
  readonly preview?: Preview;
  readonly problem?: Problem;
  readonly differs: boolean;
}

/** Previews a request anew; what keeps it from being applied is told instead. */
export async function freshOf({ preview: then }: RequestDocument, foresee: () => Promise<Preview>): Promise<Fresh> {
  try {
    const preview = await foresee();
    return { preview, differs: preview.digest !== then.digest };
  } catch (error) {
    if (known(error) === undefined) throw error;
    return { problem: problemOf(error, ''), differs: true };
  }
}
