import { nowMs } from '../child.mjs';
import { aimed, milliseconds, number } from '../report/numbers.mjs';
import { percentile } from '../statistics.mjs';
import { harms } from './harm.mjs';
import { withCluster } from './processes.mjs';

const STREAMS = 3;
const CLIENTS = 5000;
const CHANGES = 60;
const ROUNDS = 8;
const CHANGES_A_ROUND = 10;
const PAUSE_MS = 100;
const SETTLE_MS = 3000;
const aims = { p50: 100, p99: 600 };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One process that writes, others that stream: how soon a change is everywhere, and what harm to Redis does to that. */
export async function cluster({ quick, say }) {
  const [clients, share] = quick ? [CLIENTS / 5, 4] : [CLIENTS, 1];
  say(`${number(clients)} streams at ${STREAMS} processes`);
  return withCluster({ streams: STREAMS, clients }, async (scene) => {
    for (let warmUp = 0; warmUp < 5; warmUp++) await oneChange(scene);
    const spreads = [];
    for (let each = 0; each < CHANGES / share; each++) spreads.push(await oneChange(scene));
    const harmed = [];
    for (const harm of harms) {
      say(harm.title);
      harmed.push(await suffer(scene, harm, ROUNDS / share));
    }
    return {
      title: 'Several processes',
      tables: [spreadTable(spreads, clients), harmTable(harmed, clients)],
      notes: [
        `One process writes, ${STREAMS} stream, a Redis stands between them; readers have processes of their own, on the same cores.`,
        'A change is lost for a reader if a patch does not lead on from where it was; one that spans several changes leads on.',
        'What is done to Redis goes on while changes are made, ten in a row; how long everybody takes counts from the answer to the last.',
      ],
    };
  });
}

async function oneChange({ change, follow }) {
  const sentMs = nowMs();
  const revision = await change();
  const answeredMs = nowMs();
  const { firstMs, lastMs } = await follow(revision);
  await pause(PAUSE_MS);
  return { answered: answeredMs - sentMs, first: firstMs - sentMs, last: lastMs - sentMs };
}

async function suffer({ redis, change, follow }, { title, boundMs, begin }, rounds) {
  const before = await follow(await change());
  const end = begin(redis);
  const tookMs = [];
  let after;
  for (let round = 0; round < rounds; round++) {
    let revision;
    for (let each = 0; each < CHANGES_A_ROUND; each++) revision = await change();
    const answeredMs = nowMs();
    after = await follow(revision);
    tookMs.push(Math.max(0, after.lastMs - answeredMs));
    // Not always at the same moment of what goes on every other second.
    await pause(PAUSE_MS + 370 * (round % 5));
  }
  await end();
  await pause(SETTLE_MS);
  return {
    title,
    boundMs,
    changes: rounds * CHANGES_A_ROUND,
    tookMs,
    lost: after.lost - before.lost,
    ended: after.ended - before.ended,
  };
}

function spreadTable(spreads, clients) {
  const taken = (name, share) =>
    percentile(
      spreads.map((spread) => spread[name]),
      share,
    );
  const row = (title, name, aim = '') => [title, milliseconds(taken(name, 0.5)), milliseconds(taken(name, 0.99)), aim];
  const isReached = taken('last', 0.5) <= aims.p50 && taken('last', 0.99) <= aims.p99;
  return {
    title: `One change to ${number(clients)} streams at ${STREAMS} processes`,
    columns: ['from the request', 'p50', 'p99', 'aim'],
    rows: [
      row('to its answer by the writer, on disk', 'answered'),
      row('to the first stream', 'first'),
      row('to the last stream', 'last', aimed(`p50 ≤ ${aims.p50} ms, p99 ≤ ${aims.p99} ms`, isReached)),
    ],
  };
}

function harmTable(harmed, clients) {
  return {
    title: `Changes to ${number(clients)} streams, and what is done to Redis meanwhile`,
    columns: ['', 'changes', 'lost', 'streams that ended', 'p50 until everybody has the last', 'most', 'aim'],
    rows: harmed.map(({ title, changes, lost, ended, tookMs, boundMs }) => {
      const most = Math.max(...tookMs);
      const aim = aimed(`0 lost, ≤ ${boundMs / 1000} s`, lost === 0 && ended === 0 && most <= boundMs);
      return [
        title,
        number(changes),
        number(lost),
        number(ended),
        milliseconds(percentile(tookMs, 0.5)),
        milliseconds(most),
        aim,
      ];
    }),
  };
}
