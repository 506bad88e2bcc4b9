import { describe, expect, it } from 'vitest';
import { formatHint, isBeyond, parseHint } from './hint.ts';
import { latest } from './latest.ts';
import { createPresence, SILENT_MS } from './presence.ts';
import type { Report } from './report.ts';
import { createSealing } from './sealing.ts';

describe('a hint', () => {
  it('says where and which head, and nothing else', () => {
    const hint = { place: { org: 'o', project: 'p', environment: 'e', audience: 'client' }, position: 'abc.7' } as const;
    expect(parseHint(formatHint(hint))).toEqual(hint);
  });

  it.each([
    ['e.2', 'e.1', true],
    ['e.1', 'e.1', false],
    ['e.1', 'e.2', false],
    ['e.10', 'e.9', true],
    ['f.1', 'e.2', true],
    ['nonsense', 'e.2', false],
    ['e.', 'e.2', false],
  ])('%s is beyond %s: %s', (position, own, expected) => {
    expect(isBeyond(position, own)).toBe(expected);
  });
});

describe('a seal', () => {
  const sealing = createSealing('one secret');
  const sealed = sealing.seal('place', 'text');

  it('opens where it was made for, by who has the secret', () => {
    expect(createSealing('one secret').open('place', sealed)).toBe('text');
  });

  it.each([
    ['another secret', createSealing('another'), 'place', sealed],
    ['another place', sealing, 'elsewhere', sealed],
    ['another text', sealing, 'place', sealed.replace(/text$/, 'tent')],
    ['no seal', sealing, 'place', 'text'],
    ['nothing', sealing, 'place', ''],
    ['characters beyond ASCII', sealing, 'place', `é${sealed}`],
  ])('does not open for %s', (_, by, place, text) => {
    expect(by.open(place, text)).toBeUndefined();
  });

  it('tells installations apart', () => {
    expect(createSealing('another').space).not.toBe(sealing.space);
  });
});

const report = (process: string, streams: number, more: Partial<Report> = {}): Report => ({
  process,
  isLeaving: false,
  places: [],
  keys: { key: streams },
  wasAsked: true,
  ...more,
});

describe('presence', () => {
  it('counts what others said last, and not what is said of oneself', () => {
    const presence = createPresence('own', () => 0);
    presence.note(report('own', 100));
    presence.note(report('a', 1));
    presence.note(report('a', 2));
    presence.note(report('b', 3, { wasAsked: false }));
    expect([presence.ofKey('key'), presence.ofKey('other'), presence.asked()]).toEqual([5, 0, 1]);
  });

  it('forgets who leaves, and who goes without a word', () => {
    const clock = { ms: 0 };
    const presence = createPresence('own', () => clock.ms);
    for (const name of ['a', 'b', 'c']) presence.note(report(name, 1));
    presence.note(report('a', 1, { isLeaving: true }));
    clock.ms = SILENT_MS;
    presence.note(report('b', 1));
    clock.ms += 1;
    expect(presence.others().map(({ process }) => process)).toEqual(['b']);
  });
});

describe('an act that is done as seldom as may be', () => {
  it('is done once for all who wait, and again for who asks while it runs', async () => {
    const finish: (() => void)[] = [];
    let begun = 0;
    const act = latest(() => (begun++, new Promise<void>((resolve) => finish.push(resolve))), 0);
    const first = Promise.all([act(), act()]);
    await expect.poll(() => begun).toBe(1);
    const second = Promise.all([act(), act()]);
    finish[0]?.();
    await first;
    await expect.poll(() => begun).toBe(2);
    finish[1]?.();
    await second;
  });

  it('goes on after it has failed', async () => {
    const results = [Promise.reject(new Error('away')), Promise.resolve()];
    const act = latest(() => results.shift() ?? Promise.resolve(), 0);
    await expect(act()).rejects.toThrow('away');
    await expect(act()).resolves.toBeUndefined();
  });
});
