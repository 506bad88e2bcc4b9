import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, startServer, type RunningServer } from '../testing/running-server.ts';

let nowMs = Date.parse('2026-11-23T12:00:00Z');
const start = (folder: string) => startServer({ folder, clock: () => new Date(nowMs) });

const tryToSignIn = async (server: RunningServer, email: string) =>
  (await server.send('POST', '/api/v1/session', { body: { email, password: 'a guess at random' } })).status;

it('goes on counting after a restart: whoever waited for one gains no try', async () => {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await start(folder);
  for (let tries = 0; tries < 10; tries++) expect(await tryToSignIn(first, 'ana@example.org')).toBe(401);
  expect(await tryToSignIn(first, 'ana@example.org')).toBe(429);
  await first.close();

  nowMs += 1_000;
  const second = await start(folder);
  onTestFinished(() => second.close());
  expect(await tryToSignIn(second, 'ana@example.org')).toBe(429);
  expect(await tryToSignIn(second, 'ben@example.org')).toBe(401);
  nowMs += 60_000;
  expect(await tryToSignIn(second, 'ana@example.org')).toBe(401);
});
