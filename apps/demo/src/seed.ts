import type { Api } from 'taffrail/api';
import type { NewFlag } from './flags.ts';
import { orgs } from './orgs.ts';

/** Where something is seeded, as the routes name it. */
export interface ProjectPlace {
  readonly org: string;
  readonly project: string;
}

/** Creates a project with its three usual environments, and flags in it. What is there already stays as people have left it. */
export async function seedProject(api: Api, at: ProjectPlace, name: string, flags: readonly NewFlag[]): Promise<void> {
  const { projects } = await api.call('GET /orgs/:org/projects', { params: { org: at.org } });
  if (!projects.some(({ project }) => project.key === at.project)) {
    await api.call('POST /orgs/:org/projects', { params: { org: at.org }, body: { key: at.project, name } });
  }
  const there = await keysOf(api, at);
  for (const flag of flags) {
    if (!there.has(flag.key)) await api.call('POST /orgs/:org/projects/:project/flags', { params: at, body: flag });
  }
}

async function keysOf(api: Api, params: ProjectPlace): Promise<Set<string>> {
  const { flags } = await api.call('GET /orgs/:org/projects/:project/flags', { params });
  const archived = await api.call('GET /orgs/:org/projects/:project/flags', { params, query: { archived: 'only' } });
  return new Set([...flags, ...archived.flags].map(({ definition }) => definition.key));
}

/** Tells every environment of the tracker's customers, so that previews name them. */
export async function seedContexts(api: Api, at: ProjectPlace): Promise<void> {
  const { environments } = await api.call('GET /orgs/:org/projects/:project', { params: at });
  const contexts = [...orgs.values()].map(({ key, ...attributes }) => ({ key, attributes }));
  for (const { key: environment } of environments) {
    await api.call('PUT /orgs/:org/projects/:project/environments/:environment/contexts/:kind', {
      params: { ...at, environment, kind: 'org' },
      body: { contexts },
    });
  }
}

/** The keys of the tracker: its server's, and the public one of its page. */
export interface TrackerKeys {
  readonly serverKey: string;
  readonly clientKey: string;
}

/** Draws the tracker's keys of production; their secrets are shown this once. */
export async function drawKeys(api: Api, at: ProjectPlace): Promise<TrackerKeys> {
  const draw = async (kind: 'server' | 'client', name: string) => {
    const { secret } = await api.call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
      params: { ...at, environment: 'production' },
      body: { kind, name },
    });
    return secret;
  };
  return { serverKey: await draw('server', "Issue tracker's server"), clientKey: await draw('client', "Issue tracker's page") };
}
