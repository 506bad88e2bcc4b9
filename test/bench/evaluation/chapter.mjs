import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapterOf, ours, theirs } from './adapters/index.mjs';
import { workloads } from './flags.mjs';
import { installPeers, versions } from './peers.mjs';
import { measure } from '../child.mjs';
import { atMost, bytes, milliseconds, nanoseconds, number } from '../report/numbers.mjs';

const FLAGS_AT_START = 10_000;

/** The most that an evaluation may cost: as a multiple of the floor, and in bytes. */
const aims = {
  W1: { floors: 3, bytes: 0 },
  W2: { floors: 2.5, bytes: 0 },
  W3: { floors: 2 },
  W4: { floors: 2.5, bytes: 0 },
  W5: { floors: 2.5 },
  W6: { floors: 2 },
};
const startAims = { parses: 0.5, heapBytes: 14e6, changeMs: 0.3 };

const file = (name) => new URL(name, import.meta.url);
const flags = ['--expose-gc', '--min-semi-space-size=64'];
const times = (value) => `${number(value)} ×`;

export async function evaluation({ quick, say }) {
  const names = installPeers() ? [...ours, ...theirs] : ours;
  if (names === ours) say('The peers could not be installed: Taffrail is compared with the floor alone.');
  const rounds = quick ? 1 : 3;
  const speeds = await measureSpeeds(names, rounds, quick, say);
  const starts = await measureStarts(
    names.filter((name) => name !== 'details'),
    rounds,
    say,
  );
  return {
    title: 'Evaluation',
    tables: [speedTable(names, speeds), allocationTable(names, speeds), startTable(names, starts)],
    notes: [...method, ...(await aboutEach(names)), ...(names === ours ? [] : [`Peers: ${versions.join(', ')}.`])],
  };
}

/** Interleaved: what slows the machine for a while slows everyone in a round. Of the rounds, each one's best counts. */
async function measureSpeeds(names, rounds, quick, say) {
  const speeds = {};
  for (let round = 0; round < rounds; round++) {
    for (const workload of Object.keys(workloads)) {
      say(`${workload} ${workloads[workload].title}, round ${round + 1} of ${rounds}`);
      for (const name of names) {
        const speed = await measure(file('speed.child.mjs'), [name, workload, quick ? 'quick' : 'full'], { execArgv: flags });
        (speeds[workload] ??= {})[name] = best(speeds[workload][name], speed);
      }
    }
  }
  return speeds;
}

async function measureStarts(names, rounds, say) {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-bench-'));
  const starts = {};
  try {
    for (const name of names) await measure(file('payload.child.mjs'), [name, FLAGS_AT_START, join(folder, name)]);
    for (let round = 0; round < rounds; round++) {
      say(`${FLAGS_AT_START} flags, round ${round + 1} of ${rounds}`);
      starts.parse = best(starts.parse, await measure(file('parse.child.mjs'), [join(folder, 'value')], { execArgv: flags }));
      for (const name of names) {
        const start = await measure(file('start.child.mjs'), [name, FLAGS_AT_START, join(folder, name)], {
          execArgv: ['--expose-gc'],
        });
        starts[name] = best(starts[name], start);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return starts;
}

const best = (before, now) =>
  Object.fromEntries(Object.entries(now).map(([figure, value]) => [figure, Math.min(value, before?.[figure] ?? Infinity)]));

const others = (names) => names.filter((name) => !ours.includes(name));
const mark = (isReached) => (isReached ? '✓' : '✗');

/** The table's first columns are ours, each with its ratio to the floor; the peers follow. */
function speedTable(names, speeds) {
  return {
    title: 'CPU time of one evaluation',
    columns: ['Workload', 'floor', '`value`', '× floor', '`details`', '× floor', 'aim', ...others(names)],
    rows: Object.entries(workloads).map(([workload, { title }]) => {
      const { floor, value, details, ...rest } = speeds[workload];
      const { floors } = aims[workload];
      const against = ({ cpuNs }) => [nanoseconds(cpuNs), `${times(cpuNs / floor.cpuNs)} ${mark(cpuNs <= floors * floor.cpuNs)}`];
      const peers = others(names).map((name) => nanoseconds(rest[name].cpuNs));
      return [
        `${workload} ${title}`,
        nanoseconds(floor.cpuNs),
        ...against(value),
        ...against(details),
        `≤ ${times(floors)}`,
        ...peers,
      ];
    }),
  };
}

function allocationTable(names, speeds) {
  return {
    title: 'Bytes allocated by one evaluation',
    columns: ['Workload', 'floor', '`value`', '`details`', 'aim', ...others(names)],
    rows: Object.entries(workloads).map(([workload, { title }]) => {
      const { floor, ...rest } = speeds[workload];
      const bound = aims[workload].bytes;
      const own = ['value', 'details'].map(
        (name) => bytes(rest[name].bytes) + (bound === undefined ? '' : ` ${mark(rest[name].bytes <= bound)}`),
      );
      const peers = others(names).map((name) => bytes(rest[name].bytes));
      return [`${workload} ${title}`, bytes(floor.bytes), ...own, bound === undefined ? '' : bytes(bound), ...peers];
    }),
  };
}

/** The two ways of asking share a client, so that one of them says it all. */
function startTable(names, { parse, floor, value, ...rest }) {
  const row = (title, figure, write, bound) => [
    title,
    ...[floor, value].map((start) => write(start[figure])),
    atMost(bound, value[figure], write),
    ...others(names).map((name) => write(rest[name][figure])),
  ];
  const startMs = startAims.parses * parse.parseMs;
  return {
    title: `With ${number(FLAGS_AT_START)} flags`,
    columns: ['', 'floor', 'Taffrail', 'aim', ...others(names)],
    rows: [
      row('from text to ready, CPU', 'openMs', milliseconds, startMs),
      row('heap', 'heapBytes', bytes, startAims.heapBytes),
      row('one flag changed, CPU', 'changeMs', milliseconds, startAims.changeMs),
    ],
  };
}

const method = [
  'Every adapter answers the same logical flags for the same 4,096 users; its answers are checked before anything is timed.',
  'CPU time of the process, compiler and collector included: the median of its samples, and of all rounds the best. Rounds are interleaved.',
  `Becoming ready is aimed at ${number(startAims.parses)} × what JSON.parse takes for the lines of our snapshot: lines are parsed when they are asked for.`,
  'The floor is what the same answer costs at least in JavaScript: a Map of closures, without reasons, type checks or anything that can fail.',
];

async function aboutEach(names) {
  return Promise.all(
    names.map(async (name) => {
      const { about, changes, notes = {} } = await adapterOf(name);
      const different = Object.entries(notes).map(([workload, note]) => `${workload}: ${note}`);
      return `${name}: ${[about, ...different, `a change is ${changes}`].join('; ')}.`;
    }),
  );
}
