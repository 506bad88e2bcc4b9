import { get } from 'node:http';
import { endWithParent, nowMs } from '../child.mjs';

// Many streams that do nothing but listen. Says when all are connected, then of each patch when it reached each of them.
const [url, key, count, coding] = process.argv.slice(2);
/** Below the rate at which the server sends newcomers away for a while. */
const OPENED_A_SECOND = 300;
const BATCH = 30;

endWithParent();
let waiting = Number(count);
let arrivedMs = [];

for (let opened = 0; opened < Number(count); opened += BATCH) {
  for (let each = opened; each < Math.min(opened + BATCH, Number(count)); each++) listen();
  await new Promise((resolve) => setTimeout(resolve, (1000 * BATCH) / OPENED_A_SECOND));
}

function listen() {
  const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream', 'accept-encoding': coding };
  get(`${url}/sdk/v1/stream`, { agent: false, headers }, (response) => {
    if (response.statusCode !== 200) throw new Error(`The stream was answered ${response.statusCode}.`);
    if ((response.headers['content-encoding'] ?? 'identity') !== coding) throw new Error(`The stream is not coded as ${coding}.`);
    response.once('data', connected);
    // Only the plain ones are listened to: each patch is one write, and so begins a chunk of its own.
    if (coding === 'identity') response.setEncoding('latin1').on('data', (text) => text.includes('event: patch') && arrived());
    else response.resume();
    response.once('close', () => process.exit(1));
  }).once('error', (error) => {
    throw error;
  });
}

function connected() {
  if (--waiting === 0) process.send('connected');
}

function arrived() {
  arrivedMs.push(nowMs());
  if (arrivedMs.length < Number(count)) return;
  process.send(arrivedMs);
  arrivedMs = [];
}
