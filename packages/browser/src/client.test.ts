import { versionRows } from '@taffrail/engine/versions';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import { stubLocalStorage } from './local-storage.test-kit.ts';
import type { BrowserOptions } from './options.ts';
import { KEY, startWire, switchFlag } from './wire-server.test-kit.ts';

/** These wait for a real network on a machine that may be busy. */
const PATIENCE_MS = 20_000;
vi.setConfig({ testTimeout: 2 * PATIENCE_MS });

let wire: Awaited<ReturnType<typeof startWire>>;
const said: string[] = [];
const logger = { warn: (sentence: string) => void said.push(sentence), error: (sentence: string) => void said.push(sentence) };
const ends: (() => Promise<void>)[] = [];

function client(options: Partial<BrowserOptions> = {}) {
  const made = createClient({ url: wire.url, key: KEY, logger, ...options });
  ends.push(() => made.close());
  return made;
}

const pinned = switchFlag('pinned', false, { pins: [{ kind: 'org', variant: 'yes', keys: ['acme'] }] });
const versioned = switchFlag('versioned', false, {
  rules: [
    { id: 'r', when: { kind: 'app', path: ['version'], op: 'version_at_least', values: ['8.4'] }, serve: { variant: 'yes' } },
  ],
  needs: ['op:version_at_least'],
});

beforeEach(async () => {
  wire = await startWire([switchFlag('dark', false), pinned, versioned]);
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await wire.stop();
  said.length = 0;
  vi.unstubAllGlobals();
});

describe('over real HTTP', () => {
  it('is ready with the server’s values, and follows an edit', async () => {
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    const changed = new Promise<void>((resolve) => flags.onChange('dark', resolve));
    await wire.edit(switchFlag('dark', true));
    await changed;
    expect(flags.isEnabled('dark')).toBe(true);
  });

  it('goes on from where it was after its connection was cut', async () => {
    const flags = client();
    await flags.ready();
    const changed = new Promise<void>((resolve) => flags.onChange(resolve));
    wire.cut();
    await wire.edit(switchFlag('dark', true));
    await changed;
    expect(flags.isEnabled('dark')).toBe(true);
    expect(wire.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'e1.0']);
  });

  it('leaves no connection when closed', async () => {
    const flags = client();
    await flags.ready();
    await flags.close();
    await vi.waitFor(() => expect(wire.streams()).toBe(0), PATIENCE_MS);
  });
});

describe('the context', () => {
  it('is what answers are about, until another is identified: then there is one change', async () => {
    const flags = client({ context: { org: 'berlin' } });
    await flags.ready();
    const seen: boolean[] = [];
    flags.onChange(() => seen.push(flags.isEnabled('pinned')));

    await flags.identify({ org: 'acme' });
    expect(seen).toEqual([true]);
  });
});

describe('a part that was not loaded', () => {
  it('turns a flag that needs it off, and says which', async () => {
    const flags = client({ context: { app: { key: 'a', version: '8.5' } } });
    await flags.ready();
    expect(flags.isEnabled('versioned')).toBe(false);
    expect(flags.details('versioned', true)).toMatchObject({
      value: false,
      reason: 'ERROR',
      errorCode: 'GENERAL',
      flagMetadata: { unsupported: 'op:version_at_least' },
    });
    expect(said).toEqual([expect.stringContaining('op:version_at_least')]);
  });

  it('evaluates it once loaded', async () => {
    const flags = client({ context: { app: { key: 'a', version: '8.5' } }, rows: [versionRows] });
    await flags.ready();
    expect(flags.isEnabled('versioned')).toBe(true);
  });
});

describe('a mistake in the program', () => {
  it.each([
    ['no url', { url: undefined, key: KEY }, 'url'],
    ['no key', { url: 'http://127.0.0.1', key: undefined }, 'client key'],
    ['a server key, which a page makes public', { url: 'http://127.0.0.1', key: 'tf_srv_abcdefgh_secret' }, 'revoke it'],
  ])('is fatal, said once, and serves code defaults: %s', async (_, options, sentence) => {
    const flags = createClient({ ...(options as BrowserOptions), logger });
    expect(await flags.ready()).toBe('FATAL');
    expect(flags.details('dark', true)).toMatchObject({ value: true, errorCode: 'PROVIDER_FATAL' });
    expect(said[0]).toContain(sentence);
    expect(wire.requests).toHaveLength(0);
    await flags.close();
  });
});

describe('the last good state', () => {
  beforeEach(stubLocalStorage);

  it('is there in the next page from its first moment', async () => {
    await visit();
    expect(client({ context: { org: 'acme' } }).details('pinned', false)).toMatchObject({ value: true, reason: 'CACHED' });
  });

  it.each<[string, Partial<BrowserOptions>]>([
    ['another key', { key: 'tf_cli_zzzzzzzz_0123456789' }],
    ['another server', { url: 'http://127.0.0.1:9' }],
    ['another environment', { environment: 'staging' }],
    ['a page that keeps nothing', { cacheMaxAgeMs: 0 }],
  ])('is not there for %s', async (_, options) => {
    await visit();
    expect(client({ context: { org: 'acme' }, ...options }).isEnabled('pinned')).toBe(false);
  });
});

/** A page was here, and then the server went away. */
async function visit(): Promise<void> {
  const before = client();
  await before.ready();
  await before.close();
  wire.obstruct((_, response) => {
    response.writeHead(503).end();
    return true;
  });
}
