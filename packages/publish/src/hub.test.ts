import { setImmediate as turn } from 'node:timers/promises';
import { parseSnapshot, type PatchHeader } from '@taffrail/engine';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CONGESTED_BYTES } from './connection.ts';
import { goodbyesOver, keyRevoked } from './goodbye.ts';
import { HEARTBEAT_MS } from './hub.ts';
import { type Event, readEvents, readTo, startHub } from './hub.test-kit.ts';

type Started = Awaited<ReturnType<typeof startHub>>;
let hub: Started;

beforeEach(async () => {
  hub = await startHub();
});
afterEach(() => hub.close());

const namesOf = (events: readonly Event[]) => events.map(({ name }) => name);
const atLeast = (count: number) => (events: readonly Event[]) => events.length >= count;
/** Waits until so many streams are open; a test that waits in vain ends by its own time limit. */
async function joined(streams: number): Promise<void> {
  while (hub.hub.streams !== streams) await turn();
}
const headerOf = ({ data }: Event | undefined = { name: '', data: [] }) => JSON.parse(data[0] ?? '{}') as PatchHeader;

describe.each(['', 'gzip&'])('a stream (%s)', (query) => {
  it('begins with hello and the snapshot, then has one patch a change', async () => {
    const reading = readEvents(`${hub.url}/?${query}`, atLeast(4));
    await joined(1);
    await hub.change(1);
    await hub.change(2);
    const events = await reading;
    expect(namesOf(events)).toEqual(['hello', 'snapshot', 'patch', 'patch']);
    expect(JSON.parse(events[0]?.data[0] ?? '')).toEqual({
      environment: 'production',
      audience: 'server',
      epoch: 'e',
      head: 0,
      heartbeatMs: 15_000,
      capabilities: [],
    });
    expect(events.map(({ id }) => id)).toEqual([undefined, 'e.0', 'e.1', 'e.2']);
    expect(parseSnapshot(events[1]?.data.join('\n') ?? '').snapshot?.items).toHaveLength(1);
    expect(headerOf(events[2])).toMatchObject({ from: 0, to: 1, del: [] });
  });

  it.each<[string, string, string[]]>([
    ['the head: nothing but hello', 'e.3', ['hello', 'patch']],
    ['an earlier head: one patch for all it missed', 'e.1', ['hello', 'patch', 'patch']],
    ['a head that is not known: the snapshot', 'e.7', ['hello', 'snapshot', 'patch']],
    ['another epoch: the snapshot', 'f.3', ['hello', 'snapshot', 'patch']],
  ])('resumes from %s', async (_, from, names) => {
    for (const revision of [1, 2, 3]) await hub.change(revision);
    const reading = readEvents(`${hub.url}/?${query}from=${from}`, atLeast(names.length));
    await joined(1);
    await hub.change(4);
    const events = await reading;
    expect(namesOf(events)).toEqual(names);
    expect(events.at(-1)?.id).toBe('e.4');
  });

  it('has every change in order, though a long one is compressed while others come', async () => {
    const long = Array.from({ length: 20_000 }, (_, index) => Math.sin(index)).join();
    const reading = readEvents(`${hub.url}/?${query}`, (events) => events.at(-1)?.id === 'e.3');
    await joined(1);
    await hub.change(1, long);
    await hub.change(2, 'short', 'other');
    await hub.change(3, 'shorter', 'other');
    const patches = (await reading).slice(2).map(headerOf);
    let head = 0;
    for (const { from, to } of patches) {
      expect(from).toBe(head);
      head = to;
    }
    expect(head).toBe(3);
  });
});

it('tells everybody, in slices, and encodes what has changed once', async () => {
  const readers = await Promise.all(Array.from({ length: 600 }, () => hub.open()));
  await joined(600);
  const reading = readers.map((reader) => readTo('e.1', reader));
  const writes = hub.responses.map((response) => vi.spyOn(response, 'write'));
  await hub.change(1);
  for (const events of await Promise.all(reading)) expect(namesOf(events)).toEqual(['hello', 'snapshot', 'patch']);
  expect(new Set(writes.flatMap(({ mock }) => mock.calls.map(([bytes]) => bytes)))).toHaveProperty('size', 1);
});

it('brings everybody to the newest head though changes overtake each other', async () => {
  const readers = await Promise.all(Array.from({ length: 600 }, () => hub.open()));
  await joined(600);
  await Promise.all([1, 2, 3].map((revision) => hub.change(revision)));
  const last = await Promise.all(readers.map((reader) => readTo('e.3', reader)));
  expect(new Set(last.map((events) => events.at(-1)?.id))).toEqual(new Set(['e.3']));
});

it('wakes nobody while nothing changes that they see', async () => {
  const response = await hub.open();
  await joined(1);
  const [write] = hub.responses.map((response) => vi.spyOn(response, 'write'));
  hub.feed.apply(1, []);
  await hub.hub.advance();
  expect(write).not.toHaveBeenCalled();
  response.destroy();
});

it('forgets a stream that went away', async () => {
  const response = await hub.open('key=mine');
  await joined(1);
  response.destroy();
  await joined(0);
  expect(hub.left).toEqual(['mine']);
});

const large = (revision: number) => `${revision % 10}`.repeat(100_000);

/** A reader that takes nothing, after so many changes that its stream is full; and the revision that this took. */
async function slowReader() {
  const reader = await hub.open();
  await joined(1);
  const [response] = hub.responses;
  let revision = 0;
  for (let rounds = 0; rounds < 3; await turn()) {
    const before = response?.writableLength;
    await hub.change(++revision, large(revision));
    rounds = response?.writableNeedDrain && response.writableLength === before ? rounds + 1 : 0;
  }
  return { reader, revision };
}

describe('a reader that is slow', () => {
  it('costs its share and no more, and gets all that it missed as one event when it reads on', async () => {
    const { reader, revision } = await slowReader();
    for (let next = revision + 1; next <= revision + 50; next++) await hub.change(next, large(next));
    expect(hub.responses[0]?.writableLength).toBeLessThanOrEqual(CONGESTED_BYTES);
    const patches = (await readTo(`e.${revision + 50}`, reader)).filter(({ name }) => name === 'patch').map(headerOf);
    expect(patches.map(({ from }) => from)).toEqual([0, ...patches.slice(0, -1).map(({ to }) => to)]);
    expect(patches.length).toBeLessThan(revision);
  });

  it('is told so, and gets the snapshot, if what it missed is forgotten', async () => {
    const { reader, revision } = await slowReader();
    for (let next = revision + 1; next <= revision + 1_100; next++) await hub.change(next);
    const events = await readTo(`e.${revision + 1_100}`, reader);
    expect(namesOf(events).slice(-2)).toEqual(['resync', 'snapshot']);
    expect(parseSnapshot(events.at(-1)?.data.join('\n') ?? '').snapshot?.header.checksum).toBe(hub.feed.checksum);
  });

  it('slows nobody else', async () => {
    const { reader, revision } = await slowReader();
    const reading = readEvents(hub.url, atLeast(3));
    await joined(2);
    await hub.change(revision + 1);
    expect((await reading).at(-1)?.id).toBe(`e.${revision + 1}`);
    reader.destroy();
  });
});

describe('with a clock that is turned by hand', () => {
  beforeEach(async () => {
    await hub.close();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    hub = await startHub();
  });
  afterEach(() => vi.useRealTimers());

  it('beats with the head and the checksum, so that silence and divergence are noticed', async () => {
    const reading = readEvents(hub.url, atLeast(4));
    await joined(1);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await hub.change(1);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    const events = (await reading).slice(2);
    expect(namesOf(events)).toEqual(['beat', 'patch', 'beat']);
    expect(JSON.parse(events[2]?.data[0] ?? '')).toEqual({ head: 1, checksum: hub.feed.checksum });
    expect(headerOf(events[1])).toMatchObject({ checksum: hub.feed.checksum });
  });

  it('ends the streams of one key for good, and no others', async () => {
    const revoked = readEvents(`${hub.url}/?key=revoked`, atLeast(99));
    const other = await hub.open('key=other');
    await joined(2);
    await hub.hub.end([keyRevoked], 'revoked');
    const last = (await revoked).at(-1);
    expect(last?.name).toBe('goodbye');
    expect(JSON.parse(last?.data[0] ?? '')).toMatchObject({ fatal: true });
    expect(hub.hub.streams).toBe(1);
    other.destroy();
  });

  it('spreads the return of streams over a while', async () => {
    const readers = Array.from({ length: 60 }, () => readEvents(hub.url, atLeast(99)));
    await joined(60);
    await hub.hub.end(goodbyesOver(10_000, 'restart'));
    const times = (await Promise.all(readers)).map(
      (events) => JSON.parse(events.at(-1)?.data[0] ?? '') as { reconnectInMs: number },
    );
    expect(new Set(times.map(({ reconnectInMs }) => reconnectInMs)).size).toBe(50);
    expect(Math.max(...times.map(({ reconnectInMs }) => reconnectInMs))).toBe(10_000);
    expect(hub.hub.streams).toBe(0);
  });

  it('cuts a reader that has taken nothing for two beats', async () => {
    const { reader } = await slowReader();
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(hub.hub.streams).toBe(1);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await joined(0);
    reader.on('error', () => {}).destroy();
  });

  it('does not count beats that were missed before it read on', async () => {
    const { reader, revision } = await slowReader();
    const isFull = () => hub.responses.some((response) => response.writableNeedDrain);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await hub.change(revision + 1, 'small');
    reader.resume();
    while (isFull()) await turn();
    reader.pause();
    for (let next = revision + 2; !isFull() || next < revision + 200; next++) await hub.change(next, large(next));
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(hub.responses.map(({ destroyed }) => destroyed)).toEqual([false]);
    reader.on('error', () => {}).destroy();
  });

  it('cuts a reader that does not take its goodbye', async () => {
    const { reader } = await slowReader();
    await hub.hub.end([keyRevoked]);
    expect(hub.hub.streams).toBe(1);
    vi.advanceTimersByTime(5_000);
    await joined(0);
    reader.on('error', () => {}).destroy();
  });
});
