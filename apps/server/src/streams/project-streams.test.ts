import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actor, flagWrites, startStreams } from './running-streams.test-kit.ts';
import { type Event, openReader, type StreamReader } from './stream-reader.test-kit.ts';

let running: Awaited<ReturnType<typeof startStreams>>;
let server: Server;
let readers: StreamReader[];

beforeEach(start);
afterEach(async () => {
  vi.useRealTimers();
  await stop();
});

/** Pages are admitted before they come here; the test says in the address who looks at what. */
async function start(): Promise<void> {
  running = await startStreams();
  readers = [];
  server = createServer(({ url = '' }, response) => {
    const [, org = '', project = '', person = ''] = url.split('/');
    const caller = { actor: { ...actor, id: person }, personId: person, sessionId: `session-of-${person}` };
    try {
      running.streams.handleProjectStream({ params: { org, project }, caller, reads: readsOf(person), response });
    } catch (error) {
      response.writeHead(503).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** Cyd was given staging alone. */
const readsOf = (person: string) => (environment?: string) => person !== 'cyd' || environment === 'staging';

async function stop(): Promise<void> {
  await Promise.all(readers.map((reader) => reader.close()));
  await new Promise((resolve) => server.close(resolve));
  await running.remove();
}

async function look(path: string): Promise<StreamReader> {
  const reader = await openReader(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`);
  readers.push(reader);
  return reader;
}

const namesOf = (events: readonly Event[]) => events.map(({ name }) => name);
const dataOf = (event: Event | undefined) => JSON.parse(event?.data[0] ?? '{}') as Record<string, unknown>;

describe('the stream of a page', () => {
  it('is told once a second that installs have said something new, unless it may read one environment alone', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [whole, other, confined] = [await look('acme/web/ann'), await look('acme/app/ann'), await look('acme/web/cyd')];
    for (let said = 0; said < 1_000; said++) running.streams.tellInstalls({ org: 'acme', project: 'web' });
    await whole.atLeast(2);
    vi.advanceTimersByTime(999);
    running.streams.tellInstalls({ org: 'acme', project: 'web' });
    expect(namesOf(whole.events)).toEqual(['hello', 'installs']);
    vi.advanceTimersByTime(1);
    await whole.atLeast(3);
    vi.advanceTimersByTime(5_000);
    running.write(flagWrites('after'));
    await Promise.all([whole.atLeast(4), confined.atLeast(2)]);
    expect(namesOf(whole.events)).toEqual(['hello', 'installs', 'installs', 'commit']);
    expect([namesOf(other.events), namesOf(confined.events)]).toEqual([['hello'], ['hello', 'commit']]);
  });

  it('begins with where the project is, then tells each of its commits in short', async () => {
    running.write(flagWrites('first'));
    const reader = await look('acme/web/ann');
    expect(dataOf((await reader.atLeast(1))[0])).toEqual({ org: 'acme', project: 'web', revision: 1, heartbeatMs: 15_000 });
    const revision = running.write(flagWrites('second', {}, { description: 'before and after are not told' }));
    const [, commit] = await reader.atLeast(2);
    expect(commit).toMatchObject({ name: 'commit', id: String(revision) });
    expect(dataOf(commit)).toMatchObject({
      revision,
      actor,
      command: 'test.write',
      at: expect.stringMatching(/^\d{4}-/),
      changes: [
        { kind: 'test.written', sort: 'flag', key: 'second', summary: 'second written' },
        { kind: 'test.written', sort: 'environment-flag', key: 'second', environment: 'production', summary: 'second written' },
      ],
    });
    expect(commit?.data.join('')).not.toContain('are not told');
  });

  it('tells nothing of another project or organization, nor of the organization itself', async () => {
    const reader = await look('acme/web/ann');
    await reader.atLeast(1);
    running.write(flagWrites('other'), { org: 'acme', project: 'other' });
    running.write(flagWrites('other'), { org: 'other', project: 'web' });
    running.key('server');
    const revision = running.write(flagWrites('mine'));
    expect((await reader.atLeast(2)).slice(1).map(({ id }) => id)).toEqual([String(revision)]);
  });

  it('tells of no environment that its reader may not read', async () => {
    const [all, some] = [await look('acme/web/ann'), await look('acme/web/cyd')];
    await Promise.all([all.atLeast(1), some.atLeast(1)]);
    const inProduction = flagWrites('first').filter(({ environment }) => environment !== undefined);
    running.write(inProduction);
    const revision = running.write(flagWrites('second'));
    const [, commit] = await some.atLeast(2);
    expect(dataOf(commit)).toMatchObject({ revision, changes: [{ sort: 'flag', key: 'second' }] });
    expect(commit?.data.join('')).not.toContain('production');
    expect(namesOf(await all.atLeast(3))).toEqual(['hello', 'commit', 'commit']);
  });

  it.each(['ann', 'session-of-ann'])('ends when %s may look no longer, and no other does', async (id) => {
    const [ending, lasting] = [await look('acme/web/ann'), await look('acme/web/bob')];
    await Promise.all([ending.atLeast(1), lasting.atLeast(1)]);
    running.identity.revoked(id);
    expect(namesOf(await ending.ended())).toEqual(['hello', 'goodbye']);
    running.write(flagWrites('first'));
    expect(namesOf(await lasting.atLeast(2))).toEqual(['hello', 'commit']);
    expect(running.streams.stats().pages).toBe(1);
  });

  it('ends when the server leaves', async () => {
    const reader = await look('acme/web/ann');
    await reader.atLeast(1);
    await running.streams.drain();
    expect(namesOf(await reader.ended())).toEqual(['hello', 'goodbye']);
  });

  it('is one of a hundred that a person may have', async () => {
    const all = await Promise.all(Array.from({ length: 101 }, () => look('acme/web/ann')));
    expect(all.map(({ response }) => response.status).filter((status) => status === 503)).toHaveLength(1);
    expect((await look('acme/web/bob')).response.status).toBe(200);
  });

  it('beats, so that a page notices when it has been left alone', async () => {
    await stop();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await start();
    const reader = await look('acme/web/ann');
    await reader.atLeast(1);
    vi.advanceTimersByTime(15_000);
    expect(namesOf(await reader.atLeast(2))).toEqual(['hello', 'beat']);
  });
});
