import { request } from 'node:http';
import { measure } from '../child.mjs';
import { withBareServer } from '../product/bare.mjs';
import { atLeast, nanoseconds, number } from '../report/numbers.mjs';

const CONNECTIONS = 50;
const WARM_UP_SECONDS = 1;
const aims = { 304: 30_000, 200: 10_000 };
const load = new URL('load.child.mjs', import.meta.url);
const rate = (value) => `${number(value)} /s`;

/** How many snapshots a second: known ones and whole ones, against node:http with an answer of the same size. */
export async function requests(server, key, quick) {
  const headers = { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' };
  const { etag, plainBytes, sentBytes } = await lookAt(server.url, headers);
  const seconds = quick ? 2 : 5;
  const rows = await withBareServer(sentBytes, async (bare) => [
    rowOf(
      '304',
      await loaded(server, { ...headers, 'if-none-match': etag }, seconds),
      await loaded(bare, { 'if-none-match': '"1"' }, seconds),
    ),
    rowOf('200', await loaded(server, headers, seconds), await loaded(bare, {}, seconds)),
  ]);
  return {
    table: { title: 'Snapshots', columns: ['status', 'Taffrail', 'CPU each', 'bare node:http', 'CPU each', 'aim'], rows },
    notes: [
      `The snapshot has ${number(plainBytes / 1000)} kB, ${number(sentBytes / 1000)} kB as sent (gzip). ${CONNECTIONS} connections; the load comes from the same machine.`,
    ],
  };
}

/** As many answers as there can be for some seconds, and what each cost the server. */
async function loaded({ url, ask }, headers, seconds) {
  const run = (duration) => measure(load, [`${url}/sdk/v1/snapshot`, JSON.stringify(headers), duration, CONNECTIONS]);
  await run(WARM_UP_SECONDS);
  const before = await ask('usage');
  const { perSecond, answers, statuses, failed } = await run(seconds);
  const after = await ask('usage');
  if (failed > 0) throw new Error(`${failed} requests failed`);
  return { perSecond, statuses, cpuNs: ((after.cpuMs - before.cpuMs) * 1e6) / answers };
}

function rowOf(status, ours, least) {
  if (ours.statuses.join() !== status) throw new Error(`${ours.statuses.join()} was answered, not ${status}`);
  const figures = [ours, least].flatMap(({ perSecond, cpuNs }) => [rate(perSecond), nanoseconds(cpuNs)]);
  return [status, ...figures, atLeast(aims[status], ours.perSecond, rate)];
}

async function lookAt(url, headers) {
  const ask = (coding) =>
    new Promise((resolve, reject) => {
      request(`${url}/sdk/v1/snapshot`, { headers: { ...headers, 'accept-encoding': coding }, agent: false }, (response) => {
        let bytes = 0;
        response.on('data', (part) => (bytes += part.length));
        response.once('end', () => resolve({ bytes, etag: response.headers.etag }));
      })
        .once('error', reject)
        .end();
    });
  const [plain, gzip] = [await ask('identity'), await ask('gzip')];
  return { etag: gzip.etag, plainBytes: plain.bytes, sentBytes: gzip.bytes };
}
