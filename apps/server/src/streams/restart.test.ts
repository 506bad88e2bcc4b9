import type { Feed } from '@taffrail/publish';
import { MILESTONE_REVISIONS } from '@taffrail/publish';
import type { Rule } from '@taffrail/engine';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, test } from 'vitest';
import type { Write } from '../changes/document.ts';
import { follow, openFeed, type Place } from './audience-feed.ts';
import { flagWrites, passRevisions, project, segmentWrite, startStreams } from './running-streams.test-kit.ts';

const server: Place = { org: 'acme', project: 'web', environment: 'production', audience: 'server' };
const client: Place = { ...server, audience: 'client' };
const places = [server, client];

let running: Awaited<ReturnType<typeof startStreams>>;
afterEach(() => running.remove());

async function startLater(revision: number): Promise<void> {
  const folder = await running.stop();
  passRevisions(folder, revision);
  running = await startStreams({ folder });
}

/** What a reader could ask of a feed: where it is, everything, and patches from where it was. */
const askedOf = (feed: Feed, heads: Iterable<number>) => ({
  epoch: feed.epoch,
  head: feed.head,
  snapshot: feed.snapshot(),
  patches: Array.from(heads, (head) => feed.patch(head)),
});

const uses = { when: { segment: 'early' }, serve: { variant: 'a' } };
const flag = fc.record({
  client: fc.boolean(),
  on: fc.boolean(),
  rules: fc.constantFrom<Rule[]>([], [{ id: '1', ...uses }], [{ id: '1', ...uses, note: 'a note' }]),
});
const definition = fc.record({
  description: fc.constantFrom('one', 'two'),
  archivedAt: fc.constantFrom('2026-01-01T00:00:00Z', undefined),
});
const key = fc.constantFrom('one', 'two', 'three');

/** A commit: edits that are seen by all, by some or by nobody; of both documents of a flag, or of one; removals. */
const commit: fc.Arbitrary<Write[]> = fc.oneof(
  fc.tuple(key, flag, definition).map(([key, edit, described]) => flagWrites(key, edit, described as never)),
  fc.tuple(key, definition).map(([key, described]) => flagWrites(key, {}, described as never).slice(0, 1)),
  key.map((key): Write[] => [{ sort: 'environment-flag', key, environment: 'production' }]),
  fc.constantFrom<string[]>(['x'], ['y'], []).map((included) => [segmentWrite('early', { included })]),
  fc.constant<Write[]>([{ sort: 'segment', key: 'early', environment: 'production' }]),
  key.map((key) =>
    flagWrites(key)
      .slice(1)
      .map((write) => ({ ...write, environment: 'staging' })),
  ),
);

describe('a server that was started again', () => {
  test('has the heads, the snapshots and the patches of the one before, for every audience', async () => {
    running = await startStreams();
    const { commits } = running;
    const following = places.map((place) => ({ feed: openFeed(commits, place), heads: new Set([0]) }));
    for (const writes of fc.sample(commit, { numRuns: 80, seed: 20 })) {
      running.write(writes);
      for (const { feed, heads } of following) {
        follow(feed, commits, project);
        heads.add(feed.head);
      }
    }
    const before = following.map(({ feed, heads }) => askedOf(feed, heads));
    const heads = following.map((one) => one.heads);
    running = await startStreams({ folder: await running.stop() });
    const after = places.map((place, index) => askedOf(openFeed(running.commits, place), heads[index] ?? []));
    expect(after).toEqual(before);
    expect(heads.map(({ size }) => size > 10)).toEqual([true, true]);
  }, 30_000);

  it('has the same head though the last change that was seen is long ago', async () => {
    running = await startStreams();
    running.write(flagWrites('marked', { client: true }));
    const feed = openFeed(running.commits, client);
    await startLater(MILESTONE_REVISIONS + 1_010);
    running.write(flagWrites('dark'));
    follow(feed, running.commits, project);
    const before = askedOf(feed, [1, feed.head]);
    expect(before).toMatchObject({ head: MILESTONE_REVISIONS, patches: [[expect.anything()], [expect.anything()]] });
    running = await startStreams({ folder: await running.stop() });
    expect(askedOf(openFeed(running.commits, client), [feed.head])).toEqual({ ...before, patches: before.patches.slice(1) });
  });

  it('can still bring on a reader that is a thousand revisions behind', async () => {
    running = await startStreams();
    running.write(flagWrites('flag'));
    await startLater(2 * MILESTONE_REVISIONS - 991);
    running.write(flagWrites('flag', { on: false }));
    await startLater(2 * MILESTONE_REVISIONS + 9);
    running.write(flagWrites('flag'));
    const feed = openFeed(running.commits, server);
    expect(feed.head).toBe(2 * MILESTONE_REVISIONS + 10);
    expect(feed.patch(feed.head - 1_000)).toHaveLength(2);
  });
});

it('publishes everything but what somebody broke behind its back', async () => {
  running = await startStreams();
  running.write([
    ...flagWrites('sound', { client: true }),
    ...flagWrites('broken', { rules: null, client: true } as never),
    segmentWrite('broken', { included: null } as never),
  ]);
  for (const place of places) {
    const lines = openFeed(running.commits, place).snapshot().slice(1);
    expect(lines.map((line) => /"key":"([^"]*)"/.exec(line)?.[1])).toEqual(['sound']);
  }
});
