import { readFileSync } from 'node:fs';
import { adapterOf } from './adapters/index.mjs';
import { mixed, withPlain } from './flags.mjs';
import { users } from './users.mjs';
import { report } from '../child.mjs';
import { median } from '../statistics.mjs';

// One adapter with many flags: from text to ready, what it keeps, and one flag changed.
const [name, count, file] = process.argv.slice(2);
/** Enough to be warm; for those that take everything anew each time, as many as fit. */
const CHANGES = 40;
const CHANGING_MS = 3000;

const adapter = await adapterOf(name);
const heap = () => {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

let text = readFileSync(file, 'utf8');
const emptyBytes = heap() - text.length;
const opening = await timed(() => adapter.open(text));
text = undefined;
const heapBytes = heap() - emptyBytes;

const setting = mixed(Number(count));
const someone = users().slice(0, 16);
const changing = setting.flags.flatMap(({ form }, index) => (form === 'percent' ? [index] : []));
const changes = [];
const startedMs = performance.now();
for (let round = 0; round < CHANGES && (round < 5 || performance.now() - startedMs < CHANGING_MS); round++)
  changes.push(await change(changing[round * 37], round + 2));
report({ openMs: opening.cpuMs, heapBytes, changeMs: median(changes) });

/** Turns a flag that some see into one that all see; it must show in the next answer. */
async function change(index, version) {
  const message = adapter.change({ before: setting, after: withPlain(setting, index), index, version, client: opening.result });
  const { cpuMs } = await timed(() => adapter.apply(opening.result, message));
  const ask = adapter.one(opening.result, 'on');
  for (const user of someone)
    if ((await ask(setting.flags[index].key, adapter.context(user))) !== true)
      throw new Error(`${name} does not show the change`);
  return cpuMs;
}

async function timed(action) {
  const before = process.cpuUsage();
  const result = await action();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuMs: (user + system) / 1000 };
}
