import { type Arm, type Bucketing, type Range, reweigh, rollout, type Serve, shareOf } from '@taffrail/engine';
import { same } from './same.ts';

export type Split = Extract<Serve, { split: unknown }>;

/** Buckets of the hash space in one percent: the space has 100,000. */
const bucketsPerPercent = 1_000;
const wholePercent = 100;

export function isSplit(serve: Serve): serve is Split {
  return 'split' in serve;
}

export function percentOf(held: Pick<Arm, 'ranges'>): number {
  return shareOf(held) / bucketsPerPercent;
}

/** What the arms leave to the rest. */
export function restPercent({ arms }: Split): number {
  return wholePercent - arms.reduce((sum, arm) => sum + shareOf(arm), 0) / bucketsPerPercent;
}

/** Reads what a person typed: `10`, `12.5`, `12,5`, `10 %`. Undefined when it is no percentage in steps of 0.001. */
export function parsePercent(text: string): number | undefined {
  const written = text.trim().replace(/\s*%$/, '').replace(',', '.');
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(written)) return undefined;
  const percent = Number(written);
  return percent <= wholePercent ? percent : undefined;
}

/**
 * A rollout of `percent` to `serve`. It grows or shrinks from what is *published*, not from what was typed on the
 * way: typing `5` before `55` takes the flag away from nobody who keeps it.
 */
export function withRollout(published: Serve, split: Bucketing, percent: number, serve: Serve, rest: Serve): Split {
  const target = bucketsOf(percent);
  if (!isRolloutOf(published, split, serve, rest)) return rollout(split, target, serve, rest);
  return { ...published, arms: reweigh(published.arms, [target]) };
}

/** The split with one arm's percentage changed; the rest gives or takes. What is published is moved as little as possible. */
export function withPercent(published: Serve, current: Split, at: number, percent: number): Split {
  const others = current.arms.reduce((sum, arm, index) => (index === at ? sum : sum + shareOf(arm)), 0);
  const target = Math.min(bucketsOf(percent), wholePercent * bucketsPerPercent - others);
  const weights = current.arms.map((arm, index) => (index === at ? target : shareOf(arm)));
  return { ...current, arms: reweigh(haveSameArms(published, current) ? published.arms : current.arms, weights) };
}

/** Slices of the hash space made to hold a percentage: what they held they keep, as far as it goes. */
export function resized(ranges: readonly Range[], percent: number): readonly Range[] {
  const [arm] = reweigh([{ ranges, serve: { codeDefault: true } }], [bucketsOf(percent)]);
  return arm?.ranges ?? ranges;
}

/** The split with one more arm, empty at first. */
export function withArm(current: Split, serve: Serve): Split {
  return { ...current, arms: [...current.arms, { ranges: [], serve }] };
}

/** The split without an arm: its contexts go to the rest. With no arm left, the rest is all there is. */
export function withoutArm(current: Split, at: number): Serve {
  const arms = current.arms.filter((_, index) => index !== at);
  return arms.length > 0 ? { ...current, arms } : (current.rest ?? { codeDefault: true });
}

/** Whether it is a rollout of one thing, with another for the rest: what people read as one percentage. */
function isRolloutOf(published: Serve, split: Bucketing, serve: Serve, rest: Serve): published is Split {
  return (
    isSplit(published) &&
    published.arms.length === 1 &&
    same(published.arms[0]?.serve, serve) &&
    same(published.rest, rest) &&
    same(published.split, split)
  );
}

function haveSameArms(published: Serve, current: Split): published is Split {
  if (!isSplit(published) || !same(published.split, current.split)) return false;
  return same(published.arms.map(serveOf), current.arms.map(serveOf)) && same(published.rest, current.rest);
}

const serveOf = ({ serve }: Arm): Serve => serve;
const bucketsOf = (percent: number): number => Math.round(percent * bucketsPerPercent);
