import { get } from 'node:http';
import { endWithParent, nowMs } from '../child.mjs';

// Many streams, of each of which only is kept where it stands. Says when all have a state; then, asked for a head, when all have come to
// it: the moments when the first and the last did, and what was lost on the way.
const [url, key, count] = process.argv.slice(2);
/** Below the rate at which the server sends newcomers away for a while. */
const OPENED_A_SECOND = 100;
const BATCH = 10;

const readers = [];
let [wanted, lost, ended] = [undefined, 0, 0];

endWithParent();
process.on('message', (head) => {
  wanted = head;
  check();
});
for (let opened = 0; opened < Number(count); opened += BATCH) {
  for (let each = opened; each < Math.min(opened + BATCH, Number(count)); each++) read();
  await new Promise((resolve) => setTimeout(resolve, (1000 * BATCH) / OPENED_A_SECOND));
}
while (readers.some(({ head }) => head === undefined)) await new Promise((resolve) => setTimeout(resolve, 20));
process.send('ready');

function read() {
  const reader = { head: undefined, atMs: 0 };
  let rest = '';
  readers.push(reader);
  get(`${url}/sdk/v1/stream`, { agent: false, headers: { authorization: `Bearer ${key}` } }, (response) => {
    if (response.statusCode !== 200) throw new Error(`The stream was answered ${response.statusCode}.`);
    response.setEncoding('latin1').on('data', (text) => {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) take(reader, block);
    });
    response.once('close', () => (ended += 1));
  }).once('error', (error) => {
    throw error;
  });
}

function take(reader, block) {
  const [, name, head] = /^event: (snapshot|patch)\nid: [0-9a-f]+\.(\d+)\n/.exec(block) ?? [];
  if (name === undefined) return;
  if (name === 'patch' && !block.includes(`{"from":${reader.head},`)) lost += 1;
  reader.head = Number(head);
  reader.atMs = nowMs();
  if (reader.head === wanted) check();
}

function check() {
  if (wanted === undefined || readers.some(({ head }) => head !== wanted)) return;
  const moments = readers.map(({ atMs }) => atMs);
  wanted = undefined;
  process.send({ firstMs: Math.min(...moments), lastMs: Math.max(...moments), lost, ended });
}
