import { cut, revise, type Shipment } from '@taffrail/shipment';
import { expect, it, test } from 'vitest';
import { whyNot, whyNotAfter } from './judgement.ts';

const flag = (key: string) =>
  ({
    key,
    type: 'boolean',
    on: true,
    variants: { on: true, off: false },
    off: 'off',
    salt: key,
    fallthrough: { variant: 'on' },
  }) as const;
const cutOf = (...keys: string[]) =>
  cut({
    product: 'acme',
    line: 'main',
    release: '8.4.0',
    issuedAt: '2026-01-01T09:00:00Z',
    manifest: { flags: keys.map((key) => ({ key })) },
    entries: keys.map((key) => ({ flag: flag(key), policy: 'on', variant: 'on' })),
    openBackOuts: [],
  });
const backOut = { id: 'BO-1', flags: ['stream'], severity: 'required', reason: 'it loses rows' } as const;
const next = { issuedAt: '2026-02-01T09:00:00Z', prev: 'sha256:' };

const r1 = cutOf('avatars', 'stream');
const r2 = revise(r1, { ...next, backOuts: [{ ...backOut, flags: [...backOut.flags] }] }) as Shipment;
const r3 = revise(r2, { ...next, restored: ['BO-1'] }) as Shipment;
const asked = { product: 'acme', line: 'main', release: '8.4.0', revision: 1, now: new Date('2026-01-01T09:00:00Z') };

it('has nothing against what is asked for', () => {
  expect(whyNot(r1, asked)).toBeUndefined();
});

it.each<[string, object, string]>([
  ['another product', { product: 'globex' }, 'it is of the product acme, and this signs for globex'],
  ['another line', { line: 'lts' }, 'it is of the line main, and this signs for lts'],
  ['another release', { release: '8.5.0' }, 'it says 8.4.0 r1 of itself'],
  ['another revision', { revision: 2 }, 'it says 8.4.0 r1 of itself'],
  ['a date to come', { now: new Date('2026-01-01T08:54:00Z') }, 'it is dated 2026-01-01T09:00:00Z, which is to come'],
])('does not sign %s', (_, other, sentence) => {
  expect(whyNot(r1, { ...asked, ...other })).toContain(sentence);
});

test('a revision goes on from the one before by its back-outs', () => {
  expect(whyNotAfter(r1, r2, new Set())).toBeUndefined();
  expect(whyNotAfter(r2, r3, new Set(['BO-1']))).toBeUndefined();
});

it.each<[string, Shipment, Shipment, string]>([
  ['drops a back-out that nobody resolved', r2, r3, 'BO-1 is gone since 8.4.0 r2, and nobody has resolved it'],
  [
    'weakens a back-out',
    r2,
    { ...r3, backOuts: [{ ...backOut, flags: ['stream'], severity: 'advisory', since: 2 }] },
    'BO-1 is another',
  ],
  ['has another flag', r1, { ...r2, snapshot: cutOf('avatars', 'stream', 'beta').snapshot }, 'it has other flags than 8.4.0 r1'],
  ['serves a flag otherwise', r1, { ...r2, snapshot: r2.snapshot.replace('"variant":"on"', '"variant":"off"') }, 'other flags'],
  ['says of a flag that it is gone', r1, { ...r2, removed: { beta: { in: '8.4.0', now: 'always on' } } }, 'other flags'],
  ['is of another release', r1, { ...r2, release: '8.5.0' }, 'it follows 8.4.0 r1, which is no revision before it'],
  ['follows itself', r2, r2, 'it follows 8.4.0 r2, which is no revision before it'],
  ['is dated before', r1, { ...r2, issuedAt: '2025-12-31T23:59:59Z' }, 'it is dated before 8.4.0 r1'],
])('does not sign what %s', (_, before, after, sentence) => {
  expect(whyNotAfter(before, after, new Set())).toContain(sentence);
});
