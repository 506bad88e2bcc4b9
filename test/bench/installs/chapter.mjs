import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { converse, nowMs } from '../child.mjs';
import { signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { aimed, atMost, bytes, milliseconds, number } from '../report/numbers.mjs';
import { percentile } from '../statistics.mjs';
import { differences } from './board.mjs';
import { seedInstalls } from './seed.mjs';
import { createVendor } from './vendor.mjs';

const INSTALLS = 10_000;
const PROCESSES = 2;
const OPENED_A_SECOND = 400;
const FLAGS = 40;
const ROUNDS = 5;
const RELEASE = '8.4.0';
const aims = { acknowledgedMs: 2_000, boardMs: 20 };
const sitesChild = new URL('sites.child.mjs', import.meta.url);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One server, the sites of a vendor's customers, and back-outs that must come to all of them. */
export const installs = ({ quick, say }) =>
  withDataFolder(async (folder) => {
    const count = quick ? INSTALLS / 10 : INSTALLS;
    const made = await prepare(folder, count);
    return withServer(folder, async (server) => {
      const vendor = made.vendor.at(server.url, made.token);
      say(`${number(count)} streams`);
      const sites = openSites(server.url, folder, made.connected);
      try {
        await arrivals(sites, 1);
        // Some go away before the back-outs, and stay behind.
        await Promise.all(sites.map((child) => child.ask({ ask: 'leave', count: count / 100 / PROCESSES })));
        const rounds = [];
        for (let round = 0; round < (quick ? 2 : ROUNDS); round++) {
          say(`back-out ${round + 1}`);
          rounds.push(await oneBackOut(server, vendor, sites, round + 2));
        }
        await pause(500);
        const truth = (await Promise.all(sites.map((child) => child.ask({ ask: 'truth' })))).flat();
        const wrong = await differences(vendor.read, truth, made.silent);
        return findings({
          rounds,
          wrong,
          count,
          boards: await boards(vendor.read),
          progress: await vendor.read(`/back-outs/BO-${rounds.length}/progress`),
        });
      } finally {
        for (const child of sites) child.end();
      }
    });
  });

const keyOf = (each) => `site-${String(each).padStart(5, '0')}`;
const isSilent = (_, each) => each % 50 === 49;

/** A release that is signed, and installs: some are connected, some never say anything. */
async function prepare(folder, count) {
  const vendor = createVendor();
  const token = await withServer(folder, async (server) => {
    const api = await signIn(server);
    const flags = Array.from({ length: FLAGS }, (_, each) => `flag-${each}`);
    for (const key of flags) {
      await api.createFlag({ key, environments: { production: { on: true, fallthrough: { variant: 'on' } } } });
    }
    api.close();
    const keep = vendor.at(server.url, api.token);
    await keep.publishKeys();
    await keep.cut(RELEASE, flags);
    const { file } = await keep.seal(RELEASE, 1);
    await keep.bring(RELEASE, 1, file);
    return api.token;
  });
  writeFileSync(join(folder, 'trust.json'), JSON.stringify(vendor.trust));
  const some = Array.from({ length: count }, (_, each) => ({
    key: keyOf(each),
    connection: each % 100 === 99 ? 'air-gapped' : 'connected',
  }));
  const seeded = seedInstalls(folder, some);
  return {
    vendor,
    token,
    connected: seeded.filter((site, each) => !isSilent(site, each)),
    silent: some.filter(isSilent),
  };
}

function openSites(url, folder, connected) {
  return Array.from({ length: PROCESSES }, (_, process) => {
    const file = join(folder, `sites-${process}.json`);
    writeFileSync(file, JSON.stringify(connected.filter((_site, each) => each % PROCESSES === process)));
    return converse(sitesChild, [url, RELEASE, file, join(folder, 'trust.json'), OPENED_A_SECOND / PROCESSES], {
      timeoutMs: 240_000,
    });
  });
}

const arrivals = async (sites, revision) =>
  (await Promise.all(sites.map((child) => child.ask({ ask: 'follow', revision })))).flat();

async function oneBackOut(server, vendor, sites, revision) {
  await vendor.backOut(`flag-${revision}`);
  const { file } = await vendor.seal(RELEASE, revision);
  const people = usePages(vendor.read);
  await server.ask('usage');
  const before = await server.ask('usage');
  const arrived = arrivals(sites, revision);
  const signedMs = nowMs();
  await vendor.bring(RELEASE, revision, file);
  const tookMs = (await arrived).map((atMs) => atMs - signedMs);
  const after = await server.ask('usage');
  return {
    tookMs,
    fileBytes: file.length,
    cpuMs: after.cpuMs - before.cpuMs,
    longestMs: after.longestMs,
    peopleMs: await people.end(),
  };
}

/** Somebody who works meanwhile: how long each of their requests takes. */
function usePages(read) {
  const tookMs = [];
  const ending = new AbortController();
  const working = (async () => {
    for (let each = 0; !ending.signal.aborted; each++) {
      const sentMs = nowMs();
      await read(each % 4 === 0 ? '/installs' : '/flags');
      tookMs.push(nowMs() - sentMs);
      await pause(20);
    }
  })();
  return {
    async end() {
      ending.abort();
      await working;
      return tookMs;
    },
  };
}

/** How long the board takes when nothing else happens. */
async function boards(read) {
  const tookMs = [];
  for (let each = 0; each < 60; each++) {
    const sentMs = nowMs();
    await read('/installs');
    tookMs.push(nowMs() - sentMs);
  }
  return tookMs.slice(10);
}

const row = (title, samples, aim = '') => [
  title,
  ...[0.5, 0.99, 1].map((share) => milliseconds(percentile(samples, share))),
  aim,
];

function findings({ rounds, wrong, count, boards: boardMs, progress }) {
  const tookMs = rounds.flatMap((round) => round.tookMs);
  const peopleMs = rounds.flatMap((round) => round.peopleMs);
  const p99 = percentile(tookMs, 0.99);
  return {
    title: 'Installs',
    tables: [
      {
        title: `${number(count)} installs, ${number(rounds.length)} back-outs, one server`,
        columns: ['', 'p50', 'p99', 'most', 'aim'],
        rows: [
          row(
            'from the signed file to its acknowledgement',
            tookMs,
            aimed(`p99 ≤ ${number(aims.acknowledgedMs)} ms`, p99 <= aims.acknowledgedMs),
          ),
          row('a request of the management API meanwhile', peopleMs),
          row('the board, when nothing else happens', boardMs, atMost(aims.boardMs, percentile(boardMs, 0.5), milliseconds)),
        ],
      },
    ],
    notes: [
      wrong === 0
        ? `The board was equal to what the sites had in force, install by install, and so were its counts.`
        : `The board was wrong about ${number(wrong)} installs ✗`,
      `Of all installs 2 % never said anything, half of them air-gapped, and 1 % had gone away before. A file has ${bytes(rounds[0].fileBytes)}; sites live in ${PROCESSES} processes on the same cores, and acknowledge over connections that stay open, as a proxy in front of a server keeps them.`,
      `A back-out takes the server ${milliseconds(
        percentile(
          rounds.map((round) => round.cpuMs),
          0.5,
        ),
      )} of CPU; its loop was never busy for longer than ${milliseconds(Math.max(...rounds.map((round) => round.longestMs)))}. It said itself of the last one: ${number(progress.applied)} of ${number(progress.concerned)}, p50 ${progress.p50Ms} ms, p99 ${progress.p99Ms} ms.`,
      'A text that many sites get is verified once in each of their processes; that each got the same bytes is compared.',
    ],
  };
}
