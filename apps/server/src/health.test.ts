import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openStorage } from './db/storage.ts';
import { createHealth } from './health.ts';
import { newFolder } from './testing/running-server.ts';

const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true }));

test('a clock that is put back does not keep an old answer alive', () => {
  let nowMs = 3_600_000;
  const storage = openStorage({ file: join(folder, 'clock.db'), newId: () => 'id' });
  const health = createHealth({ storage, clock: () => new Date(nowMs) });
  expect(health.unready()).toBeUndefined();
  storage.close();
  nowMs = 0;
  expect(health.unready()).toMatch(/database/);
});

test('a server is ready while its database takes writes, and until it is told to leave', () => {
  let nowMs = 0;
  const storage = openStorage({ file: join(folder, 'taffrail.db'), newId: () => 'id' });
  const health = createHealth({ storage, clock: () => new Date(nowMs) });
  expect(health.unready()).toBeUndefined();
  storage.close();
  expect(health.unready()).toBeUndefined();
  nowMs += 2_000;
  expect(health.unready()).toMatch(/database/);
  health.leave();
  expect(health.unready()).toBe('The server is shutting down.');
});
