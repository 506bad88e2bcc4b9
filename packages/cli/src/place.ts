import type { Api } from './api.ts';
import { Failure } from './failure.ts';
import type { Settings } from './settings.ts';

/** How far down a command reaches, and the parameters of its routes that follow from it. */
export interface Places {
  machine: object;
  server: object;
  organization: { readonly org: string };
  project: { readonly org: string; readonly project: string };
  environment: { readonly org: string; readonly project: string; readonly environment: string };
}
export type Reach = keyof Places;

const depth: Record<Reach, number> = { machine: 0, server: 1, organization: 2, project: 3, environment: 4 };

/** Whether a command that reaches so far also reaches as far as another. */
export function reaches(reach: Reach, as: Reach): boolean {
  return depth[reach] >= depth[as];
}

/** Finds the place: what was said counts; what was not said is taken if there is only one. Nothing is ever guessed. */
export async function findPlace<R extends Reach>(reach: R, settings: Settings, api: Api): Promise<Places[R]> {
  const org = reaches(reach, 'organization') ? (settings.organization ?? (await onlyOrganization(api))) : '';
  const project = reaches(reach, 'project') ? (settings.project ?? (await onlyProject(api, org))) : '';
  const environment = reaches(reach, 'environment') ? (settings.environment ?? (await onlyEnvironment(api, org, project))) : '';
  const place = { org, project, environment };
  return Object.fromEntries(Object.entries(place).filter(([, key]) => key !== '')) as Places[R];
}

async function onlyOrganization(api: Api): Promise<string> {
  const { organizations } = await api.call('GET /session', {});
  return only(
    organizations.map(({ organization }) => organization.key),
    { option: '--organization KEY', variable: 'TAFFRAIL_ORG', one: 'organization', where: 'You belong to' },
  );
}

async function onlyProject(api: Api, org: string): Promise<string> {
  const { projects } = await api.call('GET /orgs/:org/projects', { params: { org } });
  return only(
    projects.map(({ project }) => project.key),
    { option: '--project KEY', variable: 'TAFFRAIL_PROJECT', one: 'project', where: `${org} has` },
  );
}

async function onlyEnvironment(api: Api, org: string, project: string): Promise<string> {
  const { environments } = await api.call('GET /orgs/:org/projects/:project', { params: { org, project } });
  return only(
    environments.map(({ key }) => key),
    { option: '--environment KEY', variable: 'TAFFRAIL_ENVIRONMENT', one: 'environment', where: `${project} has` },
  );
}

interface Wanted {
  readonly option: string;
  readonly variable: string;
  readonly one: string;
  readonly where: string;
}

function only(keys: readonly string[], { option, variable, one, where }: Wanted): string {
  const [first] = keys;
  if (first !== undefined && keys.length === 1) return first;
  const known = keys.length === 0 ? `no ${one} yet` : keys.join(', ');
  throw new Failure('PLACE_UNKNOWN', `Say which ${one}: ${option}, or set ${variable}. ${where} ${known}.`);
}
