import { setImmediate as turn } from 'node:timers/promises';
import { parseSnapshot, type PatchHeader } from '@taffrail/engine';
import type { Problem } from '@taffrail/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flagWrites, startStreams, writeElsewhere, type StreamsOptions } from './running-streams.test-kit.ts';
import { type Event, openReader, type StreamReader } from './stream-reader.test-kit.ts';

let running: Awaited<ReturnType<typeof startStreams>>;
let readers: StreamReader[];

beforeEach(() => start());
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(readers.map((reader) => reader.close()));
  await running.remove();
});

async function start(options: StreamsOptions = {}): Promise<void> {
  await running?.remove();
  readers = [];
  running = await startStreams(options);
}

async function open(secret: string, headers: Record<string, string> = {}, query = ''): Promise<StreamReader> {
  const reader = await openReader(`${running.address}/sdk/v1/stream${query}`, { Authorization: `Bearer ${secret}`, ...headers });
  readers.push(reader);
  return reader;
}

const namesOf = (events: readonly Event[]) => events.map(({ name }) => name);
const dataOf = (event: Event | undefined) => JSON.parse(event?.data[0] ?? '{}') as Record<string, unknown>;
const headerOf = (event: Event | undefined) => dataOf(event) as unknown as PatchHeader;

describe('the stream of a key', () => {
  it('is an event stream that no proxy may hold back or change', async () => {
    const { response } = await open(running.key('server').secret);
    expect(response.headers.has('transfer-encoding')).toBe(false);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'private, no-cache, no-transform',
      'x-accel-buffering': 'no',
      'content-encoding': 'gzip',
      vary: 'Authorization, Accept-Encoding, Origin',
      'access-control-allow-origin': '*',
    });
  });

  it('tells every commit that its audience sees, as it happens, and no other', async () => {
    running.write(flagWrites('first'));
    const [server, client] = [await open(running.key('server').secret), await open(running.key('client').secret)];
    await Promise.all([server.atLeast(2), client.atLeast(2)]);
    running.write(flagWrites('second'));
    await turn();
    const seenByBoth = running.write(flagWrites('for-browsers', { client: true }));
    const [ofServer, ofClient] = await Promise.all([server.atLeast(4), client.atLeast(3)]);
    expect(namesOf(ofServer)).toEqual(['hello', 'snapshot', 'patch', 'patch']);
    expect(namesOf(ofClient)).toEqual(['hello', 'snapshot', 'patch']);
    const epoch = dataOf(ofClient[0]).epoch as string;
    expect(ofClient.at(-1)?.id).toBe(`${epoch}.${seenByBoth}`);
    expect(headerOf(ofClient.at(-1))).toMatchObject({ from: 0, to: seenByBoth, flags: 1 });
  });

  it('tells what an archived flag and a removed segment leave behind: that they are gone', async () => {
    running.write([...flagWrites('first'), ...flagWrites('second')]);
    const reader = await open(running.key('server').secret);
    await reader.atLeast(2);
    running.write(flagWrites('first', {}, { archivedAt: '2026-02-01T00:00:00Z' }).slice(0, 1));
    expect(headerOf((await reader.atLeast(3)).at(-1))).toMatchObject({ del: ['f first'], flags: 1 });
  });

  it('resumes where it was left, by header or by query', async () => {
    const { secret } = running.key('server');
    const first = await open(secret);
    const position = (await first.atLeast(2)).at(-1)?.id ?? '';
    await first.close();
    running.write(flagWrites('first'));
    running.write(flagWrites('second'));
    await turn();
    const resumed = [await open(secret, { 'Last-Event-ID': position }), await open(secret, {}, `?from=${position}`)];
    for (const reader of resumed) {
      const events = await reader.atLeast(2);
      expect(namesOf(events)).toEqual(['hello', 'patch']);
      expect(events.at(-1)?.data).toHaveLength(3);
    }
    const current = await open(secret, { 'Last-Event-ID': resumed[0]?.events.at(-1)?.id ?? '' });
    running.write(flagWrites('third'));
    expect(namesOf(await current.atLeast(2))).toEqual(['hello', 'patch']);
  });

  it('does not follow another environment or project', async () => {
    const reader = await open(running.key('server').secret);
    await reader.atLeast(2);
    running.write(flagWrites('first').map((write) => (write.environment ? { ...write, environment: 'staging' } : write)));
    running.write(flagWrites('second'), { org: 'acme', project: 'other' });
    running.write(flagWrites('second'), { org: 'other', project: 'web' });
    running.write(flagWrites('mine'));
    const events = await reader.atLeast(3);
    expect(events.slice(2).map(({ data }) => data.length)).toEqual([2]);
    expect(events.at(-1)?.data[1]).toContain('"key":"mine"');
  });
});

describe('a key that is revoked', () => {
  it('ends its streams for good, and those of no other key', async () => {
    const [revoked, other] = [running.key('server'), running.key('server')];
    const [ending, lasting] = [await open(revoked.secret), await open(other.secret)];
    await Promise.all([ending.atLeast(2), lasting.atLeast(2)]);
    running.revoke(revoked.id);
    const events = await ending.ended();
    expect(namesOf(events)).toEqual(['hello', 'snapshot', 'goodbye']);
    expect(dataOf(events.at(-1))).toMatchObject({ fatal: true });
    expect((await open(revoked.secret)).response.status).toBe(401);
    running.write(flagWrites('first'));
    expect(namesOf(await lasting.atLeast(3))).toEqual(['hello', 'snapshot', 'patch']);
  });

  it('by its expiry ends them within five seconds', async () => {
    let nowMs = Date.parse('2026-11-01T00:00:00Z');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await start({ clock: () => new Date(nowMs) });
    const { secret } = running.key('client', { expiresAt: new Date(nowMs + 60_000).toISOString() });
    const reader = await open(secret);
    await reader.atLeast(2);
    nowMs += 59_999;
    vi.advanceTimersByTime(5_000);
    expect(running.streams.stats().places[0]?.streams).toBe(1);
    nowMs += 1;
    vi.advanceTimersByTime(5_000);
    expect(namesOf(await reader.ended()).at(-1)).toBe('goodbye');
  });
});

it('heals a hint that was lost: a commit of another process arrives within two seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await start();
  const reader = await open(running.key('server').secret);
  await reader.atLeast(2);
  const revision = writeElsewhere(running.folder, flagWrites('elsewhere'));
  vi.advanceTimersByTime(2_000);
  expect(headerOf((await reader.atLeast(3)).at(-1))).toMatchObject({ to: revision });
});

const refusal = ({ response }: StreamReader) => ({
  status: response.status,
  retryAfter: Number(response.headers.get('retry-after')),
  cors: response.headers.get('access-control-allow-origin'),
});

describe('too many streams', () => {
  it('at once are asked to come back, and the others stay', async () => {
    await start({ limits: { admissionsPerSecond: 2 }, clock: () => new Date(0) });
    const { secret } = running.key('server');
    const [first, , third] = [await open(secret), await open(secret), await open(secret)];
    expect(refusal(third)).toEqual({ status: 503, retryAfter: 1, cors: '*' });
    expect(running.streams.stats()).toMatchObject({ refused: 1, streams: 2 });
    running.write(flagWrites('first'));
    expect(namesOf(await first.atLeast(3))).toEqual(['hello', 'snapshot', 'patch']);
  });

  it('of one key leave room for those of others', async () => {
    await start({ limits: { streamsPerKey: 1 } });
    const [one, two] = [running.key('server').secret, running.key('server').secret];
    expect((await open(one)).response.status).toBe(200);
    const refused = await open(one);
    expect(refusal(refused)).toEqual({ status: 503, retryAfter: 30, cors: '*' });
    expect((await open(two)).response.status).toBe(200);
  });
});

it('says goodbye to everybody when the server leaves, and lets nobody in', async () => {
  const { secret } = running.key('server');
  const reader = await open(secret);
  await reader.atLeast(2);
  await running.streams.drain();
  const events = await reader.ended();
  expect(dataOf(events.at(-1))).toMatchObject({ reason: 'The server is restarting.', fatal: false });
  const { response } = await open(secret);
  expect(response.status).toBe(503);
  expect(running.streams.stats().places.map(({ streams }) => streams)).toEqual([0]);
});

it('leaves no word of what people wrote, or of what is not for browsers, in anything that a client key gets', async () => {
  const { secret } = running.key('client', { name: 'CANARY-key' });
  const definition = {
    owner: 'CANARY-owner',
    description: 'CANARY-text',
    links: [{ title: 'CANARY-link', url: 'https://canary.example' }],
  };
  const rule = { id: '1', note: 'CANARY-note', when: { segment: 'early' }, serve: { variant: 'a' } };
  const shown = {
    client: true,
    variants: { a: 'A', unused: 'CANARY-variant' },
    rules: [rule],
    pins: [{ kind: 'org', variant: 'a', keys: ['CANARY-org'] }],
  };
  const segment = {
    key: 'early',
    name: 'CANARY-name',
    description: 'CANARY-text',
    kind: 'org',
    included: ['CANARY-in'],
    excluded: ['CANARY-out'],
  };
  const reader = await open(secret);
  await reader.atLeast(2);
  running.write([
    ...flagWrites('shown', shown, definition),
    ...flagWrites('CANARY-flag', { variants: { a: 'CANARY-value' } }, definition),
    { sort: 'segment', key: 'early', environment: 'production', body: segment },
  ]);
  await turn();
  running.write(flagWrites('CANARY-flag', { client: true }, definition));
  await turn();
  running.write(flagWrites('CANARY-flag', { client: false }, definition));
  const events = await reader.atLeast(5);
  const polled = await fetch(`${running.address}/sdk/v1/snapshot`, { headers: { Authorization: `Bearer ${secret}` } });
  const refused = await fetch(`${running.address}/sdk/v1/snapshot`, { headers: { Authorization: 'Bearer tf_cli_CANARY' } });
  const { detail } = (await refused.json()) as Problem;
  const whileMarked = /CANARY-flag/;
  const texts = events.map(({ name, data }) => name + data.join('\n'));
  expect(texts.filter((text) => /canary/i.test(text))).toEqual([
    expect.stringMatching(whileMarked),
    expect.stringMatching(/"del":\["f CANARY-flag"\]/),
  ]);
  expect(texts.join('')).not.toMatch(/CANARY-(?!flag)|canary\.example/);
  const text = await polled.text();
  expect(parseSnapshot(text).snapshot?.items.map(({ key }) => key)).toEqual(['shown', 'early']);
  expect(text + detail).not.toMatch(/canary/i);
});
