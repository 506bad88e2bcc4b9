import { measure } from '../child.mjs';
import { definitionOf } from '../evaluation/adapters/taffrail-payload.mjs';
import { mixed } from '../evaluation/flags.mjs';
import { signIn } from '../product/api.mjs';
import { withBareServer } from '../product/bare.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { nanoseconds, number } from '../report/numbers.mjs';
import { withRelay } from './relay.mjs';

const FLAGS = 100;
const CONNECTIONS = 50;
const WARM_UP_SECONDS = 1;
/** A key may ask 5,000 times a second; a product that asks more has several. */
const KEYS = 8;
const child = new URL('asks.child.mjs', import.meta.url);
const context = { targetingKey: 'user-7', plan: 'pro', country: 'de', org: { key: 'org-7', plan: 'pro' } };
const body = JSON.stringify({ context });
const path = '/ofrep/v1/evaluate/flags';
const rate = (value) => `${number(value)} /s`;

/** Answers a second over OFREP, by the server and by a relay of the same flags, against node:http with an answer of the same size. */
export const ofrep = ({ quick, say }) =>
  withDataFolder(async (folder) => {
    const { flags } = mixed(FLAGS);
    const seconds = quick ? 2 : 5;
    say('server');
    const served = await withServer(folder, async (server) => {
      const api = await signIn(server);
      for (const flag of flags) await api.createFlag(definitionOf(flag));
      const keys = [];
      for (let each = 0; each < KEYS; each++) keys.push(await api.createKey('server'));
      api.close();
      return all({ ...server, keys }, flags[0].key, seconds);
    });
    say('relay');
    const relayed = await withRelay(folder, flags, (relay) => all({ ...relay, keys: [relay.key] }, flags[0].key, seconds));
    say('node:http');
    const bare = [];
    for (const { bytes, etag } of served) {
      bare.push(await withBareServer(bytes, (least) => asked({ ...least, keys: ['-'] }, '/', etag && '"1"', seconds)));
    }
    const rows = ['one flag', `all ${FLAGS} flags`, `all ${FLAGS}, known already`].map((title, row) => [
      title,
      ...[served[row], relayed[row], bare[row]].flatMap(({ perSecond, cpuNs }) => [rate(perSecond), nanoseconds(cpuNs)]),
    ]);
    const columns = ['answer', 'server', 'CPU each', 'relay', 'CPU each', 'bare node:http', 'CPU each'];
    const notes = [
      `${CONNECTIONS} connections, one context of two kinds; the load comes from the same machine. All flags are ${number(served[1].bytes / 1000)} kB. Every answer is computed anew: known answers too, for a tag is over what is answered.`,
    ];
    return { title: 'OFREP', tables: [{ title: 'Answers', columns, rows }], notes };
  });

/** One flag, all flags, and all flags as they are known already. */
async function all(server, flag, seconds) {
  const one = `${path}/${encodeURIComponent(flag)}`;
  const [first, second] = [await lookAt(server, one), await lookAt(server, path)];
  return [
    { ...first, ...(await asked(server, one, '', seconds)), etag: '' },
    { ...second, ...(await asked(server, path, '', seconds)), etag: '' },
    { ...second, ...(await asked(server, path, second.etag, seconds)) },
  ];
}

async function lookAt({ url, keys }, address) {
  const response = await fetch(url + address, { method: 'POST', headers: { 'x-api-key': keys[0] }, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${address} was answered ${response.status}: ${text}`);
  return { bytes: Buffer.byteLength(text), etag: response.headers.get('etag') };
}

/** As many answers as there can be for some seconds, and what each cost the server. */
async function asked({ url, keys, ask }, address, etag, seconds) {
  const run = (duration) => measure(child, [url + address, JSON.stringify(keys), body, etag, duration, CONNECTIONS]);
  await run(WARM_UP_SECONDS);
  const before = await ask('usage');
  const { perSecond, answers, statuses, failed } = await run(seconds);
  const after = await ask('usage');
  const wanted = etag ? '304' : '200';
  if (failed > 0 || statuses.join() !== wanted)
    throw new Error(`${failed} requests failed; answered was ${statuses.join()}, not ${wanted}`);
  return { perSecond, cpuNs: ((after.cpuMs - before.cpuMs) * 1e6) / answers };
}
