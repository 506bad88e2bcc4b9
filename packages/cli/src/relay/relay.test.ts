import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { createClient, type Client } from '@taffrail/node';
import { createClient as createOnPrem } from '@taffrail/node/on-prem';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAddress } from './address.ts';
import { type KeptKeys, relayKeys } from './keys.ts';
import { type Relay, startRelay } from './relay.ts';
import { newSite } from './site.test-kit.ts';

/** These wait for a real file system and real streams on a machine that may be busy. */
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const quiet = { warn() {}, error() {} };
const loopback = { host: '127.0.0.1', port: 0 };

let site: ReturnType<typeof newSite>;
let said: string[];
let ends: (() => unknown)[];

beforeEach(() => {
  site = newSite();
  said = [];
  ends = [];
});
afterEach(async () => {
  for (const end of ends) await end();
  site.remove();
});

interface Running extends Relay {
  readonly kept: KeptKeys;
}

async function start({ open = false, port = 0 } = {}): Promise<Running> {
  const kept = await relayKeys(site.site);
  const client = createOnPrem({ site: site.site, package: site.package, overrideFile: site.override, logger: quiet });
  await client.ready();
  const address = { ...loopback, port };
  const relay = await startRelay({ client, keys: kept.keys, address, open, say: (line) => said.push(line) });
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= relay.close().then(() => client.close()));
  ends.unshift(close);
  return { url: relay.url, close, kept };
}

/** A program of the site with the ordinary SDK. */
async function program({ url, kept }: Running): Promise<Client> {
  const sdk = createClient({ url, key: kept.keys.server, cacheFolder: false, overrideFile: false, logger: quiet });
  ends.unshift(() => sdk.close());
  await sdk.ready({ timeoutMs: 20_000 });
  return sdk;
}

const figuresOf = async ({ url }: Relay): Promise<string> => (await fetch(`${url}/metrics`)).text();

const berlin = { org: 'berlin' };

/** Asks by OFREP, as a program in any language does. */
async function asked({ url }: Running, secret: string | undefined, flag: string, context: object = {}) {
  const answer = await fetch(`${url}/ofrep/v1/evaluate/flags/${flag}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(secret && { 'X-API-Key': secret }) },
    body: JSON.stringify({ context }),
  });
  return { status: answer.status, ...((await answer.json()) as { value?: unknown; metadata?: object }) };
}

describe('a relay', () => {
  it('serves the shipment to SDKs and by OFREP, and each change as it is taken', async () => {
    const relay = await start();
    const sdk = await program(relay);
    const { server } = relay.kept.keys;
    expect(sdk.isEnabled('new-issue-stream')).toBe(true);
    expect(await asked(relay, server, 'new-issue-stream')).toMatchObject({ value: true, metadata: { layer: 'shipment' } });
    await site.takeBackOut();
    await until(() => expect(sdk.isEnabled('new-issue-stream')).toBe(false));
    expect(sdk.details('new-issue-stream', true)).toMatchObject({
      reason: 'DISABLED',
      flagMetadata: { layer: 'back-out', source: 'BO-17' },
    });
    expect(await asked(relay, server, 'new-issue-stream')).toMatchObject({
      value: false,
      metadata: { layer: 'back-out', source: 'BO-17', release: '8.4.0', revision: 2 },
    });
    expect(await asked(relay, server, 'letter-avatars')).toMatchObject({ value: true });
    expect(said).toEqual(['8.4.0 r2: 1 flag changed']);
  });

  it('lays the override file over it, whose entries expire by themselves', async () => {
    await site.takeBackOut();
    const relay = await start();
    const sdk = await program(relay);
    site.overrideStream();
    expect(sdk.isEnabled('new-issue-stream', berlin)).toBe(false);
    site.overrideStream('acknowledges: [BO-17]');
    await until(() => expect(sdk.isEnabled('new-issue-stream', berlin)).toBe(true));
    expect(sdk.isEnabled('new-issue-stream', { org: 'oslo' })).toBe(false);
    const key = relay.kept.keys.server;
    expect(await asked(relay, key, 'new-issue-stream', { org: { key: 'berlin' } })).toMatchObject({ value: true });
    site.overrideStream('acknowledges: [BO-17]', 'expires: 2026-01-31');
    await until(() => expect(sdk.isEnabled('new-issue-stream', berlin)).toBe(false));
    expect(await asked(relay, key, 'new-issue-stream', { org: { key: 'berlin' } })).toMatchObject({ value: false });
  });

  it('gives pages only what is for browsers, overrides too, and neither their file nor the orgs', async () => {
    site.overrideStream();
    const relay = await start();
    const { client } = relay.kept.keys;
    expect((await asked(relay, client, 'internal')).status).toBe(404);
    expect(await asked(relay, client, 'new-issue-stream', { org: { key: 'berlin' } })).toMatchObject({
      value: true,
      reason: 'TARGETING_MATCH',
      metadata: { layer: 'override' },
    });
    const text = await (await fetch(`${relay.url}/sdk/v1/snapshot`, { headers: { Authorization: `Bearer ${client}` } })).text();
    expect(text).toContain('"key":"new-issue-stream"');
    expect(text).not.toMatch(/internal|berlin|flags\.yaml/);
  });

  it('is what it was after a restart: programs see only what is another since', async () => {
    const first = await start();
    const sdk = await program(first);
    await site.takeBackOut();
    await until(() => expect(sdk.isEnabled('new-issue-stream')).toBe(false));
    const [avatars, stream] = [vi.fn<() => void>(), vi.fn<() => void>()];
    sdk.onChange('letter-avatars', avatars);
    sdk.onChange('new-issue-stream', stream);
    await first.close();
    const second = await start({ port: Number(new URL(first.url).port) });
    expect(second.kept).toMatchObject({ keys: first.kept.keys, isNew: false });
    await until(async () => expect(await figuresOf(second)).toContain('streams{audience="server"} 1'));
    site.overrideStream('acknowledges: [BO-17]');
    await until(() => expect(sdk.isEnabled('new-issue-stream', berlin)).toBe(true));
    expect([avatars.mock.calls.length, stream.mock.calls.length]).toEqual([0, 1]);
  }, 60_000);

  it('says nothing of flags while no shipment is in force, so that programs keep what they have', async () => {
    rmSync(join(site.package, 'shipment.json'));
    const kept = await relayKeys(site.site);
    const client = createOnPrem({ site: site.site, package: site.package, release: '8.4.0', overrideFile: false, logger: quiet });
    const relay = await startRelay({ client, keys: kept.keys, address: loopback, open: false, say() {} });
    ends.unshift(async () => (await relay.close(), await client.close()));
    const poll = await fetch(`${relay.url}/sdk/v1/snapshot`, { headers: { Authorization: `Bearer ${kept.keys.server}` } });
    expect([poll.status, poll.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await asked({ ...relay, kept }, kept.keys.server, 'internal')).status).toBe(503);
    const ready = await fetch(`${relay.url}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('shipment')]);
    expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
  });

  it('says how it is doing', async () => {
    const relay = await start();
    await program(relay);
    await asked(relay, relay.kept.keys.server, 'internal');
    expect(await (await fetch(`${relay.url}/readyz`)).text()).toBe('ready\n');
    const figures = await figuresOf(relay);
    expect(figures).toContain('taffrail_relay_shipment_revision{release="8.4.0"} 1');
    expect(figures).toContain('taffrail_relay_streams{audience="server"} 1');
    expect(figures).toContain('taffrail_relay_requests_total{by="ofrep",what="one"} 1');
    expect((await fetch(`${relay.url}/api/v1/session`)).status).toBe(404);
  });
});

describe('the keys of a relay', () => {
  it('are drawn once, for their owner alone', async () => {
    const first = await relayKeys(site.site);
    expect([first.isNew, statSync(first.file).mode & 0o777]).toEqual([true, 0o600]);
    expect(first.keys).toMatchObject({
      server: expect.stringMatching(/^tf_srv_\w{8}_\w{49}$/),
      client: expect.stringMatching(/^tf_cli_\w{8}_\w{49}$/),
    });
    expect(await relayKeys(site.site)).toEqual({ ...first, isNew: false });
    expect(JSON.parse(readFileSync(first.file, 'utf8'))).toEqual(first.keys);
  });

  it.each(['', '{}', '[]', '{"server":"","client":"","salt":""}'])('are not guessed from a file that holds %j', async (text) => {
    const { file } = await relayKeys(site.site);
    writeFileSync(file, text);
    await expect(relayKeys(site.site)).rejects.toThrow('Remove it, and new ones are drawn at the next start.');
  });

  it.each([0o644, 0o604, 0o602])('are not used where others may read or put them there: %o', async (mode) => {
    const { file } = await relayKeys(site.site);
    chmodSync(file, mode);
    await expect(relayKeys(site.site)).rejects.toThrow(`chmod 0600 ${file}`);
    chmodSync(file, 0o660);
    expect(await relayKeys(site.site)).toMatchObject({ isNew: false });
  });

  it.each<[string, (file: string) => void]>([
    ['a folder', (file) => void mkdirSync(file, { recursive: true })],
    ['a pipe', (file) => (mkdirSync(site.site, { recursive: true }), void execFileSync('mkfifo', [file]))],
  ])('are not waited for where %s stands in their place', async (_, put) => {
    put(join(site.site, 'relay-keys.json'));
    await expect(relayKeys(site.site)).rejects.toThrow('is no file');
  });

  it('are wanted, unless the relay is open to this machine', async () => {
    const shut = await start();
    expect((await asked(shut, undefined, 'internal')).status).toBe(401);
    expect((await asked(shut, 'tf_srv_other', 'internal')).status).toBe(401);
    const open = await start({ open: true });
    expect(await asked(open, undefined, 'internal')).toMatchObject({ status: 200, value: true });
    expect((await asked(open, 'tf_srv_other', 'internal')).status).toBe(401);
  });

  it.each([
    ['of another site', { Origin: 'https://evil.example' }, 403],
    ['that gave this machine a name of its own', { Host: 'evil.example' }, 401],
  ])('are wanted of a page %s, even then', async (_, headers, status) => {
    const { url } = await start({ open: true });
    const answered = new Promise<number | undefined>((resolve) => {
      httpRequest(`${url}/sdk/v1/snapshot`, { headers }, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(await answered).toBe(status);
  });
});

describe('where a relay listens', () => {
  it.each([
    ['127.0.0.1:4401', { host: '127.0.0.1', port: 4401 }],
    ['4401', { host: '127.0.0.1', port: 4401 }],
    ['[::1]:4401', { host: '::1', port: 4401 }],
    ['relay.acme.example:80', { host: 'relay.acme.example', port: 80 }],
  ])('%s', (text, address) => {
    expect(readAddress(text)).toEqual(address);
  });

  it.each(['', 'here', '127.0.0.1', '127.0.0.1:99999', '127.0.0.1:-1'])('is refused as %j', (text) => {
    expect(() => readAddress(text)).toThrow('--listen takes an address');
  });
});
