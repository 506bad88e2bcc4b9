import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Look, lookAt } from './read.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taffrail-override-'));
  file = join(folder, 'flags.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = 'version: 1\noverrides: []\n';
const readable = { state: 'read', bytes: expect.anything() } as const;
const textOf = (look: Look) => (look.state === 'read' ? new TextDecoder().decode(look.bytes) : look.state);

/** Puts a version of the folder in the place of the one before, as Kubernetes does. */
function mount(version: string, content: string): void {
  mkdirSync(join(folder, version));
  writeFileSync(join(folder, version, 'flags.yaml'), content);
  symlinkSync(version, join(folder, '..data.new'));
  renameSync(join(folder, '..data.new'), join(folder, '..data'));
}

describe('a look at a file', () => {
  it('reads it once, and again when it is another', async () => {
    writeFileSync(file, text);
    const first = await lookAt(file);
    expect(textOf(first)).toBe(text);
    const { mark } = first as { mark: string };
    expect(await lookAt(file, mark)).toEqual({ state: 'same' });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    expect(await lookAt(file, mark)).toMatchObject(readable);
  });

  it('follows the links of a mounted volume through their swap', async () => {
    mount('..1', 'one');
    symlinkSync('..data/flags.yaml', file);
    const first = await lookAt(file);
    mount('..2', 'two');
    expect([textOf(first), textOf(await lookAt(file, (first as { mark: string }).mark))]).toEqual(['one', 'two']);
  });

  it('finds nothing where there is nothing, or a link to nothing', async () => {
    expect(await lookAt(file)).toEqual({ state: 'missing' });
    symlinkSync('gone', file);
    expect(await lookAt(file)).toEqual({ state: 'missing' });
  });

  it.each<[string, (path: string) => void, (path: string) => string]>([
    ['a folder', (path) => mkdirSync(path), () => 'this is a folder, not a file: name the file itself'],
    [
      'a pipe',
      (path) => execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path]),
      () => 'this is a pipe, not a file: name the file itself',
    ],
    ['a device', (path) => symlinkSync('/dev/zero', path), () => 'this is a device, not a file: name the file itself'],
    [
      'a circle of links',
      (path) => symlinkSync(path, path),
      () => 'the file leads in a circle of symbolic links (ELOOP): point it at a file',
    ],
    [
      'a file that everybody may write',
      (path) => (writeFileSync(path, text), chmodSync(path, 0o666)),
      (path) => `everybody on this machine may write the file: run chmod o-w ${path}`,
    ],
    [
      'a file of 2 GB',
      (path) => (writeFileSync(path, text), truncateSync(path, 2 ** 31)),
      () => 'the file has 2147483648 bytes, and an override file at most 262144: is it the right one?',
    ],
  ])('refuses %s, says so, and has nothing new to say the next time', async (_, make, message) => {
    make(file);
    const look = await lookAt(file);
    expect(look).toEqual({ state: 'refused', mark: expect.any(String), message: message(file) });
    expect(await lookAt(file, (look as { mark: string }).mark)).toEqual({ state: 'same' });
  });

  it('refuses a socket', async () => {
    const server = createServer().listen(file);
    await once(server, 'listening');
    expect(await lookAt(file)).toMatchObject({ state: 'refused', message: 'this is a socket, not a file: name the file itself' });
    server.close();
  });

  it('refuses a path that goes through a file', async () => {
    writeFileSync(file, text);
    expect(await lookAt(join(file, 'flags.yaml'))).toMatchObject({
      state: 'refused',
      message: 'the path goes through something that is no folder (ENOTDIR): correct the path',
    });
  });

  it('takes nothing from a file that is being written', async () => {
    writeFileSync(file, text);
    const writer = `const { appendFileSync } = require('node:fs'); for (let i = 0; i < 2e5; i++) appendFileSync(${JSON.stringify(file)}, '#');`;
    const child = spawn(process.execPath, ['-e', writer]);
    const looks: Look[] = [];
    while (child.exitCode === null && !looks.some(({ state }) => state === 'changing')) looks.push(await lookAt(file));
    child.kill();
    expect(looks).toContainEqual({
      state: 'changing',
      message: 'the file changed while it was read: write it anew beside, and rename it',
    });
  });
});
