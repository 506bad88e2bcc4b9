import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApi, type Api } from 'taffrail/api';

const main = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));
const readyWithinMs = 20_000;

/** The built server in a process of its own, as an operator runs it. */
export interface Product {
  readonly url: string;
  readonly folder: string;
  /** Everything that it printed. */
  output(): string;
  /** The one-time link that a first start prints. */
  link(): string;
  /** Ends it as a power cut would, or politely. Resolves when the process is gone, with its exit code; null if the signal ended it. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

export interface ProductOptions {
  readonly folder: string;
  /** Absent: a free one. Name it to start again where clients still look. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Whom it runs as; absent: whoever runs the test. */
  readonly uid?: number | undefined;
  /** Absent: it may be sent all work. `up`: it answers, if only that it may not. */
  readonly until?: 'ready' | 'up';
}

/** Starts the server and waits until it is ready. */
export async function startProduct({ folder, port, env, uid, until = 'ready' }: ProductOptions): Promise<Product> {
  const number = port ?? (await freePort());
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, NODE_ENV: 'production', PORT: String(number), TAFFRAIL_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const url = `http://127.0.0.1:${number}`;
  await untilReady(`${url}/${until === 'up' ? 'healthz' : 'readyz'}`, child, () => output);
  return {
    url,
    folder,
    output: () => output,
    link: () => /\S+\/link#\S+/.exec(output)?.[0] ?? '',
    kill: (signal) => end(child, signal),
  };
}

async function untilReady(address: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadlineMs = Date.now() + readyWithinMs;
  while (Date.now() < deadlineMs && child.exitCode === null) {
    const answer = await fetch(address).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not become ready. It printed:\n${output()}`);
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** A folder of its own for one test; `remove` when it is over. */
export function newFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'taffrail-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const owner = { email: 'ana@acme.example', name: 'Ana', password: 'a long enough password' };
/** What a first start creates. */
export const place = { org: 'default', project: 'default' };

/** Uses the first sign-in link and gives the management API as its owner, over a personal token. */
export async function signIn(product: Product): Promise<Api> {
  return createApi({ url: product.url, token: await firstToken(product) });
}

/** Uses the first sign-in link and gives a personal token of the owner. */
export async function firstToken(product: Product): Promise<string> {
  const guest = createApi({ url: product.url });
  const link = product.link().split('#')[1] ?? '';
  const answer = await guest.send('POST /session/link', { body: { link, ...owner } });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const session = createApi({ url: product.url, cookie });
  const { secret } = await session.call('POST /session/tokens', { body: { organization: place.org, name: 'test' } });
  return secret;
}
