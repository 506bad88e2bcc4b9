import { beforeEach, describe, expect, it } from 'vitest';
import { createTransport } from '../transport.ts';
import { shared } from './shared.ts';
import { Origin, type Tab } from './tabs.test-kit.ts';

const WITHIN_MS = 2_000;

let origin: Origin;
beforeEach(() => {
  origin = new Origin();
});

/** Tabs that share one connection, the first of which leads. */
function tabs(count: number): Tab[] {
  const first = origin.open();
  origin.pass(500);
  return [first, ...Array.from({ length: count - 1 }, () => origin.open())];
}

const revisions = (): (number | undefined)[] => origin.tabs.map(({ revision }) => revision);
const holders = (): Tab[] => [...origin.streams].map(({ tab }) => tab);
const same = (count: number, revision: number) => Array.from({ length: count }, () => revision);

describe('tabs of one origin', () => {
  it('share one connection, and all hear of a change', () => {
    const [first] = tabs(6);
    expect(holders()).toEqual([first]);
    origin.edit();
    expect(revisions()).toEqual(same(6, 2));
    expect(origin.opened).toHaveLength(1);
  });

  it('that open at once settle on one', () => {
    for (let count = 0; count < 6; count++) origin.open();
    origin.pass(1_000);
    origin.edit();
    expect(holders()).toHaveLength(1);
    expect(revisions()).toEqual(same(6, 2));
  });

  it('are brought to where the stream is from what it has brought', () => {
    tabs(1);
    origin.edit();
    origin.edit();
    expect(origin.open({}, 2).heard).toEqual(['hello', 'patch']);
    expect(origin.open({}, 3).heard).toEqual(['hello']);
    expect(origin.open().heard).toEqual(['hello', 'snapshot', 'patch', 'patch']);
    expect(revisions()).toEqual(same(4, 3));
    expect(origin.opened).toHaveLength(1);
  });

  it('are all sent a snapshot where the stream began without one', () => {
    const first = origin.open({}, 1);
    origin.pass(500);
    origin.open();
    expect(origin.opened).toEqual([{ position: 'e.1' }, { position: undefined }]);
    expect(holders()).toEqual([first]);
    origin.edit();
    expect(revisions()).toEqual([2, 2]);
  });

  it.each([
    ['another server', { url: 'https://other.example' }],
    ['another key', { key: 'tf_cli_b' }],
    ['another environment', { environment: 'staging' }],
  ])('do not share with those that ask %s', (_, asked) => {
    const [first] = tabs(2);
    const stranger = origin.open(asked);
    origin.pass(500);
    expect(holders()).toEqual([first, stranger]);
    origin.edit();
    expect(stranger.heard).toEqual(['hello', 'snapshot', 'patch']);
  });

  it('are refused, and ended, as whoever leads is', () => {
    origin.refuses = { status: 401, reason: 'it answered 401' };
    const both = [origin.open(), origin.open()];
    origin.pass(500);
    expect(both.map(({ heard }) => heard)).toEqual([['ended 401'], ['ended 401']]);
    origin.pass(5_000);
    expect(origin.opened).toHaveLength(1);
  });

  it('leave nothing behind', () => {
    const all = tabs(3);
    for (const tab of all) tab.close();
    expect(all.map(({ channel, timers }) => [channel, timers.size])).toEqual(all.map(() => [undefined, 0]));
    expect([...origin.kept, ...origin.streams]).toEqual([]);
  });
});

describe('when the tab that leads', () => {
  it.each<[string, (leader: Tab) => void]>([
    ['is closed', (leader) => leader.close()],
    ['crashes', (leader) => leader.crash()],
    ['is frozen', (leader) => leader.freeze()],
    ['says nothing any more', (leader) => (leader.isMute = true)],
  ])('%s, another takes over within 2 s, and no change is lost', (_, goes) => {
    const [leader, ...others] = tabs(6);
    origin.pass(3_000);
    goes(leader!);
    origin.edit();
    origin.pass(WITHIN_MS);
    const leading = holders().filter((tab) => tab !== leader);
    expect(leading).toHaveLength(1);
    expect(others.map(({ revision }) => revision)).toEqual(same(5, 2));
    origin.edit();
    expect(others.map(({ revision }) => revision)).toEqual(same(5, 3));
    expect(others.flatMap(({ heard }) => heard)).not.toContain('a gap');
  });

  it('thaws, it follows', () => {
    const [leader] = tabs(3);
    leader!.freeze();
    origin.pass(WITHIN_MS);
    origin.edit();
    leader!.thaw();
    origin.pass(1_000);
    expect(holders()).toHaveLength(1);
    expect(holders()).not.toContain(leader);
    origin.edit();
    expect(revisions()).toEqual(same(3, 3));
  });
});

describe('a tab', () => {
  it('that cannot hear others connects by itself', () => {
    tabs(2);
    origin.isDeaf = true;
    const alone = origin.open();
    expect(holders()).toContain(alone);
    origin.edit();
    expect(revisions()).toEqual(same(3, 2));
  });

  it('that is neither answered nor lets itself be elected connects by itself, within a bound', () => {
    origin.isFull = true;
    const alone = origin.open();
    origin.pass(4_000);
    expect(holders()).toEqual([alone]);
    origin.edit();
    expect(alone.revision).toBe(2);
  });

  it('does not listen to words that it does not know', () => {
    const [first, second] = tabs(2);
    for (const word of [
      undefined,
      null,
      7,
      'here',
      {},
      { say: 'farewell' },
      { say: 'event', from: 'x', event: 'patch', data: '9' },
    ])
      for (const tab of [first!, second!]) tab.channel?.hear(word as never);
    origin.edit();
    expect(revisions()).toEqual([2, 2]);
  });

  it('in a program without tabs is alone', () => {
    const transport = createTransport('http://127.0.0.1:9', 'tf_cli_a');
    const ended = new Promise((resolve) => {
      const on = { opened() {}, received() {}, ended: resolve };
      shared()(transport, { url: 'http://127.0.0.1:9', key: 'tf_cli_a' }).stream({}, on);
    });
    return expect(ended).resolves.toMatchObject({ reason: expect.stringContaining('fetch failed') as string });
  });
});

/** The same numbers for the same seed. */
function chances(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** The last three found a follower that took a leader of before for the one of now. */
const seeds = [...Array.from({ length: 40 }, (_, seed) => seed + 1), 1_599, 1_706, 2_275];
it.each(seeds)('whatever happens, every tab ends with the newest: %i', (seed) => {
  const chance = chances(seed);
  const acts: readonly (() => void)[] = [
    () => origin.edit(),
    () => void origin.open({}, chance(2) ? chance(origin.revision) + 1 : undefined),
    () => pick().close(),
    () => pick().freeze(),
    () => pick().thaw(),
    () => pick().crash(),
    () => origin.pass(chance(5_000)),
  ];
  const pick = (): Tab => origin.tabs[chance(origin.tabs.length)]!;
  tabs(3);
  for (let step = 0; step < 60; step++) acts[chance(acts.length)]?.();

  for (const tab of origin.tabs) tab.thaw();
  origin.pass(5_000);
  origin.edit();
  const living = origin.tabs.filter(({ isGone }) => !isGone);
  expect(living.map(({ revision }) => revision)).toEqual(living.map(() => origin.revision));
  expect(living.flatMap(({ heard }) => heard)).not.toContain('a gap');
  expect(holders()).toHaveLength(Math.min(1, living.length));
});
