import type { Condition } from '@taffrail/engine';
import { describe, expect, it } from 'vitest';
import { asGroup, asLeaf, blankConditions, fromGroup, fromLeaf, fromTopGroup, leafSort, topGroup } from './conditions.ts';

const pro: Condition = { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] };
const testers: Condition = { segment: 'testers' };

describe('groups', () => {
  it.each<[string, Condition, string]>([
    ['all', { all: [pro, testers] }, 'all'],
    ['any', { any: [pro, testers] }, 'any'],
    ['not any', { not: { any: [pro, testers] } }, 'none'],
    ['not all', { not: { all: [pro, testers] } }, 'not-all'],
    ['an empty all', { all: [] }, 'all'],
  ])('%s is read and written back as it was', (_, condition, join) => {
    const group = asGroup(condition);
    expect(group?.join).toBe(join);
    expect(group && fromGroup(group)).toEqual(condition);
    expect(asLeaf(condition)).toBeUndefined();
  });

  it('reads a double negation as none of a negation', () => {
    expect(asGroup({ not: { not: pro } })).toEqual({ join: 'none', parts: [{ not: pro }] });
  });
});

describe('leaves', () => {
  it.each<[string, Condition, boolean]>([
    ['a comparison', pro, false],
    ['its negation', { not: pro }, true],
    ['a negated segment', { not: testers }, true],
  ])('%s is read and written back as it was', (_, condition, negated) => {
    const leaf = asLeaf(condition);
    expect(leaf?.negated).toBe(negated);
    expect(leaf && fromLeaf(leaf)).toEqual(condition);
  });

  it.each([
    ['comparison', pro],
    ['segment', testers],
    ['time', { time: { before: 0 } }],
    ['bucket', { bucket: { kind: 'org' }, ranges: [] }],
    ['flag', { flag: 'api', variants: ['on'] }],
  ] as const)('knows a %s', (sort, condition) => {
    expect(leafSort(condition as never)).toBe(sort);
  });
});

describe("a rule's condition", () => {
  it.each<[string, Condition]>([
    ['one comparison', pro],
    ['several of which all hold', { all: [pro, testers] }],
    ['several of which any holds', { any: [pro, testers] }],
    ['a group of another sort', { not: { any: [pro] } }],
    ['nothing at all', { all: [] }],
  ])('%s survives being shown as lines', (_, condition) => {
    expect(fromTopGroup(topGroup(condition))).toEqual(condition);
  });

  it('becomes a group when a second line comes, and a line again when it goes', () => {
    const { join, parts } = topGroup(pro);
    const both = fromTopGroup({ join, parts: [...parts, testers] });
    expect(both).toEqual({ all: [pro, testers] });
    expect(fromTopGroup({ join, parts: [pro] })).toEqual(pro);
  });
});

it('begins a condition on time now, to the second', () => {
  expect(blankConditions.time(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toEqual({ time: { after: '2026-01-02T03:04:05Z' } });
});
