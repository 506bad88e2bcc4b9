import { sees } from '@taffrail/schema';
import { and, eq } from 'drizzle-orm';
import type { State } from '../changes/command.ts';
import { documents } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { changeEnvironment } from '../environments/change-environment.ts';
import { createEnvironment } from '../environments/create-environment.ts';
import { environmentsOf } from '../environments/find.ts';
import { commandRoute, route, type Caller, type Route } from '../http/route.ts';
import { createProject, projectOf, renameProject } from './projects.commands.ts';

export const projectRoutes: readonly Route[] = [
  route('GET /orgs/:org/projects', ({ params: { org }, caller }, { storage, commits }) => {
    const seen = projectsIn(storage, org).filter((project) => sees(caller.grants, { project }));
    return { projects: seen.map((project) => projectRow(commits.state({ org, project }), caller)) };
  }),

  commandRoute('POST /orgs/:org/projects', { command: createProject, scope: (org, { key }) => ({ org, project: key }) }),

  route('GET /orgs/:org/projects/:project', ({ params: { org, project }, caller }, { commits }) => {
    const state = commits.state({ org, project });
    const { project: document, environments } = projectRow(state, caller);
    return { project: document, environments, revision: state.revision, epoch: commits.epoch };
  }),

  commandRoute('PATCH /orgs/:org/projects/:project', {
    command: renameProject,
    document: ({ project = '' }) => ({ sort: 'project', key: project }),
  }),

  commandRoute('POST /orgs/:org/projects/:project/environments', { command: createEnvironment }),

  commandRoute('PATCH /orgs/:org/projects/:project/environments/:environment', {
    command: changeEnvironment,
    document: ({ environment = '' }) => ({ sort: 'environment', key: environment }),
  }),
];

function projectsIn(storage: Storage, org: string): string[] {
  const ofOrganization = and(eq(documents.org, org), eq(documents.sort, 'project'));
  return storage
    .query((db) => db.select({ key: documents.key }).from(documents).where(ofOrganization).orderBy(documents.key).all())
    .map(({ key }) => key);
}

/** A project with the environments that the caller may see, and how many flags it has. */
function projectRow(state: State, { grants }: Caller) {
  const { key, body } = projectOf(state);
  const environments = environmentsOf(state).filter((environment) =>
    sees(grants, { project: key, environment: environment.key }),
  );
  const active = state.list('flag').filter((flag) => flag.body.archivedAt === undefined);
  return { project: body, environments: environments.map((environment) => environment.body), flags: active.length };
}
