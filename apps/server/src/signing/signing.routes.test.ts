import type { Committed, Contracts, Preview, Problem, ResponseOf } from '@taffrail/schema';
import { sealKeys, sealPayload } from '@taffrail/shipment/signed';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commit, manifest } from '../releases/releases.test-kit.ts';
import { joinAs, signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';
import { vendorOf } from './signing.test-kit.ts';

type Issued = ResponseOf<Contracts['GET /orgs/:org/projects/:project/releases/:release/shipments/:revision']>;
type Answered = Partial<Committed & Preview & Problem & { file: string; name: string; secret: string }>;

const project = '/api/v1/orgs/default/projects/default';
const shipment = `${project}/releases/8.4.0/shipments/1`;
const vendor = vendorOf('default');
const keys = sealKeys(vendor.list, vendor.root);

let server: RunningServer;
let owner: SignedIn;
let viewer: SignedIn;
/** What a signer has: a service token of an editor of this project. */
let robot: string;

beforeAll(async () => {
  server = await startServer();
  owner = await signUpOwner(server);
  viewer = await joinAs(server, 'default', owner.token, 'viewer@example.org', [{ role: 'viewer' }]);
  const grants = [{ role: 'editor', project: 'default' }];
  robot = (await send('POST', '/api/v1/orgs/default/tokens', { name: 'signer', grants })).body.secret ?? '';
  await send('POST', `${project}/flags`, { key: 'ui' });
  await send('POST', `${project}/releases`, { version: '8.4.0', commit, manifest: manifest('ui') });
}, 30_000);
afterAll(() => server.remove());

const send = <T = Answered>(method: string, path: string, body?: object, token = owner.token, headers = {}) =>
  server.send<T>(method, path, { token, headers, ...(body !== undefined && { body }) });

it('a key list is published by who manages the project, and by no signer', async () => {
  const body = { file: keys, trust: vendor.trust };
  expect(await send('PUT', `${project}/lines/main/keys`, body, robot)).toMatchObject({ status: 403 });
  expect((await send('GET', `${project}/lines/main/keys`)).body.detail).toContain('The line main has no key list yet');
  expect((await send('PUT', `${project}/lines/main/keys?preview=1`, body)).body.warnings).toEqual([
    '1 shipment waits for a signature that this key list allows.',
  ]);
  expect(await send('PUT', `${project}/lines/main/keys`, body)).toMatchObject({ status: 200, body: { changed: true } });
  expect((await send('GET', `${project}/lines/main/keys`, undefined, viewer.token)).body).toMatchObject({ file: keys });
  expect((await send('GET', `${project}/lines/lts/keys`)).body.detail).toContain("There is no line 'lts' in this project");
});

it('a shipment is signed by the token of a signer, read by a viewer, and named as a file', async () => {
  expect((await send('GET', `${shipment}/file`)).body).toMatchObject({ code: 'NOT_FOUND' });
  const { payload } = (await send<Issued>('GET', shipment, undefined, robot)).body;
  const file = sealPayload(payload, [vendor.key]);
  expect(await send('PUT', `${shipment}/file`, { file }, viewer.token)).toMatchObject({ status: 403 });
  expect(await send('PUT', `${shipment}/file`, { file }, robot)).toMatchObject({ status: 200, body: { changed: true } });
  expect(await send('PUT', `${shipment}/file`, { file }, robot)).toMatchObject({ status: 200, body: { changed: false } });
  expect((await send('GET', `${shipment}/file`, undefined, viewer.token)).body).toEqual({ file, name: '8.4.0-r1.json' });
  expect((await send<Issued>('GET', shipment)).body.signed).toMatchObject({ by: ['vendor-1'] });
});

it('what is refused names the code by which a site would refuse it', async () => {
  const { body } = await send('PUT', `${shipment}/file`, { file: '{}' }, robot);
  expect(body).toMatchObject({ code: 'INVALID', mistakes: [{ at: '/body/file' }] });
  expect(body.detail).toContain('(NOT_AN_ENVELOPE)');
});

const lost = (revision: number) => send('POST', `${project}/releases/8.4.0/lost`, { revision }, robot);

it('a signer says which revision is lost, within what can be', async () => {
  expect((await lost(2_000)).body).toMatchObject({ code: 'INVALID', mistakes: [{ at: '/body/revision' }] });
  expect((await lost(5)).body.changes).toMatchObject([{ kind: 'shipment.newer-elsewhere', key: '8.4.0' }]);
});
