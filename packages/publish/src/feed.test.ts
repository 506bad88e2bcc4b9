import { checksumOf, type Item, parseItem, parseSnapshot, type PatchHeader } from '@taffrail/engine';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Audience, type Edit, serverAudience } from './audience.ts';
import { clientAudience } from './client-audience.ts';
import { commit } from './edits.test-kit.ts';
import { Feed, MILESTONE_REVISIONS } from './feed.ts';

const audiences = { server: serverAudience, client: () => clientAudience('salt') };
const newFeed = (audience: Audience, revision = 0, edits: readonly Edit[] = []) =>
  new Feed({ audience, environment: 'production', epoch: 'e', revision, edits });

type State = ReadonlyMap<string, Item>;

const idOf = ({ sort, key }: Item) => `${sort} ${key}`;

/** What a reader knows after a snapshot. */
function stateOf(feed: Feed): State {
  const { snapshot, error } = parseSnapshot(feed.snapshot().join('\n'));
  expect(error).toBeUndefined();
  expect(snapshot?.header).toMatchObject({
    audience: feed.audience,
    epoch: feed.epoch,
    revision: feed.head,
    checksum: feed.checksum,
  });
  return new Map(snapshot?.items.map((item) => [idOf(item), item]));
}

/** What a reader knows after a patch. Refuses what a patch must not hold. */
function patched(state: State, lines: readonly string[]): { state: State; header: PatchHeader } {
  const [first = '', ...rest] = lines;
  const header = JSON.parse(first) as PatchHeader;
  const next = new Map(state);
  for (const id of header.del) expect(next.delete(id)).toBe(true);
  for (const line of rest) {
    const { item, error } = parseItem(line);
    expect(error).toBeUndefined();
    if (!item) continue;
    expect(next.get(idOf(item))?.digest).not.toBe(item.digest);
    next.set(idOf(item), item);
  }
  const items = [...next.values()];
  expect(header).toMatchObject({
    checksum: checksumOf(items),
    flags: items.filter(({ sort }) => sort === 'f').length,
    segments: items.filter(({ sort }) => sort === 's').length,
  });
  return { state: next, header };
}

describe.each(['server', 'client'] as const)('the feed of the %s audience', (name) => {
  const open = () => newFeed(audiences[name]());

  test('a patch from any earlier head makes of its state the one at the head', () => {
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 12 }), (commits) => {
        const feed = open();
        const states = new Map([[0, stateOf(feed)]]);
        for (const [index, edits] of commits.entries()) {
          feed.apply(index + 1, edits);
          states.set(feed.head, stateOf(feed));
          for (const [from, before] of states) {
            const { state, header } = patched(before, feed.patch(from) ?? []);
            expect(state).toEqual(stateOf(feed));
            expect(header).toMatchObject({ from, to: feed.head });
          }
        }
      }),
    );
  });

  test('the head moves exactly when what is seen changes', () => {
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 12 }), (commits) => {
        const feed = open();
        for (const [index, edits] of commits.entries()) {
          const [before, head] = [stateOf(feed), feed.head];
          const hasMoved = feed.apply(index + 1, edits);
          const after = stateOf(feed);
          const differs = JSON.stringify([...before]) !== JSON.stringify([...after]);
          expect(hasMoved).toBe(differs);
          expect(feed.head).toBe(differs ? index + 1 : head);
        }
      }),
    );
  });

  test('is the same, to the byte, for whoever follows and for whoever starts later from a milestone', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(commit, fc.integer({ min: 1, max: MILESTONE_REVISIONS })), { maxLength: 8 }), (commits) => {
        const following = open();
        const documents = new Map<string, Edit>();
        let [revision, milestone, atMilestone] = [0, 0, [] as Edit[]];
        let since: [number, readonly Edit[]][] = [];
        for (const [edits, distance] of commits) {
          const next = revision + distance;
          const passed = next - (next % MILESTONE_REVISIONS);
          if (passed > milestone && next > passed) [milestone, atMilestone, since] = [passed, [...documents.values()], []];
          revision = next;
          following.apply(revision, edits);
          for (const edit of edits) documents.set(`${edit.sort} ${edit.key}`, edit);
          since.push([revision, edits]);
        }
        const later = newFeed(audiences[name](), milestone, atMilestone);
        for (const [revision, edits] of since) later.apply(revision, edits);
        expect(later.snapshot()).toEqual(following.snapshot());
        expect(later.head).toBe(following.head);
      }),
    );
  });

  test('leaves out of a patch what is back to what it was', () => {
    fc.assert(
      fc.property(commit, commit, (first, second) => {
        const feed = open();
        feed.apply(1, first);
        const [before, from] = [stateOf(feed), feed.head];
        const undone = second.map(
          (edit) => first.find(({ sort, key }) => sort === edit.sort && key === edit.key) ?? { ...edit, line: undefined },
        );
        feed.apply(2, second);
        feed.apply(3, undone);
        expect(stateOf(feed)).toEqual(before);
        expect(feed.patch(from)?.slice(1)).toEqual([]);
      }),
    );
  });
});

const flagEdit = (key: string, value: string): Edit => ({
  sort: 'f',
  key,
  line: { key, type: 'string', on: true, variants: { a: value }, salt: key, fallthrough: { variant: 'a' } },
});

describe('how far back a patch reaches', () => {
  it('reaches the last thousand changes and no further', () => {
    const feed = newFeed(serverAudience());
    for (let revision = 1; revision <= 1_001; revision++) feed.apply(revision, [flagEdit('flag', `${revision}`)]);
    expect(feed.patch(0)).toBeUndefined();
    expect(feed.patch(1)).toHaveLength(2);
    expect(feed.reachable('e.0')).toBeUndefined();
    expect(feed.reachable('e.1')).toBe(1);
  });

  it('reaches no further than a megabyte of changes, but always the last one', () => {
    const feed = newFeed(serverAudience());
    feed.apply(1, [flagEdit('flag', 'small')]);
    feed.apply(2, [flagEdit('flag', 'x'.repeat(2_000_000))]);
    expect(feed.patch(0)).toBeUndefined();
    expect(feed.patch(1)).toHaveLength(2);
  });

  it('knows no head of another epoch, none that was hidden, none to come', () => {
    const feed = newFeed(serverAudience());
    feed.apply(5, [flagEdit('flag', 'a')]);
    expect(['e.0', 'e.5'].map((position) => feed.reachable(position))).toEqual([0, 5]);
    expect(
      ['other.5', 'e.3', 'e.6', 'e.', 'e', '', 'e.5.5', 'e.-0', undefined].map((position) => feed.reachable(position)),
    ).toEqual(Array(9).fill(undefined));
  });
});
