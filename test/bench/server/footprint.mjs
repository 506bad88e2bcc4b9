import { withServer } from '../product/server.mjs';
import { atMost, bytes, milliseconds, number } from '../report/numbers.mjs';
import { median } from '../statistics.mjs';

const aims = { readyMs: 500, idleBytes: 80e6, loadedBytes: 120e6 };
const SETTLE_MS = 2000;

export async function rssOf(server) {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return (await server.ask('usage')).rssBytes;
}

/** From the start of the process to the first good answer of /readyz, on a database that is there. */
export async function starts(folder, times) {
  const readyMs = [];
  for (let each = 0; each < times; each++) readyMs.push(await withServer(folder, async (server) => server.readyMs));
  return median(readyMs);
}

export const footprintTable = ({ idleBytes, loadedBytes, readyMs, flags }) => ({
  title: 'Start and memory',
  columns: ['', 'Taffrail', 'aim'],
  rows: [
    [`from start to ready, with ${number(flags)} flags`, milliseconds(readyMs), atMost(aims.readyMs, readyMs, milliseconds)],
    ['memory (RSS) after the first start', bytes(idleBytes), atMost(aims.idleBytes, idleBytes, bytes)],
    [
      `memory (RSS) with ${number(flags)} flags, listed and served`,
      bytes(loadedBytes),
      atMost(aims.loadedBytes, loadedBytes, bytes),
    ],
  ],
});
