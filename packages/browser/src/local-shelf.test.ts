import { beforeEach, expect, it, vi } from 'vitest';
import { localShelf } from './local-shelf.ts';
import { stubLocalStorage } from './local-storage.test-kit.ts';

const HOUR_MS = 60 * 60_000;

beforeEach(() => {
  vi.useFakeTimers();
  const takeAway = stubLocalStorage();
  return () => {
    takeAway();
    vi.useRealTimers();
  };
});

it.each([
  ['gives back what is not too old', HOUR_MS - 1, 'one\ntwo'],
  ['gives back nothing that is', HOUR_MS, undefined],
])('%s', (_, ageMs, text) => {
  void localShelf('a', HOUR_MS).write('one\ntwo');
  vi.advanceTimersByTime(ageMs);
  expect(localShelf('a', HOUR_MS).read()).toBe(text);
});

it('is empty at first, and whoever asks by another name', () => {
  void localShelf('a', HOUR_MS).write('one');
  expect(localShelf('b', HOUR_MS).read()).toBeUndefined();
});

it.each<[string, () => unknown]>([
  ['has no storage', () => vi.stubGlobal('localStorage', undefined)],
  ['may not use it', () => vi.stubGlobal('localStorage', new Proxy({}, { get: () => { throw new Error('denied'); } }))], // prettier-ignore
])('keeps nothing, and says nothing, in a page that %s', (_, deny) => {
  deny();
  const shelf = localShelf('a', HOUR_MS);
  expect(shelf.write('one')).toBeUndefined();
  expect(shelf.read()).toBeUndefined();
});
