import { OpenFeature as Server, ProviderEvents, ProviderStatus } from '@openfeature/server-sdk';
import { OpenFeature as Web, ProviderEvents as WebEvents } from '@openfeature/web-sdk';
import { createClient as createPageClient } from '@taffrail/browser';
import { createClient } from '@taffrail/node';
import { TaffrailProvider } from '@taffrail/openfeature/server';
import { TaffrailProvider as WebProvider } from '@taffrail/openfeature/web';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { signUpOwner } from '../../apps/server/src/testing/people.ts';
import { startServer, type RunningServer } from '../../apps/server/src/testing/running-server.ts';

const PATIENCE_MS = 20_000;
const quiet = { warn() {}, error() {} };
const project = '/api/v1/orgs/default/projects/default';
const here = `${project}/environments/production`;

let server: RunningServer;
let token: string;
let keys: { server: string; client: string };

const template = { title: 'Look', images: 3 };
const flags = [
  { key: 'new-list', type: 'boolean', variants: { on: true, off: false }, off: 'off', serves: 'on' },
  { key: 'greeting', type: 'string', variants: { hello: 'hi', bye: 'bye' }, off: 'bye', serves: 'hello' },
  { key: 'page-size', type: 'number', variants: { ten: 10, half: 0.5 }, off: 'half', serves: 'ten' },
  { key: 'template', type: 'json', variants: { plain: template, none: {} }, off: 'none', serves: 'plain' },
];
const goldOrInternal = {
  key: 'audience',
  type: 'string',
  variants: { internal: 'INTERNAL', external: 'EXTERNAL' },
  off: 'external',
};

beforeAll(async () => {
  server = await startServer();
  ({ token } = await signUpOwner(server));
  for (const { serves, ...flag } of flags) await createFlag(flag, { on: true, fallthrough: { variant: serves } });
  await createFlag(goldOrInternal, {
    on: true,
    fallthrough: { variant: 'external' },
    rules: [
      { id: 'staff', when: { kind: 'user', path: ['plan'], op: 'is', values: ['staff'] }, serve: { variant: 'internal' } },
      { id: 'berlin', when: { kind: 'org', path: ['key'], op: 'is', values: ['berlin'] }, serve: { variant: 'internal' } },
    ],
  });
  keys = { server: await keyOf('server'), client: await keyOf('client') };
});
afterAll(() => server.remove());
afterEach(async () => {
  await Server.close();
  await Web.close();
});

async function createFlag(flag: object, edit: object): Promise<void> {
  await tell('POST', `${project}/flags`, { ...flag, client: true, environments: { production: edit } });
}

async function keyOf(kind: string): Promise<string> {
  return ((await tell('POST', `${here}/keys`, { name: kind, kind })) as { secret: string }).secret;
}

async function tell(method: string, path: string, body: unknown): Promise<unknown> {
  const answer = await server.send(method, path, { token, body });
  expect([200, 201]).toContain(answer.status);
  return answer.body;
}

const turn = (flag: string, on: boolean) => tell('POST', `${here}/flags/${flag}/turn`, { on });

async function onServer(key = keys.server) {
  const client = createClient({ url: server.address, key, cacheFolder: false, overrideFile: false, logger: quiet });
  await Server.setProviderAndWait(new TaffrailProvider(client)).catch(() => {});
  return Server.getClient();
}

async function onPage(key = keys.client) {
  const client = createPageClient({ url: server.address, key, cacheMaxAgeMs: 0, logger: quiet });
  await Web.setProviderAndWait(new WebProvider(client)).catch(() => {});
  return Web.getClient();
}

type Client = Awaited<ReturnType<typeof onServer>>;

/** What the specification has a provider do, whatever it runs on. A page's client answers at once: waiting for that is no harm. */
describe.each([
  ['in Node', onServer],
  ['in a page', async () => (await onPage()) as unknown as Client],
])('%s', (_, open) => {
  it('resolves each type, with variant and reason', async () => {
    const client = await open();
    const because = { reason: 'STATIC', flagMetadata: { environment: 'production', layer: 'environment' } };
    expect(await client.getBooleanDetails('new-list', false)).toMatchObject({ value: true, variant: 'on', ...because });
    expect(await client.getStringDetails('greeting', '')).toMatchObject({ value: 'hi', variant: 'hello', ...because });
    expect(await client.getNumberDetails('page-size', 0)).toMatchObject({ value: 10, variant: 'ten', ...because });
    expect(await client.getObjectDetails('template', {})).toMatchObject({ value: template, variant: 'plain', ...because });
  });

  it('gives the code default for what there is not, and for another type', async () => {
    const client = await open();
    const missing = await client.getStringDetails('no-such-flag', 'mine');
    expect(missing).toMatchObject({ value: 'mine', reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
    const other = await client.getNumberDetails('greeting', 13);
    expect(other).toMatchObject({ value: 13, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' });
    expect(await client.getStringValue('new-list', 'mine')).toBe('mine');
  });

  it('lets hooks see what was resolved', async () => {
    const client = await open();
    const seen: unknown[] = [];
    client.addHooks({
      after: ({ flagKey }, { value, variant }) => void seen.push([flagKey, value, variant]),
      error: ({ flagKey }, error) => void seen.push([flagKey, (error as Error).name]),
    });
    await client.getBooleanValue('new-list', false);
    await client.getBooleanValue('no-such-flag', false);
    expect(seen).toEqual([
      ['new-list', true, 'on'],
      ['no-such-flag', 'FlagNotFoundError'],
    ]);
  });
});

describe('in Node', () => {
  it('asks about the context of each evaluation, merged as the SDK merges it', async () => {
    const client = await onServer();
    Server.setContext({ plan: 'staff' });
    expect(await client.getStringDetails('audience', '')).toMatchObject({ value: 'INTERNAL', reason: 'TARGETING_MATCH' });
    expect(await client.getStringValue('audience', '', { plan: 'free' })).toBe('EXTERNAL');
    expect(await client.getStringValue('audience', '', { plan: 'free', org: { key: 'berlin' } })).toBe('INTERNAL');
    Server.setContext({});
  });

  it('tells of a change, and then serves it', async () => {
    const client = await onServer();
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    const changed = new Promise<unknown>((resolve) => client.addHandler(ProviderEvents.ConfigurationChanged, resolve));
    await turn('new-list', false);
    await changed;
    expect(await client.getBooleanDetails('new-list', true)).toMatchObject({ value: false, variant: 'off', reason: 'DISABLED' });
    await turn('new-list', true);
  });

  it('says that it is in error when the key is refused, and serves code defaults', async () => {
    const client = await onServer('tf_srv_nosuchke_0123456789');
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    expect(await client.getBooleanDetails('new-list', true)).toMatchObject({ value: true, errorCode: 'PROVIDER_NOT_READY' });
  });

  it('is fatal for a mistake in the program', async () => {
    const client = await onServer('no key at all');
    expect(client.providerStatus).toBe(ProviderStatus.FATAL);
    expect(await client.getBooleanDetails('new-list', true)).toMatchObject({ value: true, errorCode: 'PROVIDER_FATAL' });
  });

  it('closes its client when it is replaced', async () => {
    const client = createClient({ url: server.address, key: keys.server, cacheFolder: false, logger: quiet });
    await Server.setProviderAndWait(new TaffrailProvider(client));
    await onServer();
    await vi.waitFor(() => expect(client.state).toBe('NOT_READY'), PATIENCE_MS);
  });
});

describe('in a page', () => {
  it('answers about another context at once, and tells of it once', async () => {
    const client = await onPage();
    expect(client.getStringValue('audience', '')).toBe('EXTERNAL');
    const told: string[] = [];
    for (const event of [WebEvents.ContextChanged, WebEvents.Reconciling]) client.addHandler(event, () => told.push(event));
    await Web.setContext({ targetingKey: 'u1', plan: 'staff' });
    expect(client.getStringDetails('audience', '')).toMatchObject({ value: 'INTERNAL', reason: 'TARGETING_MATCH' });
    expect(told).toEqual([WebEvents.ContextChanged]);
    await Web.setContext({});
  });

  it('begins with the context that was set before', async () => {
    await Web.setContext({ targetingKey: 'u1', plan: 'staff' });
    const client = await onPage();
    expect(client.getStringValue('audience', '')).toBe('INTERNAL');
    await Web.setContext({});
  });

  it('tells of a change, and then serves it', async () => {
    const client = await onPage();
    const changed = new Promise<unknown>((resolve) => client.addHandler(WebEvents.ConfigurationChanged, resolve));
    await turn('greeting', false);
    await changed;
    expect(client.getStringValue('greeting', '')).toBe('bye');
    await turn('greeting', true);
  });
});
