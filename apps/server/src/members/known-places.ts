import type { Grant, Mistake } from '@taffrail/schema';
import type { Commits } from '../changes/commits.ts';
import type { Storage } from '../db/storage.ts';
import { exists } from '../http/exists.ts';
import { refuseMistakes } from '../changes/mistakes.ts';

/** Refuses grants in projects or environments that are not there: a later namesake would come with members nobody chose. */
export function refuseUnknownPlaces(org: string, grants: readonly Grant[], commits: Commits, storage: Storage): void {
  const mistakes = grants.flatMap((grant, index) => mistakesOf(org, grant, `/body/grants/${index}`, commits, storage));
  if (mistakes.length > 0) refuseMistakes(mistakes);
}

function mistakesOf(org: string, { project, environment }: Grant, at: string, commits: Commits, storage: Storage): Mistake[] {
  if (project === undefined) {
    return environment === undefined ? [] : [{ at: `${at}/project`, message: 'is missing: say whose environment it is' }];
  }
  if (!exists({ org, project }, commits, storage)) return [{ at: `${at}/project`, message: `there is no project '${project}'` }];
  const isThere = environment === undefined || exists({ org, project, environment }, commits, storage);
  return isThere ? [] : [{ at: `${at}/environment`, message: `there is no environment '${environment}' in ${project}` }];
}
