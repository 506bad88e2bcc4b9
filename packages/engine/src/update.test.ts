import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { context, documents, keys } from './documents.test-kit.ts';
import { compile, evaluate, evaluateAll, formatItem, type Item, type Json, resolve, update } from './index.ts';
import { allRows, flag, flagWhen, itemOf, NOW, setOf, snapshotOf } from './set.test-kit.ts';

const sorted = (items: Iterable<Item>): Item[] => [...items].sort((a, b) => (a.sort + a.key < b.sort + b.key ? -1 : 1));

const change = fc.tuple(documents, documents, documents, context);

test('an update leaves what compiling the result from scratch gives', () => {
  fc.assert(
    fc.property(change, ([before, changed, deleted, about]) => {
      const items = new Map(before.map(itemOf).map((item) => [item.sort + item.key, item]));
      const set = compile(snapshotOf([...items.values()]), allRows);
      evaluateAll(set, about, NOW); // So that compiled parts refer to what is about to change.
      const del = deleted.map(itemOf);
      const added = changed.map(itemOf);
      for (const item of del) items.delete(item.sort + item.key);
      for (const item of added) items.set(item.sort + item.key, item);
      const after = snapshotOf([...items.values()]);
      update(set, after.header, { set: added, del });
      const scratch = compile(after, allRows);
      expect(set.header).toBe(after.header);
      expect(sorted(set.items())).toEqual(sorted(scratch.items()));
      expect([...set.keys()].sort()).toEqual([...scratch.keys()].sort());
      for (const key of keys) expect(resolve(set, key, about, NOW)).toEqual(resolve(scratch, key, about, NOW));
      for (const key of keys) expect([set.flag(key), set.segment(key)]).toEqual([scratch.flag(key), scratch.segment(key)]);
    }),
  );
});

it('reaches flags that were evaluated before what they refer to was there, or after it was gone', () => {
  const asks = flagWhen('asks', { any: [{ flag: 'late', variants: ['on'] }, { segment: 'late' }] });
  const set = setOf(asks);
  const value = (): Json => evaluate(set, 'asks', false, { user: 'u1' }, NOW).value;
  expect(value()).toBe(false);
  const late = [flag('late'), { key: 'late', kind: 'user', included: ['u1'] }].map(itemOf);
  update(set, set.header, { set: late, del: [] });
  expect(value()).toBe(true);
  update(set, set.header, { set: [], del: late });
  expect(value()).toBe(false);
  expect(evaluate(set, 'late', true, {}, NOW).errorCode).toBe('FLAG_NOT_FOUND');
});

it('keeps items of unknown sorts', () => {
  const item = formatItem('x', { key: 'k' });
  const set = compile(snapshotOf([item]), allRows);
  expect([...set.items()]).toEqual([item]);
  expect(set.item('x', 'k')).toBe(item);
  update(set, set.header, { set: [], del: [item] });
  expect([...set.items()]).toEqual([]);
});
