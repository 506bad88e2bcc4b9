import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder } from '../product/server.ts';

const kills = process.env['TAFFRAIL_FAULTS'] === 'full' ? 50 : 12;
const revisions = 600;
const child = fileURLToPath(new URL('../product/shipments.child.mjs', import.meta.url));
const folder = newFolder();
const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [child, ...args], { encoding: 'utf8', maxBuffer: 1e8 });

beforeAll(() => {
  run('issue', folder.path, String(revisions));
});
afterAll(() => folder.remove());

/** Imports one revision after the other until it is killed, after some time; the last one that was promised. */
async function takeUntilKilled(from: number, afterMs: number): Promise<number> {
  const taking = spawn(process.execPath, [child, 'take', folder.path, String(from)], { stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  taking.stdout.on('data', (chunk: Buffer) => {
    if (printed === '') setTimeout(() => taking.kill('SIGKILL'), afterMs);
    printed += chunk.toString();
  });
  await new Promise((resolve) => taking.once('close', resolve));
  return Number(printed.split('\n').at(-2) ?? 0);
}

const served = () => JSON.parse(run('serve', folder.path)) as { revision: number; problem: string | null };

test(
  `a site that is killed ${kills} times while it takes shipments has the old one or the new, whole`,
  { timeout: 180_000 },
  async () => {
    let last = 0;
    let between = 0;
    for (let kill = 1; kill <= kills && last < revisions - 100; kill++) {
      // A different moment each time: in a write, between the shipment and what is remembered of it, while pruning.
      const promised = await takeUntilKilled(last + 1, (kill * 13) % 90);
      const { revision, problem } = served();
      expect(promised).toBeGreaterThan(last);
      expect(problem).toBeNull();
      expect([promised, promised + 1]).toContain(revision);
      between += revision - promised;
      last = revision;
    }
    process.stdout.write(`${last} revisions in ${kills} kills; ${between} kills came after a write and before its promise\n`);
    expect(existsSync(join(folder.path, 'site/shipments/8.4.0', `${last}.json`))).toBe(true);
  },
);
