import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { Clock } from '@taffrail/sdk-core';
import { createEffect } from './effect.ts';
import { followOverrides } from './overrides.ts';

/** These wait for a real file system on a machine that may be busy. */
const PATIENCE = { timeout: 20_000, interval: 5 };
vi.setConfig({ testTimeout: 3 * PATIENCE.timeout });

const folder = mkdtempSync(join(tmpdir(), 'taffrail-missing-'));
const file = join(folder, 'flags.yaml');
const write = () => writeFileSync(file, 'version: 1\noverrides: [{flag: dark, value: true}]\n', { mode: 0o644 });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A clock that rings only when told, so that each look is the test's. */
function handClock() {
  const rings: (() => void)[] = [];
  const clock: Clock = {
    nowMs: () => 0,
    elapsedMs: () => 0,
    after: (_, ring) => {
      rings.push(ring);
      return () => void rings.splice(rings.indexOf(ring), 1);
    },
  };
  /** Rings, and waits until the look is over and the next is set. */
  const look = async () => {
    rings.splice(0).at(-1)?.();
    await vi.waitFor(() => expect(rings).not.toHaveLength(0), PATIENCE);
  };
  return { clock, look };
}

it('takes a file that is away for a moment for the same file, and one that stays away for gone', async () => {
  write();
  const { clock, look } = handClock();
  const inEffect: number[] = [];
  const effect = createEffect(file, (entries) => inEffect.push(entries.length), vi.fn());
  const followed = followOverrides(file, clock, effect);
  await followed.loaded;
  await vi.waitFor(() => expect(inEffect).toEqual([1]), PATIENCE);

  rmSync(file);
  await look();
  await look();
  expect(inEffect).toEqual([1]);
  write();
  await look();
  expect(inEffect).toEqual([1, 1]);

  rmSync(file);
  for (let times = 0; times < 3; times++) await look();
  expect(inEffect).toEqual([1, 1, 0]);
  followed.close();
});
