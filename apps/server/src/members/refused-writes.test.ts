import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openStorage } from '../db/storage.ts';
import { newFolder } from '../testing/running-server.ts';
import { createCredentials } from './credentials.ts';
import { createSessions } from './sessions.ts';

const hourMs = 3_600_000;
const start = new Date('2026-11-23T12:00:00Z');
const later = new Date(start.getTime() + 2 * hourMs);

const folder = newFolder();
const storage = openStorage({ file: join(folder, 'taffrail.db'), newId: () => 'epoch' });
afterAll(() => {
  storage.close();
  rmSync(folder, { recursive: true });
});

/** What every write meets on a full disk, or one that was mounted to be read only. */
const refuseWrites = (refused: boolean): void => void writer.run(`PRAGMA query_only = ${refused ? 'ON' : 'OFF'}`);
const writer = storage.transact((db) => db);

test('when a key was last used is written once the disk takes it, and refusing it ends nothing', () => {
  const credentials = createCredentials(storage);
  credentials.add({ id: 'key', org: 'acme', sort: 'token', digest: 'digest' });
  credentials.touch('key', later);
  refuseWrites(true);
  credentials.flush();
  refuseWrites(false);
  expect(createCredentials(storage).lastUsed('acme').has('key')).toBe(false);
  credentials.flush();
  expect(createCredentials(storage).lastUsed('acme').get('key')).toBe(later.toISOString());
});

test('somebody who is signed in still is while the disk refuses to note it', () => {
  const sessions = createSessions(storage);
  const { id, secret } = sessions.start('ana', start);
  refuseWrites(true);
  expect(sessions.find(secret, later)).toEqual({ id, person: 'ana' });
  expect(() => sessions.start('ben', later)).toThrow(/cannot be written/);
  refuseWrites(false);
});
