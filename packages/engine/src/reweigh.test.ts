import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Arm, type Range, reweigh, rollout, shareOf } from './index.ts';

const SPACE = 100_000;
const arm = (...ranges: Range[]): Arm => ({ ranges, serve: { variant: 'any' } });
const rangesOf = (arms: readonly Arm[]): (readonly Range[])[] => arms.map(({ ranges }) => ranges);

it.each([
  ['raises a rollout from where it ends', [arm([0, 10_000])], [25_000], [[[0, 25_000]]]],
  ['lowers it to where it was', [arm([0, 25_000])], [10_000], [[[0, 10_000]]]],
  ['takes the whole', [arm([0, 10_000])], [SPACE], [[[0, SPACE]]]],
  ['takes nothing', [arm([0, 10_000])], [0], [[]]],
  [
    'moves only between the arms that change',
    [arm([0, 30_000]), arm([30_000, 60_000]), arm([60_000, SPACE])],
    [40_000, 30_000, 30_000],
    [
      [
        [0, 30_000],
        [60_000, 70_000],
      ],
      [[30_000, 60_000]],
      [[70_000, SPACE]],
    ],
  ],
  [
    'moves the border between neighbours',
    [arm([0, 50_000]), arm([50_000, SPACE])],
    [60_000, 40_000],
    [[[0, 60_000]], [[60_000, SPACE]]],
  ],
  ['joins what touches', [arm([0, 10_000], [10_000, 20_000])], [20_000], [[[0, 20_000]]]],
  ['starts from nothing', [arm(), arm()], [50_000, 50_000], [[[0, 50_000]], [[50_000, SPACE]]]],
] as const)('%s', (_, arms, weights, expected) => {
  expect(rangesOf(reweigh(arms, weights))).toEqual(expected);
});

it('leaves what is served as it is, and the arms given too', () => {
  const given: Arm[] = [{ ranges: [[0, 10]], serve: { variant: 'on' } }];
  expect(reweigh(given, [20])).toEqual([{ ranges: [[0, 20]], serve: { variant: 'on' } }]);
  expect(given).toEqual([{ ranges: [[0, 10]], serve: { variant: 'on' } }]);
});

it.each([
  ['too few weights', [1]],
  ['a negative weight', [1, -1]],
  ['a broken weight', [1, 1.5]],
  ['more than the space', [SPACE, 1]],
  ['no number', [Number.NaN, 1]],
])('refuses %s', (_, weights) => {
  expect(() => reweigh([arm(), arm()], weights)).toThrow(RangeError);
});

it('makes a rollout of a share', () => {
  const [on, off] = [{ variant: 'on' }, { variant: 'off' }];
  const made = rollout({ kind: 'user' }, 10_000, on, off);
  expect(made).toEqual({ split: { kind: 'user' }, arms: [{ ranges: [[0, 10_000]], serve: on }], rest: off });
  expect(shareOf(made.arms[0]!)).toBe(10_000);
});

/** Weights of 1 to 5 arms, of which together at most the whole space is taken. */
const weightsOf = (count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.nat(SPACE), { minLength: count + 1, maxLength: count + 1 }).map((parts) => {
    const sum = parts.reduce((a, b) => a + b, 1);
    return parts.slice(0, count).map((part) => Math.floor((part * SPACE) / sum));
  });

/** A history of weights: the arms that editing them one after another leaves. */
const edits = fc.integer({ min: 1, max: 5 }).chain((count) => fc.array(weightsOf(count), { minLength: 2, maxLength: 5 }));

const applied = (history: readonly (readonly number[])[]): Arm[] =>
  history.reduce(
    (arms, weights) => reweigh(arms, weights),
    (history[0] ?? []).map(() => arm()),
  );

/** Which arm has a bucket; the one after the last is the rest. */
function owner(arms: readonly Arm[], bucket: number): number {
  const found = arms.findIndex(({ ranges }) => ranges.some(([from, to]) => bucket >= from && bucket < to));
  return found < 0 ? arms.length : found;
}

/** How many buckets went from one arm to another. */
function moved(before: readonly Arm[], after: readonly Arm[]): Map<string, number> {
  const bounds = [...before, ...after].flatMap(({ ranges }) => ranges.flat());
  const cuts = [...new Set([0, ...bounds, SPACE])].sort((a, b) => a - b);
  const moves = new Map<string, number>();
  for (const [at, from] of cuts.slice(0, -1).entries()) {
    const move = `${owner(before, from)}→${owner(after, from)}`;
    moves.set(move, (moves.get(move) ?? 0) + (cuts[at + 1] ?? 0) - from);
  }
  return moves;
}

/** The weights of the arms and of the rest. */
const shares = (arms: readonly Arm[]): number[] => [
  ...arms.map(shareOf),
  SPACE - arms.reduce((sum, one) => sum + shareOf(one), 0),
];

describe('editing weights', () => {
  const pairs = edits.map((history) => ({
    before: applied(history.slice(0, -1)),
    after: applied(history),
    weights: history.at(-1)!,
  }));

  test('gives each arm its weight, and no bucket to two', () => {
    fc.assert(
      fc.property(pairs, ({ after, weights }) => {
        expect(after.map(shareOf)).toEqual(weights);
        const sorted = after.flatMap(({ ranges }) => ranges).sort(([a], [b]) => a - b);
        for (const [at, [from]] of sorted.entries()) expect(from).toBeGreaterThanOrEqual(sorted[at - 1]?.[1] ?? 0);
      }),
    );
  });

  test('moves the least share possible: half the sum of the absolute changes', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const [old, now] = [shares(before), shares(after)];
        const least = now.reduce((sum, share, at) => sum + Math.abs(share - (old[at] ?? 0)), 0) / 2;
        const movedBuckets = [...moved(before, after)].reduce(
          (sum, [move, count]) => (/^(\d+)→\1$/.test(move) ? sum : sum + count),
          0,
        );
        expect(movedBuckets).toBe(least);
      }),
    );
  });

  test('moves nobody but from what shrank to what grew', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const [old, now] = [shares(before), shares(after)];
        const growth = (place: string | undefined): number => (now[Number(place)] ?? 0) - (old[Number(place)] ?? 0);
        const changes = [...moved(before, after).keys()].map((move) => move.split('→')).filter(([from, to]) => from !== to);
        for (const [from, to] of changes) {
          expect(growth(from)).toBeLessThan(0);
          expect(growth(to)).toBeGreaterThan(0);
        }
      }),
    );
  });
});

test('raising a rollout never takes the flag away from anyone', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(SPACE), { minLength: 2, maxLength: 6 }), (shares) => {
      const steps = [...shares].sort((a, b) => a - b).map((share) => [share]);
      for (const at of steps.keys()) {
        const [before, after] = [applied(steps.slice(0, at + 1)), applied(steps.slice(0, at + 2))];
        expect([...moved(before, after).keys()]).not.toContain('0→1');
      }
    }),
  );
});

test('raising and lowering again takes back exactly what was given', () => {
  fc.assert(
    fc.property(fc.nat(SPACE), fc.nat(SPACE), (share, other) => {
      const start = reweigh([arm()], [share]);
      expect(reweigh(reweigh(start, [other]), [share])).toEqual(start);
    }),
  );
});
