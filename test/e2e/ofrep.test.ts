import type { Api } from 'taffrail/api';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature as OnServer, type Client as ServerClient } from '@openfeature/server-sdk';
import { OpenFeature as InPage, type Provider, ProviderEvents } from '@openfeature/web-sdk';
import { build } from 'esbuild';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openChromium } from '../product/browser.ts';
import { newFolder, place, signIn, startProduct, type Product } from '../product/server.ts';

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

const folder = newFolder();
const here = { ...place, environment: 'production' };
const context = { targetingKey: 'u1', plan: 'pro', org: { key: 'berlin', seats: 20 } };
let product: Product;
let api: Api;
let keys: Record<'server' | 'client', string>;

const createFlag = (key: string, more: object = {}) =>
  api.call('POST /orgs/:org/projects/:project/flags', {
    params: place,
    body: {
      key,
      kind: 'config',
      client: true,
      environments: { production: { on: true, fallthrough: { variant: 'on' } } },
      ...more,
    },
  });
const turn = (flag: string, on: boolean) =>
  api.call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/turn', {
    params: { ...here, flag },
    body: { on },
  });
const newKey = async (kind: 'server' | 'client') =>
  (
    await api.call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
      params: here,
      body: { name: kind, kind },
    })
  ).secret;

beforeAll(async () => {
  product = await startProduct({ folder: folder.path });
  api = await signIn(product);
  await createFlag('new-issue-stream');
  await createFlag('team/page-size', {
    type: 'number',
    variants: { small: 25, large: 100 },
    environments: { production: { on: true, fallthrough: { variant: 'large' } } },
  });
  await createFlag('internal', { client: false });
  keys = { server: await newKey('server'), client: await newKey('client') };
});

afterAll(async () => {
  await Promise.all([OnServer.close(), InPage.close()]);
  await product?.kill('SIGTERM');
  folder.remove();
});

const rule = (kind: string, path: string, value: unknown) => ({
  id: kind,
  when: { kind, path: [path], op: 'is', values: [value] },
  serve: { variant: 'on' },
});

describe("OpenFeature's OFREP provider for servers", () => {
  let client: ServerClient;

  beforeAll(async () => {
    const headers: [string, string][] = [['Authorization', `Bearer ${keys.server}`]];
    await OnServer.setProviderAndWait(new OFREPProvider({ baseUrl: product.url, headers }));
    client = OnServer.getClient();
  });

  it('is answered with the value, its variant, the reason and what the flag says of itself', async () => {
    expect(await client.getBooleanDetails('new-issue-stream', false, context)).toMatchObject({
      value: true,
      variant: 'on',
      reason: 'STATIC',
      flagMetadata: { kind: 'config', revision: expect.any(Number) as number },
    });
    expect(await client.getNumberValue('team/page-size', 25, context)).toBe(100);
  });

  it('follows rules by what it says of the user and the org', async () => {
    for (const [key, when] of [
      ['by-user', rule('user', 'plan', 'pro')],
      ['by-org', rule('org', 'seats', 20)],
    ] as const) {
      await createFlag(key, { environments: { production: { on: true, rules: [when], fallthrough: { variant: 'off' } } } });
      expect(await client.getBooleanDetails(key, false, context)).toMatchObject({ value: true, reason: 'TARGETING_MATCH' });
      expect(await client.getBooleanValue(key, true, { targetingKey: 'u2', plan: 'free', org: { key: 'oslo', seats: 1 } })).toBe(
        false,
      );
    }
  });

  it('gets the next answer at the next call', async () => {
    await turn('new-issue-stream', false);
    expect(await client.getBooleanDetails('new-issue-stream', true, context)).toMatchObject({ value: false, reason: 'DISABLED' });
    await turn('new-issue-stream', true);
    expect(await client.getBooleanValue('new-issue-stream', false, context)).toBe(true);
  });

  it('is told that a flag is unknown, and serves its default', async () => {
    expect(await client.getBooleanDetails('nobody', true, context)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' });
  });
});

describe("OpenFeature's OFREP provider for pages", () => {
  it('polls with the entity tag, and takes a change when there is one', async () => {
    const statuses: number[] = [];
    const fetchImplementation: typeof fetch = async (...call) => {
      const answer = await fetch(...call);
      statuses.push(answer.status);
      return answer;
    };
    const headers: [string, string][] = [['X-API-Key', keys.client]];
    await InPage.setContext(context);
    const provider = new OFREPWebProvider({ baseUrl: product.url, headers, fetchImplementation, pollInterval: 50 });
    // Its optional members are declared more loosely than this repository compiles.
    await InPage.setProviderAndWait(provider as Provider);
    const client = InPage.getClient();
    const changed = vi.fn<() => void>();
    client.addHandler(ProviderEvents.ConfigurationChanged, changed);
    expect(client.getBooleanDetails('new-issue-stream', false)).toMatchObject({ value: true, reason: 'STATIC' });
    expect(client.getNumberValue('team/page-size', 25)).toBe(100);
    expect(client.getBooleanDetails('internal', false)).toMatchObject({ value: false, errorCode: 'FLAG_NOT_FOUND' });
    await until(() => expect(statuses.filter((status) => status === 304).length).toBeGreaterThan(2));
    expect([statuses.filter((status) => status === 200).length, changed.mock.calls.length]).toEqual([1, 0]);
    await turn('new-issue-stream', false);
    await until(() =>
      expect(client.getBooleanDetails('new-issue-stream', true)).toMatchObject({ value: false, reason: 'DISABLED' }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
    await turn('new-issue-stream', true);
  });

  it('in Chromium hears of a change by the event stream, and polls not once', async () => {
    const browser = await openChromium();
    const pages = createServer(await pageOf()).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on('request', (request) => void (request.method() === 'POST' && asked.push(request.url())));
      await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
      const value = () => page.evaluate<boolean>("window.flags?.getBooleanValue('new-issue-stream', false)");
      await until(async () => expect(await value()).toBe(true));
      const before = asked.length;
      await turn('new-issue-stream', false);
      await until(async () => expect(await value()).toBe(false));
      expect(asked.length).toBeLessThanOrEqual(before + 2);
    } finally {
      await browser.close();
      pages.close();
    }
  });
});

/** A page of another origin, with the published provider in it. */
async function pageOf() {
  const program = `
    import { OpenFeature } from '@openfeature/web-sdk';
    import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
    const headers = [['Authorization', 'Bearer ${keys.client}']];
    await OpenFeature.setContext(${JSON.stringify(context)});
    await OpenFeature.setProviderAndWait(new OFREPWebProvider({ baseUrl: '${product.url}', headers, pollInterval: 0 }));
    window.flags = OpenFeature.getClient();
  `;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('../', import.meta.url)) },
    bundle: true,
    format: 'esm',
    write: false,
  });
  const html = `<!doctype html><title>Acme</title><script type="module">${outputFiles[0]?.text ?? ''}</script>`;
  return (_request: unknown, response: { setHeader(name: string, value: string): void; end(body: string): void }) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(html);
  };
}
