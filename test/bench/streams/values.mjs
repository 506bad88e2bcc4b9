import { converse, nowMs } from '../child.mjs';
import { signIn } from '../product/api.mjs';
import { openChromium } from '../product/chromium.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { aimed, milliseconds, number } from '../report/numbers.mjs';
import { percentile } from '../statistics.mjs';
import { openPages } from './pages.mjs';

const CLIENTS = 200;
const PROCESSES = 4;
const EDITS = 200;
const PAGES = 20;
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
      const edited = { key: 'edited', type: 'number', variants: { current: 0 }, client: true };
      await api.createFlag({ ...edited, environments: { production: { on: true, fallthrough: { variant: 'current' } } } });
      const args = [server.url, key, 'edited', CLIENTS / PROCESSES];
      const browser = await openChromium();
      const pages = browser
        ? await openPages(browser, PAGES, { url: server.url, key: await api.createKey('client'), flag: 'edited' })
        : nobody;
      const children = Array.from({ length: PROCESSES }, () => converse(new URL('clients.child.mjs', import.meta.url), args));
      try {
        expectReady([...(await Promise.all(children.map((child) => child.answer()))).flat(), ...pages.states]);
        const before = await server.ask('usage');
        const sentMs = await edit(api, quick ? EDITS / 4 : EDITS);
        await pause(SETTLE_MS);
        const after = await server.ask('usage');
        const seenByPrograms = (await Promise.all(children.map((child) => child.ask('seen')))).flat();
        return findings(sentMs, { seenByPrograms, seenByPages: await pages.seen() }, after.cpuMs - before.cpuMs);
      } finally {
        await pages.close();
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

/** Where there is no browser. */
const nobody = { states: [], seen: async () => [], close: async () => {} };

function findings(sentMs, { seenByPrograms, seenByPages }, cpuMs) {
  const edits = sentMs.length - 1;
  const programs = arrivals(sentMs, seenByPrograms);
  const pages = arrivals(sentMs, seenByPages);
  const missed = programs.missed + pages.missed;
  return {
    table: {
      title: `${number(edits)} edits, ${number(seenByPrograms.length)} clients of the Node SDK and ${number(seenByPages.length)} pages`,
      columns: ['from the request to the value', 'p50', 'p99', 'most', 'aim'],
      rows: [['in a Node process', ...programs.row], ...(seenByPages.length > 0 ? [['in a page', ...pages.row]] : [])],
    },
    notes: [
      `Edits come every ${EDIT_EVERY_MS} ms; ${missed === 0 ? 'no value was left out' : `${number(missed)} values were overtaken by a newer one`}. The server took ${milliseconds(cpuMs / edits)} of CPU for each edit, its way to all clients included.`,
    ],
  };
}

function arrivals(sentMs, seen) {
  const edits = sentMs.length - 1;
  const late = seen.filter((values) => values.at(-1)?.[0] !== edits).length;
  if (late > 0) throw new Error(`${late} clients do not have the last value`);
  // A client may tell of the value before the first edit too.
  const tookMs = seen.flatMap((values) => values.flatMap(([value, atMs]) => (value > 0 ? [atMs - sentMs[value]] : [])));
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(tookMs, share));
  const aim = aimed(`p50 ≤ ${aims.p50} ms, p99 ≤ ${aims.p99} ms`, p50 <= aims.p50 && p99 <= aims.p99);
  return { missed: seen.length * edits - tookMs.length, row: [...[p50, p99, most].map(milliseconds), aim] };
}
