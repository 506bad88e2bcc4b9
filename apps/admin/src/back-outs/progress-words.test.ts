import type { InstallRow } from '@taffrail/schema';
import { expect, it } from 'vitest';
import { progressWords, spanWords, speedWords, waitingWords } from './progress-words.ts';

const runs = { release: '8.4.0', revision: 1, digest: 'sha256:0', appliedAt: '', acknowledgedAt: '' };
const install: InstallRow = {
  install: 'globex',
  name: 'Globex',
  line: 'main',
  connection: 'connected',
  standing: 'behind',
  online: false,
  runs,
  newest: 2,
  shares: false,
};

it.each([
  [{ applied: 0, concerned: 0 }, 'no install runs a release that carries it'],
  [{ applied: 1, concerned: 1 }, '1 of 1 install has it'],
  [{ applied: 212, concerned: 1_214 }, '212 of 1,214 installs have it'],
])('says how far %j is', (progress, words) => {
  expect(progressWords(progress)).toBe(words);
});

it.each([
  [0.4, '0 ms'],
  [340, '340 ms'],
  [2_140, '2.1 s'],
  [90_000, '1.5 min'],
  [3 * 24 * 3_600_000, '3 d'],
])('says %d ms in its largest unit', (spanMs, words) => {
  expect(spanWords(spanMs)).toBe(words);
});

it('says how fast it came, once anybody has it', () => {
  expect(speedWords({})).toBeUndefined();
  expect(speedWords({ p50Ms: 400, p99Ms: 2_000 })).toBe('half had it 400 ms after it was signed, 99 % after 2 s');
});

it('says why an install waits', () => {
  expect(waitingWords(install)).toBe('offline, 8.4.0 r1');
  expect(waitingWords({ ...install, online: true, newest: 1 })).toBe('online, 8.4.0 r1: the shipment with it waits to be signed');
  expect(waitingWords({ ...install, connection: 'air-gapped' })).toBe('air-gapped: somebody carries it there (8.4.0 r1)');
  const { runs: _, ...silent } = install;
  expect(waitingWords(silent)).toBe('offline, nothing acknowledged yet');
});
