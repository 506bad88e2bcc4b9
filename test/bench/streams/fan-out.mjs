import { converse, nowMs } from '../child.mjs';
import { signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { aimed, milliseconds, number } from '../report/numbers.mjs';
import { percentile } from '../statistics.mjs';

const STREAMS = 1000;
const CHANGES = 60;
const WARM_UP_CHANGES = 10;
const aims = { p50: 15, p99: 100, longestMs: 20 };
const PAUSE_MS = 50;

/** From the request of a change to its arrival at the last of many streams. */
export const fanOut = (quick) =>
  withDataFolder((folder) =>
    withServer(folder, async (server) => {
      const api = await signIn(server);
      const key = await api.createKey('server');
      await api.createFlag({ key: 'spread' });
      const child = converse(new URL('listeners.child.mjs', import.meta.url), [server.url, key, STREAMS, 'identity']);
      try {
        await child.answer();
        for (let each = 0; each < WARM_UP_CHANGES; each++) await oneChange(api, child, each);
        await server.ask('usage');
        const before = await server.ask('usage');
        const spreads = [];
        for (let each = 0; each < (quick ? CHANGES / 4 : CHANGES); each++) spreads.push(await oneChange(api, child, each));
        const after = await server.ask('usage');
        return findings(spreads, (after.cpuMs - before.cpuMs) / spreads.length, after.longestMs);
      } finally {
        child.end();
        api.close();
      }
    }),
  );

async function oneChange(api, child, place) {
  const sentMs = nowMs();
  const [arrivedMs, answeredMs] = await Promise.all([child.answer(), api.turn('spread', place % 2 === 0).then(nowMs)]);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  return { first: Math.min(...arrivedMs) - sentMs, last: Math.max(...arrivedMs) - sentMs, answered: answeredMs - sentMs };
}

function findings(spreads, cpuMs, longestMs) {
  const row = (title, name, aim = '') => {
    const taken = spreads.map((spread) => spread[name]);
    return [title, milliseconds(percentile(taken, 0.5)), milliseconds(percentile(taken, 0.99)), aim];
  };
  const last = spreads.map((spread) => spread.last);
  const isReached = percentile(last, 0.5) <= aims.p50 && percentile(last, 0.99) <= aims.p99;
  return {
    table: {
      title: `One change to ${number(STREAMS)} streams`,
      columns: ['from the request', 'p50', 'p99', 'aim'],
      rows: [
        row('to its answer, on disk', 'answered'),
        row('to the first stream', 'first'),
        row('to the last stream', 'last', aimed(`p50 ≤ ${aims.p50} ms, p99 ≤ ${aims.p99} ms`, isReached)),
      ],
    },
    notes: [
      `A change to ${number(STREAMS)} streams takes the server ${milliseconds(cpuMs)} of CPU; its loop was never busy for longer than ${milliseconds(longestMs)} (aim: ${aims.longestMs} ms).`,
    ],
  };
}
