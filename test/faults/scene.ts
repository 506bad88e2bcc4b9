import type { Api } from 'taffrail/api';
import { place, signIn, type Product } from '../product/server.ts';

/** The flag that the fault tests edit, in this environment. */
export const flag = 'tested';
export const production = { ...place, environment: 'production' };

/** Somebody who edits, and what programs read. */
export interface Scene {
  readonly api: Api;
  readonly serverKey: string;
}

/** Gives a server that has just been started an owner, a flag that is off, and a key. */
export async function setScene(product: Product): Promise<Scene> {
  const api = await signIn(product);
  await api.call('POST /orgs/:org/projects/:project/flags', { params: place, body: { key: flag } });
  const { secret } = await api.call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
    params: production,
    body: { kind: 'server', name: 'faults' },
  });
  return { api, serverKey: secret };
}

export const turn = (api: Api, on: boolean) =>
  api.call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/turn', {
    params: { ...production, flag },
    body: { on },
  });

export const describeFlag = (api: Api, description: string) =>
  api.call('PATCH /orgs/:org/projects/:project/flags/:flag', { params: { ...place, flag }, body: { description } });

export const brokenAt = async (api: Api) =>
  (await api.call('GET /orgs/:org/history/verify', { params: { org: place.org } })).brokenAt;
