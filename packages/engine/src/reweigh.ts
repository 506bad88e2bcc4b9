import { BUCKETS } from './limits.ts';
import type { Arm, Bucketing, Range, Serve } from './model.ts';

/** The share of the hash space that an arm holds, in buckets of 100,000. */
export const shareOf = ({ ranges }: Pick<Arm, 'ranges'>): number => total(ranges.map(([from, to]) => to - from));

/** A rollout: `share` buckets are served `serve`, the others `rest`. Raise or lower it with `reweigh`. */
export function rollout(split: Bucketing, share: number, serve: Serve, rest: Serve): Extract<Serve, { split: unknown }> {
  return { split, arms: reweigh([{ ranges: [], serve }], [share]), rest };
}

/**
 * The arms with new weights, in buckets of 100,000; what the weights leave is the rest's. Moves the least share of contexts possible,
 * which is half the sum of the absolute changes, the rest's included: arms that shrink give exactly what arms that grow take, and an
 * arm whose weight stays keeps its buckets. Throws a RangeError for weights that are not whole, not one an arm, or more than the space.
 */
export function reweigh(arms: readonly Arm[], weights: readonly number[]): Arm[] {
  checkWeights(arms, weights);
  const held = arms.map(({ ranges }) => joined(ranges));
  const shares = [...weights, BUCKETS - total(weights)];
  const holders = [...held, complement(held.flat())].map((ranges, place) => {
    return { place, ranges, growth: (shares[place] ?? 0) - shareOf({ ranges }) };
  });
  transferAll(holders);
  return arms.map((arm, place) => ({ ...arm, ranges: holders[place]?.ranges ?? [] }));
}

/** An arm, or the rest after the last arm, and how many buckets it has yet to take (or, negative, to give). */
interface Holder {
  readonly place: number;
  ranges: Range[];
  growth: number;
}

function checkWeights(arms: readonly Arm[], weights: readonly number[]): void {
  const areWhole = weights.every((weight) => Number.isInteger(weight) && weight >= 0);
  if (!areWhole || weights.length !== arms.length || total(weights) > BUCKETS) {
    throw new RangeError(`Give one whole weight an arm, together at most ${BUCKETS}.`);
  }
}

/** What some give in all is what others take in all, for all shares together are the whole space. */
function transferAll(holders: readonly Holder[]): void {
  for (const giver of holders) {
    for (const taker of holders) {
      const count = Math.min(-giver.growth, taker.growth);
      if (count > 0) transfer(giver, taker, count);
    }
  }
}

/** Moves the giver's buckets that are nearest to the taker, so that ranges stay few. */
function transfer(giver: Holder, taker: Holder, count: number): void {
  const [low, high] = cut(giver.ranges, giver.place < taker.place ? shareOf(giver) - count : count);
  const [kept, given] = giver.place < taker.place ? [low, high] : [high, low];
  giver.ranges = kept;
  taker.ranges = joined([...taker.ranges, ...given]);
  giver.growth += count;
  taker.growth -= count;
}

/** The first `count` buckets of the ranges, and the others. */
function cut(ranges: readonly Range[], count: number): [Range[], Range[]] {
  const [low, high]: [Range[], Range[]] = [[], []];
  let left = count;
  for (const [from, to] of ranges) {
    const middle = Math.min(to, from + left);
    left -= middle - from;
    if (middle > from) low.push([from, middle]);
    if (to > middle) high.push([middle, to]);
  }
  return [low, high];
}

/** The same buckets in the fewest ranges, in order. */
function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = result[result.length - 1];
    if (last && from <= last[1]) result[result.length - 1] = [last[0], Math.max(to, last[1])];
    else if (to > from) result.push([from, to]);
  }
  return result;
}

/** The buckets in none of the ranges. */
function complement(ranges: readonly Range[]): Range[] {
  const bounds = [0, ...joined(ranges).flat(), BUCKETS];
  return joined(bounds.flatMap((from, at): Range[] => (at % 2 === 0 ? [[from, bounds[at + 1] ?? BUCKETS]] : [])));
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
