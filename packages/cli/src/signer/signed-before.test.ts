import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSignedBefore } from './signed-before.ts';

const flags = 'sha256:f';

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-signed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'signed.json');
}

it('is on disk once it is noted, though much is noted at once', async () => {
  const file = newFile();
  const before = await readSignedBefore(file);
  const notes = Array.from({ length: 50 }, async (_, at) => {
    await before.note('8.4.0', at + 1, { digest: `sha256:${at}`, flags });
    expect(JSON.parse(readFileSync(file, 'utf8'))['8.4.0'][at + 1]).toBe(`sha256:${at}`);
  });
  await Promise.all(notes);
  const again = await readSignedBefore(file);
  expect(again.digestOf('8.4.0', 50)).toBe('sha256:49');
  expect([again.flagsOf('8.4.0'), again.flagsOf('8.5.0')]).toEqual([flags, undefined]);
  expect(again.highest()).toEqual([{ release: '8.4.0', revision: 50 }]);
});

it('knows nothing of what was not signed, and forgets without a file', async () => {
  const before = await readSignedBefore(undefined);
  await before.note('8.4.0', 1, { digest: 'sha256:0', flags });
  expect([before.digestOf('8.4.0', 1), before.digestOf('8.4.0', 2), before.digestOf('8.5.0', 1)]).toEqual([
    'sha256:0',
    undefined,
    undefined,
  ]);
  expect((await readSignedBefore(undefined)).highest()).toEqual([]);
});

it('is not thrown away when it cannot be read', async () => {
  const file = newFile();
  writeFileSync(file, '{');
  await expect(readSignedBefore(file)).rejects.toThrow(`${file} cannot be read: it is what this signer signed before`);
});

it('says that nothing could be noted', async () => {
  const file = newFile();
  const before = await readSignedBefore(file);
  mkdirSync(file);
  await expect(before.note('8.4.0', 1, { digest: 'sha256:0', flags })).rejects.toThrow(`${file} cannot be written`);
  rmSync(file, { recursive: true });
  await before.note('8.4.0', 2, { digest: 'sha256:1', flags });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ '8.4.0': { 1: 'sha256:0', 2: 'sha256:1', flags } });
});
