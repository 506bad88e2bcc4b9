import { sealKeys, sealPayload } from '@taffrail/shipment/signed';
import type { Contracts, ResponseOf, ShipmentDocument } from '@taffrail/schema';
import { manifest } from '../releases/releases.test-kit.ts';
import { type Vendor, vendorOf } from '../signing/signing.test-kit.ts';
import { openReader } from '../streams/stream-reader.test-kit.ts';
import { signUpOwner, type SignedIn } from '../testing/people.ts';
import { type RunningServer, startServer, type StartOptions } from '../testing/running-server.ts';

export const project = '/api/v1/orgs/default/projects/default';
export type Board = ResponseOf<Contracts['GET /orgs/:org/projects/:project/installs']>;
export type Detail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/installs/:install']>;

/** A site as the vendor's server knows it. */
export interface TestSite {
  readonly install: string;
  readonly keyId: string;
  readonly secret: string;
}

/** A running server of somebody who ships a product with a flag `ui` that is ga. */
export async function startVendor(options: StartOptions = {}) {
  const server = await startServer(options);
  const owner = await signUpOwner(server);
  const made = vendorAt(server, owner, vendorOf('default'));
  const on = { production: { on: true, fallthrough: { variant: 'on' } } };
  await made.send('POST', `${project}/flags`, { key: 'ui', environments: on });
  const { trust, list, root } = made.keys;
  await made.send('PUT', `${project}/lines/main/keys`, { file: sealKeys(list, root), trust });
  return made;
}
export type TestVendor = Awaited<ReturnType<typeof startVendor>>;

export function vendorAt<Owner extends Pick<SignedIn, 'token'>>(server: RunningServer, owner: Owner, keys: Vendor) {
  /** Setting up must not fail silently. */
  async function send<T = { revision: number }>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await server.send<T>(method, path, { token: owner.token, ...(body !== undefined && { body }) });
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.body;
  }

  const shipment = (release: string, revision: number) =>
    send<ShipmentDocument>('GET', `${project}/releases/${release}/shipments/${revision}`);

  /** Signs a shipment that was issued, as a signer does. Answers the file and its digest. */
  async function sign(release: string, revision: number) {
    const { payload, digest } = await shipment(release, revision);
    const file = sealPayload(payload, [keys.key]);
    await send('PUT', `${project}/releases/${release}/shipments/${revision}/file`, { file });
    return { file, digest };
  }

  return {
    server,
    owner,
    keys,
    send,
    shipment,
    sign,
    cut: (version: string, fields: object = {}) =>
      send('POST', `${project}/releases`, { version, commit: 'abc1234', manifest: manifest('ui'), ...fields }),
    backOut: (releases: string) =>
      send('POST', `${project}/back-outs`, { flags: ['ui'], releases, severity: 'required', because: `${releases} lose rows` }),
    async install(key: string, fields: object = {}): Promise<TestSite> {
      await send('POST', `${project}/installs`, { key, name: `Site ${key}`, ...fields });
      const { id, secret } = await send<{ id: string; secret: string }>('POST', `${project}/installs/${key}/keys`, {
        name: 'site',
      });
      return { install: key, keyId: id, secret };
    },
    board: (query = '') => send<Board>('GET', `${project}/installs${query}`),
    detail: (install: string) => send<Detail>('GET', `${project}/installs/${install}`),
    /** Opens a site's stream. */
    open: ({ secret }: TestSite, query: string, line = 'main', headers: Readonly<Record<string, string>> = {}) =>
      openReader(`${server.address}/install/v1/shipments/${line}/stream?${query}`, {
        Authorization: `Bearer ${secret}`,
        ...headers,
      }),
    poll: ({ secret }: TestSite, query: string, line = 'main') =>
      server.send<{ keys?: string; shipment?: string; code?: string; detail?: string }>(
        'GET',
        `/install/v1/shipments/${line}?${query}`,
        { token: secret },
      ),
    acknowledge: ({ secret }: TestSite, revision: number, digest: string, fields: object = {}) =>
      server.send<{ code?: string; detail?: string }>('POST', '/install/v1/acks', {
        token: secret,
        body: { revision, digest, appliedAt: '2026-12-01T00:00:00Z', ...fields },
      }),
  };
}
