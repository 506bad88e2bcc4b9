import type { Shipped, Truth } from '@taffrail/audit';
import { Refusal, type Api } from './api.ts';
import type { Places } from './place.ts';
import type { Call } from './row.ts';

interface Asked {
  readonly against?: string;
  readonly releases?: readonly string[];
  readonly offline?: true;
}

/** What an audit judges by. */
interface Knowledge {
  readonly truth?: Truth;
  readonly shipped?: readonly Shipped[];
}

type At = Places['project'];
const project = '/orgs/:org/projects/:project';

/** What files say, and of all else the server, if one may be asked. */
export async function knownTo(
  { against, releases, offline }: Asked,
  { settings, connect }: Pick<Call<unknown, 'machine'>, 'settings' | 'connect'>,
): Promise<Knowledge> {
  const { readShipped, readTruth } = await import('@taffrail/audit');
  const told = releases && { shipped: await Promise.all(releases.map((file) => readShipped(file))) };
  if (against !== undefined) return { truth: await readTruth(against), ...told };
  if (offline || settings.url === undefined) return { ...told };
  const { api, at } = await connect('project');
  return { truth: await truthOf(api, at, settings.environment), ...(told ?? (await shippedBy(api, at))) };
}

async function truthOf(api: Api, { org, project: key }: At, environment: string | undefined): Promise<Truth> {
  const { truthOfServer } = await import('@taffrail/audit');
  const params = { org, project: key };
  const [present, archived] = await Promise.all([
    api.call(`GET ${project}/flags`, { params }),
    api.call(`GET ${project}/flags`, { params, query: { archived: 'only' } }),
  ]);
  const snapshot = environment === undefined ? undefined : await exported(api, { ...params, environment });
  return truthOfServer({
    source: `${api.url}, ${key}`,
    definitions: present.flags.map(({ definition }) => definition),
    archived: archived.flags.map(({ definition }) => definition),
    ...(snapshot === undefined ? {} : { snapshot }),
  });
}

async function exported(api: Api, params: Places['environment']): Promise<string> {
  const answer = await api.send(`GET ${project}/environments/:environment/export`, { params, query: { audience: 'server' } });
  return answer.text();
}

/** The supported releases. A server that is older knows of none, and who may read one environment alone is told of none. */
async function shippedBy(api: Api, params: At): Promise<Pick<Knowledge, 'shipped'>> {
  const { shippedOf } = await import('@taffrail/audit');
  try {
    const { releases } = await api.call(`GET ${project}/releases`, { params, query: { supported: 'only' } });
    const shipped: Shipped[] = [];
    for (const { release } of releases) {
      shipped.push(shippedOf(await api.call(`GET ${project}/releases/:release`, { params: { ...params, release } })));
    }
    return { shipped };
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')) return {};
    throw error;
  }
}
