import { type Arm, type Serve, shareOf } from '@taffrail/engine';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  isSplit,
  parsePercent,
  percentOf,
  resized,
  restPercent,
  type Split,
  withArm,
  withoutArm,
  withPercent,
  withRollout,
} from './percentages.ts';

const on: Serve = { variant: 'on' };
const off: Serve = { variant: 'off' };
const byOrg = { kind: 'org' };

/** Every bucket that is served `on`. */
const bucketsOn = (serve: Serve): Set<number> => new Set(isSplit(serve) ? serve.arms.flatMap(buckets) : []);
const buckets = ({ ranges }: Pick<Arm, 'ranges'>) =>
  ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at));

describe('a percentage that is typed', () => {
  it.each([
    ['10', 10],
    [' 12.5 % ', 12.5],
    ['12,5', 12.5],
    ['0.001', 0.001],
    ['100', 100],
    ['0', 0],
  ])('%j is %d', (text, percent) => {
    expect(parsePercent(text)).toBe(percent);
  });

  it.each([[''], ['ten'], ['-1'], ['101'], ['100.1'], ['0.0001'], ['1e1'], ['10 20']])('%j is none', (text) => {
    expect(parsePercent(text)).toBeUndefined();
  });
});

describe('a rollout', () => {
  it('gives one thing to a share and another to the rest', () => {
    const split = withRollout(on, byOrg, 10, on, off);
    expect(split).toMatchObject({ split: byOrg, rest: off });
    expect(split.arms.map(percentOf)).toEqual([10]);
    expect(restPercent(split)).toBe(90);
  });

  it('begins anew when it is counted by something else', () => {
    const published = withRollout(off, byOrg, 10, on, off);
    expect(withRollout(published, { kind: 'user' }, 10, on, off).split).toEqual({ kind: 'user' });
  });
});

test('raising a published rollout takes the flag from nobody, lowering it gives it to nobody', () => {
  const percent = integer({ min: 0, max: 100_000 }).map((share) => share / 1_000);
  assert(
    property(percent, percent, (before, after) => {
      const published = withRollout(off, byOrg, before, on, off);
      const had = bucketsOn(published);
      const has = bucketsOn(withRollout(published, byOrg, after, on, off));
      const kept = [...had].filter((bucket) => has.has(bucket)).length;
      expect(kept).toBe(Math.min(had.size, has.size));
    }),
    { numRuns: 40 },
  );
});

describe('a split of several', () => {
  const published: Split = {
    split: byOrg,
    arms: [
      { ranges: [[0, 30_000]], serve: { variant: 'blue' } },
      { ranges: [[30_000, 50_000]], serve: { variant: 'green' } },
    ],
    rest: { variant: 'red' },
  };

  it('changes one share and leaves the others in their buckets', () => {
    const next = withPercent(published, published, 0, 40);
    expect(next.arms.map(percentOf)).toEqual([40, 20]);
    expect(next.arms[1]?.ranges).toEqual([[30_000, 50_000]]);
    expect(restPercent(next)).toBe(40);
  });

  it('gives no more than the others leave', () => {
    expect(withPercent(published, published, 0, 95).arms.map(percentOf)).toEqual([80, 20]);
  });

  it('grows from what is published, not from what was typed on the way', () => {
    const scattered: Split = {
      ...published,
      arms: [
        {
          ranges: [
            [0, 10_000],
            [60_000, 80_000],
          ],
          serve: { variant: 'blue' },
        },
        { ranges: [[10_000, 30_000]], serve: { variant: 'green' } },
      ],
    };
    const five = withPercent(scattered, scattered, 0, 5);
    expect(withPercent(scattered, five, 0, 30)).toEqual(scattered);
  });

  it('grows from itself once its arms are others than the published', () => {
    const more = withArm(published, { variant: 'grey' });
    expect(withPercent(published, more, 2, 10).arms.map(percentOf)).toEqual([30, 20, 10]);
  });

  it('gives the share of a removed arm to the rest, and is the rest when none is left', () => {
    const one = withoutArm(published, 1) as Split;
    expect(one.arms.map(percentOf)).toEqual([30]);
    expect(withoutArm(one, 0)).toEqual({ variant: 'red' });
  });
});

it('resizes slices and keeps what they held', () => {
  expect(resized([[10, 1_010]], 2).reduce((sum, [from, to]) => sum + to - from, 0)).toBe(2_000);
  expect(buckets({ ranges: resized([[500, 1_500]], 2) })).toEqual(expect.arrayContaining([500, 1_499]));
  expect(shareOf({ ranges: resized([[0, 1_000]], 0) })).toBe(0);
});
