import { Refusal, type Api } from './api.ts';
import { nearest } from './nearest.ts';

interface Names {
  readonly org?: string;
  readonly project?: string;
  readonly environment?: string;
  readonly flag?: string;
  readonly segment?: string;
  readonly feature?: string;
}
type Placed = Required<Names>;

/** From the outside in: the first name that is not in its list is the one that was not found. */
const searches: {
  readonly what: keyof Names;
  readonly where: (names: Names) => string;
  list(api: Api, names: Placed): Promise<string[]>;
}[] = [
  {
    what: 'org',
    where: () => 'among your organizations',
    list: async (api) => (await api.call('GET /session', {})).organizations.map(({ organization }) => organization.key),
  },
  {
    what: 'project',
    where: ({ org }) => `in ${org}`,
    list: async (api, { org }) =>
      (await api.call('GET /orgs/:org/projects', { params: { org } })).projects.map(({ project }) => project.key),
  },
  {
    what: 'environment',
    where: ({ project }) => `in ${project}`,
    list: async (api, { org, project }) =>
      (await api.call('GET /orgs/:org/projects/:project', { params: { org, project } })).environments.map(({ key }) => key),
  },
  {
    what: 'flag',
    where: ({ project }) => `in ${project}`,
    list: async (api, { org, project }) =>
      (await api.call('GET /orgs/:org/projects/:project/flags', { params: { org, project } })).flags.map(
        ({ definition }) => definition.key,
      ),
  },
  {
    what: 'segment',
    where: ({ environment }) => `in ${environment}`,
    list: async (api, params) =>
      (await api.call('GET /orgs/:org/projects/:project/environments/:environment/segments', { params })).segments.map(
        ({ segment }) => segment.document.key,
      ),
  },
  {
    what: 'feature',
    where: ({ project }) => `in ${project}`,
    list: async (api, { org, project }) =>
      (await api.call('GET /orgs/:org/projects/:project/features', { params: { org, project } })).features.map(
        ({ feature }) => feature.key,
      ),
  },
];

/** A 404 does not say which of the names was wrong, on purpose. With the lists that the user may read we can: the nearest name included. */
export async function explainNotFound(error: unknown, api: Api, at: object, input: object): Promise<unknown> {
  if (!(error instanceof Refusal) || error.code !== 'NOT_FOUND') return error;
  try {
    return (await firstUnknown(api, { ...input, ...at }, error)) ?? error;
  } catch {
    return error; // what the server said first still holds
  }
}

async function firstUnknown(api: Api, names: Names, error: Refusal): Promise<Refusal | undefined> {
  for (const search of searches) {
    const name = names[search.what];
    if (name === undefined) continue;
    const known = await search.list(api, names as Placed);
    if (!known.includes(name))
      return new Refusal({ ...error.problem, detail: sentence(search.what, name, search.where(names), known) });
  }
  return undefined;
}

const nouns: Partial<Record<keyof Names, string>> = { org: 'organization' };

function sentence(what: keyof Names, name: string, where: string, known: readonly string[]): string {
  const noun = nouns[what] ?? what;
  const near = nearest(name, known);
  if (near !== undefined) return `There is no ${noun} "${name}" ${where}. Did you mean "${near}"?`;
  const some = known.length === 0 ? `none yet` : known.slice(0, 5).join(', ') + (known.length > 5 ? ', …' : '');
  return `There is no ${noun} "${name}" ${where}. There ${known.length === 1 ? 'is' : 'are'} ${some}.`;
}
