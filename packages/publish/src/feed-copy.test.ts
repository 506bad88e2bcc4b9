import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Audience, serverAudience } from './audience.ts';
import { clientAudience } from './client-audience.ts';
import { commit } from './edits.test-kit.ts';
import { FeedCopy } from './feed-copy.ts';
import type { FeedView } from './feed-view.ts';
import { Feed } from './feed.ts';
import { parseTransfer, type Transfer } from './transfer.ts';

const audiences: Record<string, () => Audience> = { server: serverAudience, client: () => clientAudience('salt') };
const newFeed = (audience = serverAudience(), epoch = 'e') =>
  new Feed({ audience, environment: 'production', epoch, revision: 0, edits: [] });

/** What crosses from one process to another. */
function sent(feed: FeedView, position?: string): Transfer {
  const transfer = parseTransfer(feed.transfer(position));
  if (!transfer) throw new Error('The transfer could not be read.');
  return transfer;
}

function copyOf(feed: FeedView): FeedCopy {
  const copy = FeedCopy.of(sent(feed));
  if (!copy) throw new Error('The feed could not be copied.');
  return copy;
}

/** Everything that a reader can be told. */
const askedOf = (feed: FeedView, heads: Iterable<number>) => ({
  position: feed.position,
  checksum: feed.checksum,
  snapshot: feed.snapshot(),
  patches: Array.from(heads, (head) => feed.patch(head)),
  // In a copy items may stand in another order: only a snapshot has one.
  whole: feed.transfer().split('\n').sort(),
});

const flag = (key: string, value: string) => ({
  sort: 'f' as const,
  key,
  line: {
    key,
    type: 'string' as const,
    on: true,
    variants: { a: value },
    salt: key,
    fallthrough: { variant: 'a' },
  },
});

describe.each(['server', 'client'])('a copy of the feed of the %s audience', (name) => {
  test('says what the feed says, byte for byte, however many commits each transfer spans', () => {
    fc.assert(
      fc.property(
        fc.array(commit, { maxLength: 16 }),
        fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
        (commits, taken) => {
          const feed = newFeed(audiences[name]?.());
          const heads = new Set([0]);
          const copy = copyOf(feed);
          for (const [index, edits] of commits.entries()) {
            feed.apply(index + 1, edits);
            heads.add(feed.head);
            if (!taken[index]) continue;
            const expected = feed.head === copy.head ? 'known' : 'moved';
            expect(copy.bring(sent(feed, copy.position))).toBe(expected);
            expect(askedOf(copy, heads)).toEqual(askedOf(feed, heads));
          }
          expect(askedOf(copyOf(feed), heads)).toEqual(askedOf(feed, heads));
        },
      ),
    );
  });
});

describe('a copy', () => {
  const feed = newFeed();
  feed.apply(1, [flag('one', '1'), flag('two', '1')]);
  const atOne = copyOf(feed);
  const later = sent(feed, 'e.0');
  feed.apply(2, [flag('one', '2')]);

  /** What a copy at revision 1 makes of a transfer. It stays as it was. */
  function refused(transfer: Transfer) {
    const before = askedOf(atOne, [0, 1]);
    const brought = atOne.bring(transfer);
    expect(askedOf(atOne, [0, 1])).toEqual(before);
    return brought;
  }

  it('takes nothing that does not follow, does not sum, or is not newer', () => {
    const good = sent(feed, 'e.1');
    expect(refused({ ...good, from: 0 })).toBe('astray');
    expect(refused({ ...good, checksum: '0'.repeat(16) })).toBe('astray');
    expect(refused({ ...good, items: [] })).toBe('astray');
    expect(refused({ ...sent(feed), items: [] })).toBe('astray');
    expect(refused(later)).toBe('known');
    expect(refused({ ...later, head: 0 })).toBe('known');
  });

  it('does not go on where the past is another', () => {
    expect(refused({ ...sent(feed), epoch: 'f' })).toBe('other-past');
    expect(refused({ ...later, checksum: '0'.repeat(16) })).toBe('other-past');
  });

  it('is not opened from a part, or from what does not sum', () => {
    expect(FeedCopy.of(sent(feed, 'e.1'))).toBeUndefined();
    expect(FeedCopy.of({ ...sent(feed), checksum: '0'.repeat(16) })).toBeUndefined();
  });

  it('is sent the whole when the feed does not remember where it stands', () => {
    const other = newFeed();
    for (let revision = 1; revision <= 1_010; revision++) other.apply(revision, [flag('one', String(revision))]);
    expect(sent(other, 'e.3').from).toBeUndefined();
    expect(sent(other, 'x.1009').from).toBeUndefined();
    expect(sent(other, 'e.1009').items).toHaveLength(1);
    const behind = copyOf(feed);
    expect(behind.bring(sent(other, behind.position))).toBe('moved');
    expect(askedOf(behind, [10, 11, 1_009])).toEqual(askedOf(other, [10, 11, 1_009]));
  });
});

it.each([
  ['nothing', ''],
  ['something else', '<html></html>'],
  ['a damaged line', newFeed().transfer() + '\nf 0000000000000000 {"key":"one"}'],
])('%s is no transfer', (_, text) => {
  expect(parseTransfer(text)).toBeUndefined();
});
