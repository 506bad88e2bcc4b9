import { expect, it } from 'vitest';
import { compile, evaluate, explain, update } from './index.ts';
import { allRows, flagWhen, itemOf, setOf, snapshotOf } from './set.test-kit.ts';

const at = Date.UTC(2026, 5, 1);
const iso = '2026-06-01T00:00:00Z';
const documents = [
  flagWhen('before', { time: { before: iso } }),
  flagWhen('after', { time: { after: at } }),
  flagWhen('later', { segment: 'later' }),
  flagWhen('never', { time: { after: '1 June 2026' } }),
  { key: 'later', kind: 'org', when: { not: { time: { before: at + 1_000 } } } },
];

it.each([
  ['before', at - 1, true],
  ['before', at, false],
  ['after', at - 1, false],
  ['after', at, true],
])('%s: at %i it is %j', (key, nowMs, value) => {
  expect(evaluate(setOf(...documents), key, false, {}, nowMs)).toMatchObject({ value });
});

it('does not understand a moment that is not RFC 3339', () => {
  expect(evaluate(setOf(...documents), 'never', true, {}, at)).toMatchObject({ value: false, errorCode: 'GENERAL' });
});

it('tells the next moment at which an answer changes, of what was evaluated so far', () => {
  const set = compile(snapshotOf(documents.map(itemOf)), allRows);
  expect(set.nextBoundary(0)).toBeUndefined();
  evaluate(set, 'after', false, {}, 0);
  expect(set.nextBoundary(0)).toBe(at);
  expect(set.nextBoundary(at)).toBeUndefined();
  evaluate(set, 'later', false, {}, 0);
  expect(set.nextBoundary(at)).toBe(at + 1_000);
  expect(set.nextBoundary(at + 1_000)).toBeUndefined();
});

it('forgets the moments of what was replaced', () => {
  const set = compile(snapshotOf(documents.map(itemOf)), allRows);
  evaluate(set, 'after', false, {}, 0);
  update(set, set.header, { set: [], del: [{ sort: 'f', key: 'after' }] });
  expect(set.nextBoundary(0)).toBeUndefined();
});

it('takes down a moment once, however often it is explained', () => {
  const set = setOf(...documents);
  for (let round = 0; round < 3; round++) explain(set, 'later', false, {}, at);
  expect(set.links.cell('s', 'later').boundariesMs).toEqual([at + 1_000]);
  expect(set.links.cell('f', 'later').boundariesMs).toBeUndefined();
  for (let round = 0; round < 3; round++) explain(set, 'after', false, {}, at);
  expect(set.links.cell('f', 'after').boundariesMs).toEqual([at]);
});
