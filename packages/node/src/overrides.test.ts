import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import type { NodeOptions } from './options.ts';
import { KEY, startWire, switchFlag } from './wire-server.test-kit.ts';

/** These wait for a real file system on a machine that may be busy. */
const PATIENCE = { timeout: 20_000, interval: 20 };
vi.setConfig({ testTimeout: 3 * PATIENCE.timeout });

let wire: Awaited<ReturnType<typeof startWire>>;
let folder = '';
let file = '';
let said: string[] = [];
const ends: (() => Promise<void>)[] = [];
const logger = { warn: (text: string) => said.push(`warn ${text}`), error: (text: string) => said.push(`error ${text}`) };

function client(options: Partial<NodeOptions> = {}) {
  const made = createClient({ url: wire.url, key: KEY, cacheFolder: false, logger, overrideFile: file, ...options });
  ends.push(() => made.close());
  return made;
}

const fileOf = (...entries: readonly string[]): string =>
  ['version: 1', 'overrides:', ...entries.map((entry) => `  - {${entry}}`), ''].join('\n');
const darkIn = (org: string): string => fileOf(`flag: dark, value: true, orgs: [${org}]`);

/** As a careful editor does: written beside, then put in the file's place. */
function swap(text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taffrail-overrides-'));
  file = join(folder, 'flags.yaml');
  said = [];
  wire = await startWire([
    switchFlag('dark', false),
    switchFlag('dead', false, { on: false, metadata: { layer: 'kill' } }),
    switchFlag('other', true),
  ]);
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await wire.stop();
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

describe('an override file', () => {
  it('counts as soon as the client is ready, for its orgs, and details say which line', async () => {
    swap(darkIn('berlin'));
    const flags = client();
    await flags.ready();
    expect(flags.details('dark', false, { org: 'berlin' })).toMatchObject({
      value: true,
      reason: 'TARGETING_MATCH',
      flagMetadata: { layer: 'override', source: `${file}:3`, environment: 'production' },
    });
    expect(flags.details('dark', false, { org: 'rome' })).toMatchObject({
      value: false,
      reason: 'STATIC',
      flagMetadata: { layer: 'environment' },
    });
    expect(said).toEqual([`warn Taffrail: ${file} was read: 1 override.`]);
  });

  it('is found by the variable, unless the program wants none', async () => {
    swap(darkIn('berlin'));
    vi.stubEnv('TAFFRAIL_OVERRIDE_FILE', file);
    const { overrideFile: _, ...options } = { overrideFile: file };
    const [found, refused] = [
      createClient({ url: wire.url, key: KEY, cacheFolder: false, logger, ...options }),
      client({ overrideFile: false }),
    ];
    ends.push(() => found.close());
    await Promise.all([found.ready(), refused.ready()]);
    expect([found, refused].map((flags) => flags.isEnabled('dark', { org: 'berlin' }))).toEqual([true, false]);
  });

  it('stays in front of the flag when the flag changes', async () => {
    swap(fileOf('flag: other, value: false'));
    const flags = client();
    await flags.ready();
    await wire.edit(switchFlag('other', true, { salt: 'new' }), switchFlag('dark', true));
    await vi.waitFor(() => expect(flags.isEnabled('dark')).toBe(true), PATIENCE);
    expect(flags.isEnabled('other')).toBe(false);
  });

  it('turns nothing on that was killed, and says so', async () => {
    swap(fileOf('flag: dead, value: true'));
    const flags = client();
    await flags.ready();
    expect(flags.details('dead', true)).toMatchObject({ value: false, reason: 'DISABLED', flagMetadata: { layer: 'kill' } });
    await vi.waitFor(() => expect(said.at(-1)).toBe(`warn Taffrail: overrides without effect: ${file}:3:5: dead was killed, and stays off until it is unlocked: take the override out`), PATIENCE); // prettier-ignore
  });
});

describe('a file that changes', () => {
  it('is followed through renames by another process, and listeners hear of it', async () => {
    swap(darkIn('berlin'));
    const flags = client();
    await flags.ready();
    let heard = 0;
    flags.onChange('dark', () => heard++);
    writeFileSync(`${file}.next`, darkIn('rome'));
    execFileSync('mv', [`${file}.next`, file]);
    await vi.waitFor(() => expect(flags.isEnabled('dark', { org: 'rome' })).toBe(true), PATIENCE);
    expect(flags.isEnabled('dark', { org: 'berlin' })).toBe(false);
    expect(heard).toBe(1);
  });

  it('is followed through the swap of a mounted folder', async () => {
    const script = 'mkdir $1 && printf "$2" > $1/flags.yaml && ln -s $1 ..new && mv -T ..new ..data';
    const mount = (version: string, text: string) => execFileSync('sh', ['-c', script, 'sh', version, text], { cwd: folder });
    mount('..1', darkIn('berlin'));
    execFileSync('ln', ['-s', '..data/flags.yaml', 'flags.yaml'], { cwd: folder });
    const flags = client();
    await flags.ready();
    expect(flags.isEnabled('dark', { org: 'berlin' })).toBe(true);
    mount('..2', darkIn('rome'));
    await vi.waitFor(() => expect(flags.isEnabled('dark', { org: 'rome' })).toBe(true), PATIENCE);
    expect(flags.isEnabled('dark', { org: 'berlin' })).toBe(false);
  });

  it('that is broken leaves the last good one in effect, said once; mended it counts', async () => {
    swap(darkIn('berlin'));
    const flags = client();
    await flags.ready();
    swap('version: 1\noverrides:\n  - flag: dark\n    valeu: true\n');
    await vi.waitFor(() => expect(said).toHaveLength(2), PATIENCE);
    expect(said[1]).toBe(
      `error Taffrail: the override file was refused, what it said before stays in effect: ${file}:3:5: value is missing: ` +
        'what it serves, of the type of the flag; on, off, yes and no are good for true and false; ' +
        `${file}:4:5: there is no field 'valeu' here; did you mean 'value'?`,
    );
    expect(flags.isEnabled('dark', { org: 'berlin' })).toBe(true);
    swap(darkIn('rome'));
    await vi.waitFor(() => expect(flags.isEnabled('dark', { org: 'rome' })).toBe(true), PATIENCE);
    expect(said).toHaveLength(3);
  });

  it('that anybody may write is not believed until that is put right', async () => {
    swap(darkIn('berlin'));
    const flags = client();
    await flags.ready();
    appendFileSync(file, '  - {flag: other, value: false}\n');
    chmodSync(file, 0o666);
    await vi.waitFor(() => expect(said.at(-1)).toContain(`everybody on this machine may write the file: run chmod o-w ${file}`), PATIENCE); // prettier-ignore
    chmodSync(file, 0o644);
    await vi.waitFor(() => expect(flags.isEnabled('other')).toBe(false), PATIENCE);
  });

  it('that is removed counts no more, and counts again when it is back', async () => {
    swap(darkIn('berlin'));
    const flags = client();
    await flags.ready();
    rmSync(file);
    await vi.waitFor(() => expect(flags.isEnabled('dark', { org: 'berlin' })).toBe(false), PATIENCE);
    expect(said.at(-1)).toBe(`warn Taffrail: ${file} is gone: its overrides are no longer in effect.`);
    swap(darkIn('rome'));
    await vi.waitFor(() => expect(flags.isEnabled('dark', { org: 'rome' })).toBe(true), PATIENCE);
  });

  it('that is not there yet is waited for, though not by ready', async () => {
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    expect(said).toEqual([`warn Taffrail: ${file} is not there: no overrides are in effect.`]);
    swap(darkIn('berlin'));
    await vi.waitFor(() => expect(flags.isEnabled('dark', { org: 'berlin' })).toBe(true), PATIENCE);
  });

  it('is no longer followed once the client is closed', async () => {
    swap(darkIn('berlin'));
    const flags = client();
    await flags.ready();
    await flags.close();
    swap(darkIn('rome'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(flags.isEnabled('dark', { org: 'berlin' })).toBe(true);
    expect(said).toHaveLength(1);
  });
});

describe('what is no file', () => {
  it.each([
    ['a pipe that nobody writes to', 'mkfifo "$1"', 'this is a pipe, not a file: name the file itself'],
    ['a device without end', 'ln -s /dev/zero "$1"', 'this is a device, not a file: name the file itself'],
    [
      'a file of 2 GB',
      'truncate -s 2G "$1"',
      'the file has 2147483648 bytes, and an override file at most 262144: is it the right one?',
    ],
  ])('holds nothing up: %s', async (_, make, message) => {
    execFileSync('sh', ['-c', make, 'sh', file]);
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled('other')).toBe(true);
    expect(said).toEqual([`error Taffrail: the override file was refused, no overrides are in effect: ${file}: ${message}`]);
  });
});

describe('what does not fit the flags', () => {
  it('is said once, and keeps nothing else from counting', async () => {
    const entries = ['flag: drak, value: true', 'flag: other, value: 25', 'flag: dark, value: yes, expires: 2020-01-31'];
    swap(fileOf(...entries, 'flag: dead, value: no'));
    const flags = client();
    await flags.ready();
    await vi.waitFor(() => expect(said).toHaveLength(2), PATIENCE);
    expect(said[1]).toBe(
      'error Taffrail: overrides without effect: ' +
        [
          `${file}:3:5: there is no flag drak here; did you mean dark?`,
          `${file}:4:5: other serves true or false, and this value is a number`,
          `${file}:5:5: the override of dark expired on 2020-01-31: take it out, or renew it`,
          `${file}:6:5: dead was killed, and stays off until it is unlocked: take the override out`,
        ].join('; '),
    );
    await wire.edit(switchFlag('dark', true));
    await vi.waitFor(() => expect(flags.isEnabled('dark')).toBe(true), PATIENCE);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(said).toHaveLength(2);
  });
});

describe('TAFFRAIL_OFF', () => {
  it('turns off, whatever the file says, and names itself', async () => {
    vi.stubEnv('TAFFRAIL_OFF', 'dark,other');
    swap(fileOf('flag: dark, value: true'));
    const flags = client();
    await flags.ready();
    const off = { value: false, reason: 'DISABLED', flagMetadata: { layer: 'off', source: 'TAFFRAIL_OFF' } };
    expect([flags.details('dark', true), flags.details('other', true)]).toMatchObject([off, off]);
  });

  it('counts from the first value on, without any file', async () => {
    vi.stubEnv('TAFFRAIL_OFF', 'other');
    const bootstrap = await (await fetch(`${wire.url}/sdk/v1/snapshot`, { headers: { authorization: `Bearer ${KEY}` } })).text();
    const flags = client({ overrideFile: false, bootstrap });
    expect(flags.isEnabled('other')).toBe(false);
  });

  it('says which of its flags there is none of', async () => {
    vi.stubEnv('TAFFRAIL_OFF', 'ohter');
    await client({ overrideFile: false }).ready();
    await vi.waitFor(() => expect(said).toEqual(['warn Taffrail: overrides without effect: TAFFRAIL_OFF: there is no flag ohter here; did you mean other?']), PATIENCE); // prettier-ignore
  });
});
