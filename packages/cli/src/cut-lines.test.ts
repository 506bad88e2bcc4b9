import type { ReleaseWhy } from '@taffrail/schema';
import { expect, it } from 'vitest';
import { cutLines } from './cut-lines.ts';

const cut = (...entries: [string, ReleaseWhy][]) => ({
  kind: 'release.cut',
  sort: 'release',
  key: '8.4.0',
  summary: 'cut',
  after: { entries: entries.map(([key, why]) => ({ key, why })) },
});

it('names the flags of a release by what they are, and no sort that is empty', () => {
  expect(
    cutLines([cut(['api', 'ga'], ['beta', 'onprem:opt-in'], ['sold', 'onprem:on'], ['ui', 'dark'], ['who', 'onprem:rules'])]),
  ).toEqual(['on: api, sold', 'dark: ui', 'opt-in: beta', 'by rules: who']);
  expect(cutLines([cut(['ui', 'dark'])])).toEqual(['dark: ui']);
});

it('names twenty of a sort, and counts the others', () => {
  const keys = Array.from({ length: 23 }, (_, index) => `f${index}`);
  const [line] = cutLines([cut(...keys.map((key): [string, ReleaseWhy] => [key, 'dark']))]);
  expect(line).toBe(`dark: ${keys.slice(0, 20).join(', ')} and 3 more`);
});

it('is silent about all other changes', () => {
  expect(cutLines([{ kind: 'shipment.issued', sort: 'shipment', key: '8.4.0', summary: 'r1 issued: release cut' }])).toEqual([]);
});
