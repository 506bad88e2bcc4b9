import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import type { NodeOptions } from './options.ts';
import { KEY, type Obstacle, startWire, switchFlag } from './wire-server.test-kit.ts';

/** These wait for a real network on a machine that may be busy. */
const PATIENCE_MS = 20_000;
vi.setConfig({ testTimeout: 2 * PATIENCE_MS });

const quiet = { warn() {}, error() {} };
let wire: Awaited<ReturnType<typeof startWire>>;
const ends: (() => Promise<void>)[] = [];

function client(options: Partial<NodeOptions> = {}) {
  const made = createClient({ url: wire.url, key: KEY, cacheFolder: false, logger: quiet, ...options });
  ends.push(() => made.close());
  return made;
}

const answer =
  (status: number, headers = {}): Obstacle =>
  (_, response) => {
    response.writeHead(status, headers).end();
    return true;
  };

/** Resolves once the client tells of a change. */
const change = (of: ReturnType<typeof client>) => new Promise<void>((resolve) => of.onChange(resolve));

beforeEach(async () => {
  wire = await startWire([switchFlag('dark', false), switchFlag('other', true)]);
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await wire.stop();
});

describe('over real HTTP', () => {
  it('is ready with the server’s values, and follows an edit', async () => {
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled('dark')).toBe(false);

    const changed = change(flags);
    await wire.edit(switchFlag('dark', true));
    await changed;
    expect(flags.isEnabled('dark')).toBe(true);
    expect(wire.requests).toHaveLength(1);
  });

  it('comes back to where it was after its connection was cut', async () => {
    const flags = client();
    await flags.ready();
    const changed = change(flags);
    wire.cut();
    await wire.edit(switchFlag('dark', true));
    await changed;
    expect(flags.isEnabled('dark')).toBe(true);
    expect(wire.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'e1.0']);
  });

  it('comes back when the server that said goodbye told it to', async () => {
    const flags = client();
    await flags.ready();
    const changed = change(flags);
    await wire.goodbye(200);
    await wire.edit(switchFlag('dark', true));
    await changed;
    expect(flags.isEnabled('dark')).toBe(true);
  });

  it.each<[string, Obstacle, string]>([
    ['401: the key is refused', answer(401), 'ERROR'],
    ['403: the key is refused', answer(403), 'ERROR'],
    ['503: it tries again', answer(503, { 'retry-after': '60' }), 'NOT_READY'],
    ['a page of a captive portal', answer(200, { 'content-type': 'text/html' }), 'NOT_READY'],
    ['nothing at all', () => true, 'NOT_READY'],
    ['a connection that is reset', ({ socket }) => socket.destroy() !== undefined, 'NOT_READY'],
  ])('has an answer to %s', async (_, obstacle, state) => {
    wire.obstruct(obstacle);
    const flags = client();
    expect(await flags.ready({ timeoutMs: 300 })).toBe(state);
    expect(flags.isEnabled('dark')).toBe(false);
  });

  it('reads when to come back from what refused it', async () => {
    wire.obstruct(answer(503, { 'retry-after': '0' }));
    const flags = client();
    await vi.waitFor(() => expect(wire.requests.length).toBeGreaterThan(2), PATIENCE_MS);
    wire.obstruct();
    expect(await flags.ready()).toBe('READY');
  });

  it('polls where streams do not get through, with the entity tag of what it has', async () => {
    wire.obstruct(
      (request, response) => request.url === '/sdk/v1/stream' && answer(503, { 'retry-after': '0' })(request, response),
    );
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled('other')).toBe(true);
  });
});

describe('what is left', () => {
  it('is no connection, once closed', async () => {
    const flags = client();
    await flags.ready();
    await flags.close();
    await vi.waitFor(() => expect(wire.streams()).toBe(0), PATIENCE_MS);
  });

  it('is no connection that waits for a body nobody reads', async () => {
    wire.obstruct((_, response) => {
      response.writeHead(401, { 'content-type': 'text/plain' }).write('x'.repeat(100_000));
      return true;
    });
    await client().ready();
    await vi.waitFor(async () => expect(await wire.connections()).toBe(0), PATIENCE_MS);
  });

  it('is a stream that does not keep the process alive', async () => {
    const sockets: { _handle?: { hasRef(): boolean } }[] = [];
    const note = (message: unknown) => sockets.push((message as { socket: object }).socket);
    subscribe('undici:client:sendHeaders', note);
    await client().ready();
    unsubscribe('undici:client:sendHeaders', note);
    expect(sockets.map((socket) => socket._handle?.hasRef())).toEqual([false]);
  });
});

describe('the last good state', () => {
  const folders: string[] = [];
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'taffrail-node-'));
    folders.push(folder);
    return folder;
  };
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  it('is there from the first moment of the next process, with the server down', async () => {
    const cacheFolder = newFolder();
    const before = client({ cacheFolder });
    await before.ready();
    await before.close();
    wire.obstruct(answer(500));

    const flags = client({ cacheFolder });
    expect(flags.details('other', false)).toMatchObject({ value: true, reason: 'CACHED' });
    expect(flags.state).toBe('STALE');
    expect(await flags.ready({ timeoutMs: 50 })).toBe('STALE');
  });

  it('of another key or server in the same folder is not', async () => {
    const cacheFolder = newFolder();
    const before = client({ cacheFolder });
    await before.ready();
    await before.close();
    const other = await startWire([switchFlag('other', false)], 'staging', 'e2');
    wire.obstruct(answer(500));
    other.obstruct(answer(500));

    expect(client({ cacheFolder, key: 'tf_srv_zzzzzzzz_0123456789' }).isEnabled('other')).toBe(false);
    expect(client({ cacheFolder, url: other.url }).isEnabled('other')).toBe(false);
    await other.stop();
  });
});

describe('a mistake in the program', () => {
  it.each<[string, unknown, string]>([
    ['no options', undefined, 'url'],
    ['no url', { key: KEY }, 'url'],
    ['a url that is none', { url: 'flags', key: KEY }, 'url'],
    ['a url of another kind', { url: 'file:///flags', key: KEY }, 'url'],
    ['no key', { url: 'http://127.0.0.1' }, 'key'],
    ['an empty key', { url: 'http://127.0.0.1', key: ' ' }, 'key'],
    ['another sort of key', { url: 'http://127.0.0.1', key: 'tf_pat_abcdefgh_0123456789' }, 'tf_srv_'],
    ['a key that would break a header', { url: 'http://127.0.0.1', key: 'tf_srv_a\r\nb' }, 'tf_srv_'],
  ])('is fatal, said once, and serves code defaults: %s', async (_, options, word) => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(console, 'warn').mockReturnValue();
    const flags = createClient(options as NodeOptions);
    expect(await flags.ready()).toBe('FATAL');
    expect(flags.isEnabled('dark')).toBe(false);
    expect(said.mock.calls).toEqual([[expect.stringContaining(word)]]);
    await flags.close();
    vi.restoreAllMocks();
  });

  it('is not a key with space around it, nor a url with a path', async () => {
    const flags = client({ url: `${wire.url}//`, key: ` ${KEY}\n` });
    expect(await flags.ready()).toBe('READY');
  });
});
