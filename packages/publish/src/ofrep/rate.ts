import { Refusal } from '../endpoint/refusal.ts';

/** How many requests a key may make: so many at once, and then so many a second. */
export interface RateLimits {
  readonly burst: number;
  readonly perSecond: number;
}

/** Far above what a product asks, and far below what would keep this process from its streams. */
export const rateLimits: RateLimits = { burst: 10_000, perSecond: 5_000 };

/** Counts requests by key. Keys are those that were found good, so there are not many. */
export function createRate({ burst, perSecond }: RateLimits, nowMs: () => number): (key: string) => void {
  const buckets = new Map<string, { left: number; atMs: number }>();
  return (key) => {
    const bucket = buckets.get(key) ?? { left: burst, atMs: nowMs() };
    const passedSeconds = Math.max(0, nowMs() - bucket.atMs) / 1_000;
    bucket.left = Math.min(burst, bucket.left + passedSeconds * perSecond);
    bucket.atMs = nowMs();
    buckets.set(key, bucket);
    if (bucket.left < 1) {
      throw new Refusal('TOO_MANY_REQUESTS', `This key asks more than ${perSecond} times a second. Ask for all flags at once.`, {
        retryAfterSeconds: Math.ceil((1 - bucket.left) / perSecond),
      });
    }
    bucket.left -= 1;
  };
}
