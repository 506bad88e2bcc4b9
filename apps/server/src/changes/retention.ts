import type { Storage } from '../db/storage.ts';
import { type Log, stackOf } from '../log.ts';
import { thinHistory } from './thinning.ts';

const dayMs = 86_400_000;
/** After a start there is more urgent work. */
const firstAfterMs = 60_000;

export interface Retention {
  readonly storage: Storage;
  readonly clock: () => Date;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** How long the documents before and after a change are kept; absent means for ever. */
  readonly days: number | undefined;
}

/** Thins the history once a day. Returns what ends it. */
export function startRetention({ storage, clock, log, days }: Retention): () => void {
  if (days === undefined) return () => {};
  const ending = new AbortController();
  const run = async () => {
    const now = clock();
    const before = new Date(now.getTime() - days * dayMs);
    try {
      const thinned = await thinHistory({ storage, now, before, signal: ending.signal });
      if (thinned.entries + thinned.versions > 0)
        log.info('The history was thinned', { ...thinned, before: before.toISOString() });
    } catch (error) {
      log.error('The history could not be thinned; it is tried again tomorrow', { error: stackOf(error) });
    }
  };
  const first = setTimeout(() => void run(), firstAfterMs).unref();
  const daily = setInterval(() => void run(), dayMs).unref();
  return () => {
    ending.abort();
    clearTimeout(first);
    clearInterval(daily);
  };
}
