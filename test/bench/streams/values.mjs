import { converse, nowMs } from '../child.mjs';
import { signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { aimed, milliseconds, number } from '../report/numbers.mjs';
import { percentile } from '../statistics.mjs';

const CLIENTS = 200;
const PROCESSES = 4;
const EDITS = 200;
/** An edit every so often, whether or not the last one has arrived. */
const EDIT_EVERY_MS = 50;
const SETTLE_MS = 2000;
const aims = { p50: 100, p99: 600 };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** From the request of an edit to the value that an SDK answers. */
export const values = (quick) =>
  withDataFolder((folder) =>
    withServer(folder, async (server) => {
      const api = await signIn(server);
      const key = await api.createKey('server');
      const number = { key: 'edited', type: 'number', variants: { current: 0 } };
      await api.createFlag({ ...number, environments: { production: { on: true, fallthrough: { variant: 'current' } } } });
      const args = [server.url, key, 'edited', CLIENTS / PROCESSES];
      const children = Array.from({ length: PROCESSES }, () => converse(new URL('clients.child.mjs', import.meta.url), args));
      try {
        expectReady((await Promise.all(children.map((child) => child.answer()))).flat());
        const before = await server.ask('usage');
        const sentMs = await edit(api, quick ? EDITS / 4 : EDITS);
        await pause(SETTLE_MS);
        const after = await server.ask('usage');
        const seen = (await Promise.all(children.map((child) => child.ask('seen')))).flat();
        return findings(sentMs, seen, after.cpuMs - before.cpuMs);
      } finally {
        for (const child of children) child.end();
        api.close();
      }
    }),
  );

function expectReady(states) {
  const others = states.filter((state) => state !== 'READY');
  if (others.length > 0) throw new Error(`${others.length} clients are ${others[0]}`);
}

/** Value 1 to `count`, one after the other. When each was asked for. */
async function edit(api, count) {
  const sentMs = [];
  for (let value = 1; value <= count; value++) {
    const started = nowMs();
    sentMs[value] = started;
    await api.edit('edited', { variants: { current: value } });
    await pause(Math.max(0, EDIT_EVERY_MS - (nowMs() - started)));
  }
  return sentMs;
}

function findings(sentMs, seen, cpuMs) {
  const edits = sentMs.length - 1;
  const tookMs = seen.flatMap((values) => values.map(([value, atMs]) => atMs - sentMs[value]));
  const missed = seen.length * edits - tookMs.length;
  const late = seen.filter((values) => values.at(-1)?.[0] !== edits).length;
  if (late > 0) throw new Error(`${late} clients do not have the last value`);
  const [p50, p99, most] = [percentile(tookMs, 0.5), percentile(tookMs, 0.99), percentile(tookMs, 1)];
  const aim = aimed(`p50 ≤ ${aims.p50} ms, p99 ≤ ${aims.p99} ms`, p50 <= aims.p50 && p99 <= aims.p99);
  return {
    table: {
      title: `${number(edits)} edits, ${number(seen.length)} clients of the Node SDK`,
      columns: ['', 'p50', 'p99', 'most', 'aim'],
      rows: [['from the request to the value', ...[p50, p99, most].map(milliseconds), aim]],
    },
    notes: [
      `Edits come every ${EDIT_EVERY_MS} ms; ${number(tookMs.length)} values arrived, ${missed === 0 ? 'none was left out' : `${number(missed)} were overtaken by a newer one`}. The server took ${milliseconds(cpuMs / edits)} of CPU for each edit, its way to ${number(seen.length)} clients included.`,
    ],
  };
}
