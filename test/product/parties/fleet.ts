import { createHash } from 'node:crypto';
import type { Api } from 'taffrail/api';
import { place } from '../server.ts';

/** Customers' sites of which only what they say to the vendor matters here. */
export interface Fleet {
  readonly names: readonly string[];
  /** Each, or those named, asks for the shipment of a release above what it has, and acknowledges what it gets. Gives how many got one. */
  follow(release: string, from: number, some?: readonly string[]): Promise<number>;
}

/** Makes installs of the line, each with a key of its own. */
export async function openFleet(api: Api, url: string, names: readonly string[]): Promise<Fleet> {
  const keys = new Map(await inTurn(names, async (name) => [name, await keyOf(api, name, 'connected')] as const));
  return {
    names,
    async follow(release, from, some = names) {
      const got = await inTurn(some, (name) => takeOne(url, keys.get(name) ?? '', release, from));
      return got.filter(Boolean).length;
    },
  };
}

/** Makes one install, and its first key. */
export async function keyOf(api: Api, install: string, connection: 'connected' | 'air-gapped'): Promise<string> {
  const params = { ...place, install };
  await api.call('POST /orgs/:org/projects/:project/installs', {
    params: place,
    body: { key: install, name: install, connection },
  });
  const { secret } = await api.call('POST /orgs/:org/projects/:project/installs/:install/keys', {
    params,
    body: { name: 'site' },
  });
  return secret;
}

async function takeOne(url: string, key: string, release: string, from: number): Promise<boolean> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const query = new URLSearchParams({ release, ...(from > 0 ? { revision: String(from), keys: '1' } : {}) });
  const answer = await fetch(`${url}/install/v1/shipments/main?${query}`, { headers });
  const { shipment } = (await answer.json()) as { shipment?: string };
  if (shipment === undefined) return false;
  const payload = Buffer.from((JSON.parse(shipment) as { payload: string }).payload, 'base64');
  const { revision } = JSON.parse(payload.toString()) as { revision: number };
  const digest = `sha256:${createHash('sha256').update(payload).digest('hex')}`;
  const body = JSON.stringify({ revision, digest, appliedAt: new Date().toISOString() });
  const told = await fetch(`${url}/install/v1/acks`, { method: 'POST', headers, body });
  if (!told.ok) throw new Error(`The acknowledgement was refused: ${await told.text()}`);
  return true;
}

/** Eight at a time. */
async function inTurn<From, To>(all: readonly From[], act: (one: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (let at = 0; at < all.length; at += 8) results.push(...(await Promise.all(all.slice(at, at + 8).map(act))));
  return results;
}
