import { coreRows, type Flag, resolve } from '@taffrail/engine';
import { expect, it } from 'vitest';
import { serverAudience } from '../audience.ts';
import { Feed } from '../feed.ts';
import type { Frame } from '../frame.ts';
import { liveSet } from './live-set.ts';
import { notices } from './notices.ts';

const line = (more: Partial<Flag> = {}): Flag => ({
  key: 'flag',
  type: 'boolean',
  on: true,
  variants: { on: true, off: false },
  salt: 's',
  fallthrough: { variant: 'on' },
  ...more,
});

function broadcastOf(flag: Flag) {
  const edits = [{ sort: 'f', key: 'flag', line: flag } as const];
  const feed = new Feed({ audience: serverAudience(), environment: 'production', epoch: 'e', revision: 0, edits });
  const flags = liveSet(feed, coreRows);
  const clock = { nowMs: 1_000 };
  resolve(flags(), 'flag', {}, clock.nowMs);
  return { feed, clock, broadcast: notices(feed, flags, () => clock.nowMs) };
}

const said = async (frame: Frame): Promise<string> => (await frame.bytes(false)).toString();

it('moves with its feed, and only then', () => {
  const { feed, clock, broadcast } = broadcastOf(line());
  const before = broadcast.head;
  clock.nowMs = 1_000_000;
  expect(broadcast.head).toBe(before);
  feed.apply(1, [{ sort: 'f', key: 'flag', line: line({ on: false }) }]);
  expect(broadcast.head).not.toBe(before);
});

it('moves when a moment passes at which answers become others, though nothing was written', () => {
  const rules = [{ id: 'r', when: { time: { after: 2_000 } }, serve: { variant: 'off' } }];
  const { clock, broadcast } = broadcastOf(line({ rules }));
  const before = broadcast.head;
  clock.nowMs = 1_999;
  expect(broadcast.head).toBe(before);
  clock.nowMs = 2_000;
  const after = broadcast.head;
  expect(after).not.toBe(before);
  clock.nowMs = 3_000;
  expect(broadcast.head).toBe(after);
});

it('tells whoever is elsewhere, and nobody who is where it is', async () => {
  const { broadcast } = broadcastOf(line());
  expect(broadcast.reachable('e.0')).toBe(broadcast.head);
  expect(['e.7', 'other.0', 'e', '', undefined].map((position) => broadcast.reachable(position))).toEqual(
    Array(5).fill(undefined),
  );
  const { toHead, beat } = broadcast.frames(1_000);
  expect(await said(toHead(undefined))).toBe('event: message\nid: e.0\ndata: {"type":"refetchEvaluation"}\n\n');
  expect(await said(beat)).toMatch(/^: /);
});
