import { request } from 'node:http';
import { converse, measure } from '../child.mjs';
import { atLeast, number } from '../report/numbers.mjs';

const CONNECTIONS = 50;
const aims = { 304: 30_000, 200: 10_000 };
const load = new URL('load.child.mjs', import.meta.url);
const rate = (value) => `${number(value)} /s`;

/** How many snapshots a second: known ones and whole ones, against node:http with an answer of the same size. */
export async function requests(server, key, quick) {
  const headers = { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' };
  const { etag, plainBytes, sentBytes } = await lookAt(server.url, headers);
  const bare = converse(new URL('bare.child.mjs', import.meta.url), [Math.round(sentBytes / 1000)]);
  const seconds = quick ? 2 : 5;
  try {
    const bareUrl = await bare.answer();
    const of = async (url, extra) => {
      const result = await measure(load, [url, JSON.stringify(extra), seconds, CONNECTIONS]);
      if (result.failed > 0 || result.statuses.length !== 1)
        throw new Error(`Answered ${result.statuses}, ${result.failed} failed`);
      return result;
    };
    const url = `${server.url}/sdk/v1/snapshot`;
    const row = async (status, own, floor) => {
      const ours = await of(url, own);
      const least = await of(bareUrl, floor);
      if (ours.statuses[0] !== status) throw new Error(`${ours.statuses[0]} was answered, not ${status}`);
      return [status, rate(ours.perSecond), rate(least.perSecond), atLeast(aims[status], ours.perSecond, rate)];
    };
    const rows = [
      await row('304', { ...headers, 'if-none-match': etag }, { 'if-none-match': '"1"' }),
      await row('200', headers, {}),
    ];
    return {
      table: { title: 'Snapshots', columns: ['status', 'Taffrail', 'bare node:http', 'aim'], rows },
      notes: [
        `The snapshot has ${number(plainBytes / 1000)} kB, ${number(sentBytes / 1000)} kB as sent (gzip). ${CONNECTIONS} connections; the load comes from the same machine.`,
      ],
    };
  } finally {
    bare.end();
  }
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
