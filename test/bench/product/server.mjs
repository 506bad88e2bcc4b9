import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';

const main = fileURLToPath(new URL('../../../apps/server/dist/main.js', import.meta.url));
const probe = new URL('probe.child.mjs', import.meta.url).href;
const READY_WITHIN_MS = 30_000;
const STOPS_WITHIN_MS = 10_000;

/** A folder for one measurement's database, gone afterwards. */
export async function withDataFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts the built server on a database of its own and stops it when `use` is done. `env` is what its environment has besides. */
export async function withServer(dataFolder, use, env = {}) {
  const server = await startServer(dataFolder, env);
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

async function startServer(dataFolder, env) {
  const port = await freePort();
  const startedMs = performance.now();
  const child = fork(main, [], {
    execArgv: ['--import', probe],
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), TAFFRAIL_DATA: dataFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output = (output + text).slice(-20_000)));
  const url = `http://127.0.0.1:${port}`;
  const server = { url, ask: (question) => ask(child, question), output: () => output, stop: () => stop(child) };
  try {
    await becomesReady(url, child, () => output);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { ...server, readyMs: performance.now() - startedMs };
}

async function becomesReady(url, child, output) {
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`The server did not start:\n${output()}`);
}

async function ask(child, question) {
  const answered = once(child, 'message');
  child.send(question);
  const [answer] = await answered;
  return answer;
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const killing = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(killing);
}
