import { expect, it } from 'vitest';
import type { Running, ShipmentRow } from '../api/release-queries.ts';
import { dayWords, installsOn, runningWords, shortDigest, signedState, supportWords } from './release-words.ts';

const shipment: ShipmentRow = {
  release: '8.4.0',
  revision: 1,
  issuedAt: '2026-12-18T09:00:00Z',
  reason: 'release cut',
  digest: `sha256:${'ab'.repeat(32)}`,
  bytes: 12,
  backOuts: [],
};
const signed = { ...shipment, signed: { by: ['vendor-2026'], at: '2026-12-18T09:01:00Z' } };
const running: Running[] = [
  { release: '8.4.0', revision: 2, installs: 211, newest: 2, supported: true },
  { release: '8.4.0', revision: 1, installs: 1, newest: 2, supported: true },
  { release: '8.3.3', revision: 1, installs: 5, newest: 1, supported: false },
];

it('says a day as it was written, whatever the zone', () => {
  expect(dayWords('2027-01-31')).toBe('31 Jan 2027');
});

it.each([
  [{ supported: true }, 'supported, no end said'],
  [{ supported: true, supportedUntil: '2027-01-31' }, 'supported until 31 Jan 2027'],
  [{ supported: false, supportedUntil: '2026-01-31' }, 'support ended 31 Jan 2026'],
])('says of %j: %s', (row, words) => {
  expect(supportWords(row)).toBe(words);
});

it('waits for a signature only where somebody still gives one', () => {
  expect(signedState({ shipment: signed, supported: false })).toBe('signed');
  expect(signedState({ shipment, supported: true })).toBe('waits');
  expect(signedState({ shipment, supported: false })).toBe('unsigned');
});

it('counts installs of a release over its revisions', () => {
  expect(installsOn(running, '8.4.0')).toBe(212);
  expect(installsOn(running, '8.5.0')).toBe(0);
  expect(installsOn(undefined, '8.4.0')).toBeUndefined();
  expect(runningWords(running, '8.4.0')).toBe('211 installs on r2, 1 on r1');
  expect(runningWords(running, '8.5.0')).toBe('no install says that it runs it');
});

it('shortens a digest to what people compare', () => {
  expect(shortDigest(shipment.digest)).toBe('sha256:abababababab…');
});
