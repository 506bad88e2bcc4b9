import { measure, nowMs } from '../child.mjs';
import { aimed, milliseconds } from '../report/numbers.mjs';
import { percentile } from '../statistics.mjs';

const CHANGES = 500;
const WARM_UP_CHANGES = 50;
const MOST_P99_MS = 10;

/** One change after the other through the API, each answered when it is on disk. */
export async function changes(api, flag, folder, quick) {
  const count = quick ? CHANGES / 5 : CHANGES;
  const tookMs = [];
  for (let each = -WARM_UP_CHANGES; each < count; each++) {
    const startedMs = nowMs();
    await api.turn(flag, each % 2 === 0);
    if (each >= 0) tookMs.push(nowMs() - startedMs);
  }
  const leastMs = await measure(new URL('disk.child.mjs', import.meta.url), [folder, count]);
  return {
    title: 'One durable change',
    columns: ['', 'p50', 'p99', 'aim'],
    rows: [
      row('through the API, with history', tookMs, aimed(`p99 ≤ ${MOST_P99_MS} ms`, percentile(tookMs, 0.99) <= MOST_P99_MS)),
      row('one row in SQLite, synchronous', leastMs, ''),
    ],
  };
}

const row = (title, taken, aim) => [title, ...[0.5, 0.99].map((share) => milliseconds(percentile(taken, share))), aim];
