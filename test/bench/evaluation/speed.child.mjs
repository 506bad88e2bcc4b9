import { adapterOf } from './adapters/index.mjs';
import { checkAnswers } from './correct.mjs';
import { workloads } from './flags.mjs';
import { USERS, users } from './users.mjs';
import { report } from '../child.mjs';
import { median } from '../statistics.mjs';

// One adapter under one workload: right answers first, then CPU time and bytes for each evaluation.
const [name, workload, quick] = process.argv.slice(2);
const warmUpMs = quick === 'quick' ? 250 : 600;
const samples = quick === 'quick' ? 7 : 15;
const SAMPLE_MS = 25;
const CHECKED_USERS = 512;
/** Small enough that no collection runs within it, and large against the reading itself. */
const ALLOCATION_WINDOW_BYTES = 4e6;

const { ask, asked, setting: build } = workloads[workload];
const setting = build();
const flags = setting.flags.filter(({ form }) => !asked || form === asked);
const everyone = users();
const adapter = await adapterOf(name);
const client = await adapter.open(adapter.payload(setting));
const loop = (ask === 'all' ? everyFlag : oneFlag)(adapter);

await checkAnswers({ adapter, client, setting, flags, users: everyone.slice(0, ask === 'all' ? 64 : CHECKED_USERS) });
let next = 0;
/** Keeps the answers alive, so that nothing asked for is optimised away. */
let answered = 0;
const batch = await warmUp();
const cpuNs = await sampled(() => cpuTime(batch));
report({ cpuNs: median(cpuNs), bytes: await allocation(), answered });

function oneFlag(from) {
  const evaluate = from.one(client, flags[0].form);
  const keys = flags.map(({ key }) => key);
  const contexts = everyone.map((user) => from.context(user));
  const [keyMask, contextMask] = [keys.length - 1, USERS - 1];
  // Every flag meets every user, and neighbours in time are no neighbours in the list.
  const direct = (count) => {
    let truthy = 0;
    for (const end = next + count; next < end; next++)
      if (evaluate(keys[next & keyMask], contexts[(next + (next >>> 3)) & contextMask])) truthy++;
    return truthy;
  };
  const awaited = async (count) => {
    let truthy = 0;
    for (const end = next + count; next < end; next++)
      if (await evaluate(keys[next & keyMask], contexts[(next + (next >>> 3)) & contextMask])) truthy++;
    return truthy;
  };
  return from.awaits ? awaited : direct;
}

function everyFlag(from) {
  const evaluate = from.all(client, flags);
  const contexts = everyone.map((user) => from.context(user));
  return async (count) => {
    let total = 0;
    for (const end = next + count; next < end; next++) {
      const size = await evaluate(contexts[next & (USERS - 1)]);
      if (size !== flags.length) throw new Error(`${size} of ${flags.length} flags answered`);
      total += size;
    }
    return total;
  };
}

/** Runs until the compiler has settled; the size of a batch that lasts for a sample. */
async function warmUp() {
  const startedMs = performance.now();
  let count = 1;
  let tookMs = 0;
  while (performance.now() - startedMs < warmUpMs || tookMs < SAMPLE_MS / 2) {
    const beganMs = performance.now();
    answered += await loop(count);
    tookMs = performance.now() - beganMs;
    if (tookMs < SAMPLE_MS / 2) count *= 2;
  }
  return count;
}

/** CPU time, and not the clock, because the machine may be shared. */
async function cpuTime(count) {
  const before = process.cpuUsage();
  answered += await loop(count);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / count;
}

async function allocation() {
  let count = ask === 'all' ? 1 : 64;
  for (let round = 0; round < 3; round++) {
    const bytes = Math.max(1, await allocated(count));
    count = Math.max(1, Math.min(batch, Math.floor(ALLOCATION_WINDOW_BYTES / bytes)));
  }
  // What the reading itself allocates is of the order of a kilobyte; less than a byte an evaluation is none.
  return Math.floor(median(await sampled(() => allocated(count))));
}

async function allocated(count) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  answered += await loop(count);
  return (process.memoryUsage().heapUsed - before) / count;
}

async function sampled(sample) {
  const taken = [];
  for (let round = 0; round < samples; round++) taken.push(await sample());
  return taken;
}
