import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newFolder } from '../product/server.ts';

const PATIENCE = { timeout: 30_000, interval: 50 };
const scriptOf = (name: string): string => fileURLToPath(new URL(`../product/${name}.child.mjs`, import.meta.url));
const isRootInCi = process.env['CI'] === 'true' && platform() === 'linux' && process.getuid?.() === 0;
/** Where a process can be given a network of its own, which has no route. */
const canUnshare = isRootInCi || spawnSync('unshare', ['-n', 'true']).status === 0;

/** What the product tells of itself. */
interface Told {
  readonly state: string;
  readonly shipment: { readonly release: string; readonly revision: number; readonly digest: string };
  readonly on: boolean;
  readonly denied: readonly string[];
  readonly interfaces: readonly string[];
  readonly said: readonly string[];
}

let folder: ReturnType<typeof newFolder>;
const ends: (() => void)[] = [];

/** The package of release 8.4.0 r1; the files of later revisions lie beside it, for somebody to carry. */
beforeEach(() => {
  folder = newFolder();
  execFileSync(process.execPath, [scriptOf('shipments'), 'issue', folder.path, '3']);
  mkdirSync(join(folder.path, 'package'));
  for (const [from, to] of [['trust.json'], ['keys.json'], ['r1', 'shipment.json']] as const)
    cpSync(join(folder.path, from), join(folder.path, 'package', to ?? from));
});

afterEach(() => {
  for (const end of ends.splice(0)) end();
  folder.remove();
});

/** Starts the product; what it has told so far. */
function start(command: string, ...args: readonly string[]): () => Told[] {
  const product = spawn(command, [...args, scriptOf('on-prem'), folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  ends.push(() => void product.kill('SIGKILL'));
  let printed = '';
  product.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return () =>
    printed
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Told);
}

/** As an operator does with a file that was carried here. */
function carryIn(file: string): void {
  const taffrail = fileURLToPath(new URL('../../packages/cli/bin/taffrail.js', import.meta.url));
  const site = join(folder.path, 'site');
  const trust = join(folder.path, 'trust.json');
  execFileSync(process.execPath, [taffrail, 'shipment', 'import', join(folder.path, file), '--site', site, '--trust', trust]);
}

/** What a product tells at its start, and once r2 was carried in. Flag 1 is on in r1, and backed out by r2. */
async function lives(command: string, ...args: readonly string[]) {
  const told = start(command, ...args);
  await vi.waitFor(() => expect(told()).not.toHaveLength(0), PATIENCE);
  carryIn('r2');
  await vi.waitFor(() => expect(told().at(-1)?.shipment.revision).toBe(2), PATIENCE);
  const [first, last] = [told()[0], told().at(-1)];
  process.stdout.write(`air-gapped: r2 ${last?.shipment.digest} by import, sockets denied: ${last?.denied.length}\n`);
  return { first, last };
}

const r1Lives = { state: 'READY', shipment: { release: '8.4.0', revision: 1 }, on: true, denied: [] };
const r2Lives = { state: 'READY', shipment: { release: '8.4.0', revision: 2 }, on: false, denied: [] };

it('starts, and takes a carried shipment while it runs, and never asks for a socket', async () => {
  expect(await lives(process.execPath)).toMatchObject({ first: r1Lives, last: r2Lives });
});

it.skipIf(!canUnshare)('does so where there is no network at all', async () => {
  const { first, last } = await lives('unshare', '-n', process.execPath);
  expect({ first, last }).toMatchObject({ first: r1Lives, last: r2Lives });
  expect(last?.interfaces.filter((name) => name !== 'lo')).toEqual([]);
});

it('serves what it took after it was killed, without a network', async () => {
  const told = start(process.execPath);
  await vi.waitFor(() => expect(told()).not.toHaveLength(0), PATIENCE);
  carryIn('r3');
  for (const end of ends.splice(0)) end();
  const again = start(process.execPath);
  await vi.waitFor(() => expect(again()).not.toHaveLength(0), PATIENCE);
  expect(again()[0]).toMatchObject({ state: 'READY', shipment: { revision: 3 }, on: false, denied: [] });
});
