import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { attend } from './page.ts';

const MINUTE = 60_000;

let page: EventTarget;
let did: string[];
let leave: () => void;
const happens = (event: string): boolean => page.dispatchEvent(new Event(event));

function show(hidden: boolean): void {
  vi.stubGlobal('document', { hidden });
  happens('visibilitychange');
}

beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  did = [];
  leave = attend({ sleep: () => did.push('sleep'), wake: () => did.push('wake') });
});

afterEach(() => {
  leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each<[string, () => void, readonly string[]]>([
  ['stays connected while hidden for less than 5 min', () => hide(5 * MINUTE - 1), []],
  ['sleeps once hidden for 5 min', () => hide(5 * MINUTE), ['sleep']],
  ['wakes when shown again', () => (hide(5 * MINUTE), show(false)), ['sleep', 'wake']],
  ['has nothing to wake when shown again soon', () => (hide(MINUTE), show(false), vi.advanceTimersByTime(9 * MINUTE)), []],
  ['sleeps when it is put aside, so that it may be kept whole', () => happens('pagehide'), ['sleep']],
  ['wakes when it is taken out again', () => (happens('pagehide'), happens('pageshow')), ['sleep', 'wake']],
  ['has nothing to wake when shown for the first time', () => happens('pageshow'), []],
  ['connects anew when the network returns', () => happens('online'), ['wake']],
  ['does not connect while it sleeps, though the network returns', () => (happens('pagehide'), happens('online')), ['sleep']],
  ['hears nothing more once the client is closed', () => (leave(), hide(9 * MINUTE), happens('pagehide'), happens('online')), []],
  [
    'forgets that it was about to sleep once the client is closed',
    () => (show(true), leave(), vi.advanceTimersByTime(9 * MINUTE)),
    [],
  ],
])('%s', (_, act, expected) => {
  act();
  expect(did).toEqual(expected);
});

function hide(forMs: number): void {
  show(true);
  vi.advanceTimersByTime(forMs);
}
