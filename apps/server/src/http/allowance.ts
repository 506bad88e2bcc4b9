import { fail } from '../changes/app-error.ts';

/** How often something may be done: a burst, then a steady rate. */
export interface AllowanceLimits {
  readonly burst: number;
  readonly perMinute: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Names beyond this many are forgotten, oldest first: a flood of made-up names must not fill the memory. */
const mostNames = 20_000;

/** A name that has done something lately: how much it had left, and when. */
export type Spent = readonly [name: string, tokens: number, atMs: number];

/** Counts acts by name, in memory. */
export interface Allowance {
  /** Takes one act of a name, or refuses with TOO_MANY_REQUESTS and the seconds to wait. */
  take(name: string, nowMs: number): void;
  /** Gives everything back to a name. */
  forgive(name: string): void;
  /** The names that have not everything back yet, of the latest so many: what another server needs to go on counting. */
  spent(nowMs: number, most: number): Spent[];
}

/** A bucket of tokens for each name; it goes on from what an earlier one had spent. */
export function createAllowance({ burst, perMinute }: AllowanceLimits, spent: readonly Spent[] = []): Allowance {
  const buckets = new Map(spent.map(([name, tokens, atMs]): [string, Bucket] => [name, { tokens, atMs }]));
  const refilled = ({ tokens, atMs }: Bucket, nowMs: number) =>
    Math.min(burst, tokens + (Math.max(0, nowMs - atMs) / 60_000) * perMinute);
  return {
    take(name, nowMs) {
      const bucket = buckets.get(name);
      const tokens = bucket ? refilled(bucket, nowMs) : burst;
      buckets.delete(name);
      buckets.set(name, { tokens: Math.max(0, tokens - 1), atMs: nowMs });
      forgetOldest(buckets);
      if (tokens < 1) refuse(Math.ceil(((1 - tokens) * 60) / perMinute));
    },
    forgive: (name) => void buckets.delete(name),
    spent: (nowMs, most) =>
      [...buckets]
        .slice(-most)
        .filter(([, bucket]) => refilled(bucket, nowMs) < burst)
        .map(([name, { tokens, atMs }]) => [name, tokens, atMs]),
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const [oldest] = buckets.keys();
  if (buckets.size > mostNames && oldest !== undefined) buckets.delete(oldest);
}

function refuse(seconds: number): never {
  fail('TOO_MANY_REQUESTS', `Too many tries. Wait ${seconds} second${seconds === 1 ? '' : 's'}.`, { retryAfterSeconds: seconds });
}
