import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doorLimits } from '@taffrail/publish';
import { validate } from 'dockerfile-utils';
import { afterAll, describe, expect, it } from 'vitest';
import { longestCloseMs } from '../../apps/server/src/serve.ts';
import { parse } from '../../packages/cli/src/program.ts';
import { deployFolder, dockerfileText, readDockerfile } from '../product/dockerfile.ts';

const read = (name: string) => readFileSync(join(deployFolder, name), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'taffrail-deploy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Those that serve, and the commands that each runs. */
const servers = ['taffrail.service', 'taffrail-stream@.service'];
const units: [unit: string, commands: number][] = [
  ...servers.map((unit): [string, number] => [unit, 2]),
  ['taffrail-signer.service', 1],
];
const installed = '/opt/taffrail/bin/taffrail';
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
/** 0 is sealed off, 10 is open to everything; below 2 systemd calls a unit fine. */
const mostExposed = 2;

/** A unit as it would be on a machine where the program is installed. */
function installedUnit(name: string): string {
  const program = join(folder, 'taffrail');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const path = join(folder, name);
  writeFileSync(path, read(name).replaceAll(installed, program));
  return path;
}

const settingsOf = (unit: string) =>
  read(unit)
    .split('\n')
    .filter((line) => /^\w+=/.test(line));
const valueOf = (unit: string, name: string) =>
  settingsOf(unit)
    .find((line) => line.startsWith(`${name}=`))
    ?.split('=')[1] ?? '';

describe.each(units)('%s', (unit, count) => {
  it.skipIf(!hasSystemd)('is understood by systemd, without a warning', () => {
    const verified = spawnSync('systemd-analyze', ['verify', installedUnit(unit)], { encoding: 'utf8' });
    expect({ status: verified.status, said: verified.stderr }).toEqual({ status: 0, said: '' });
  });

  it.skipIf(!hasSystemd)('lets it do little else than its work', () => {
    const args = ['security', '--offline=true', `--threshold=${mostExposed * 10}`, '--no-pager', installedUnit(unit)];
    const [, exposure = ''] =
      /exposure level .*: ([\d.]+)/.exec(execFileSync('systemd-analyze', args, { encoding: 'utf8' })) ?? [];
    console.log(`${unit}: exposure ${exposure} of 10`);
    expect(Number(exposure)).toBeGreaterThan(0);
    expect(Number(exposure)).toBeLessThanOrEqual(mostExposed);
  });

  it('runs commands that there are', () => {
    const commands = settingsOf(unit).filter((line) => line.includes(installed));
    expect(commands).toHaveLength(count);
    for (const line of commands) {
      const typed = line.replaceAll('%i', '4401').replace(/\$\{\w+\}/g, 'main');
      expect(parse(typed.split(' ').slice(1), '')).toHaveProperty('row');
    }
  });

  it('is hardened like the others', () => {
    expect(hardening(unit)).toEqual(hardening('taffrail.service'));
    expect(hardening(unit).length).toBeGreaterThan(25);
  });
});

describe.each(servers)('%s', (unit) => {
  it('gives it the files for all its streams, and the time to send them elsewhere', () => {
    expect(Number(valueOf(unit, 'LimitNOFILE'))).toBeGreaterThan(2 * doorLimits.streams);
    expect(Number(valueOf(unit, 'TimeoutStopSec')) * 1_000).toBeGreaterThan(longestCloseMs);
  });
});

const hardening = (unit: string) => settingsOf(unit).slice(settingsOf(unit).indexOf('DynamicUser=yes'));

describe('the signer', () => {
  const unit = 'taffrail-signer.service';

  it('has the key as a copy of its own, and shares no folder, user or file of settings with the server', () => {
    expect(valueOf(unit, 'LoadCredential')).toBe('signer.pem:/etc/taffrail/signer.pem');
    expect(read('taffrail.service')).not.toContain('signer');
    expect(valueOf(unit, 'StateDirectory')).not.toBe(valueOf('taffrail.service', 'StateDirectory'));
    expect(valueOf(unit, 'EnvironmentFile')).not.toBe(valueOf('taffrail.service', 'EnvironmentFile'));
  });
});

describe('the Dockerfile', () => {
  const image = readDockerfile();
  const words = (args: readonly string[]) => args.slice(image.entrypoint.length);

  it('has no mistake that a linter knows', () => {
    expect(validate(dockerfileText).map(({ message, range }) => ({ line: range.start.line + 1, message }))).toEqual([]);
  });

  it('builds on the Node that the repository is tested with, by its whole version', () => {
    const [, version = ''] = /NODE_VERSION=(\d+\.\d+\.\d+)$/m.exec(dockerfileText) ?? [];
    expect(version.split('.')[0]).toBe(readFileSync(new URL('../../.nvmrc', import.meta.url), 'utf8').trim());
    expect(new Set(image.bases)).toEqual(new Set(['node:${NODE_VERSION}-bookworm-slim']));
  });

  it('runs as somebody who owns nothing but the data', () => {
    expect(image.user).toBe('node');
    expect(image.final.runs).toEqual(['install -d -o node -g node -m 0700 /data']);
    expect(image.volumes).toEqual([image.environment['TAFFRAIL_DATA']]);
  });

  it('runs Node as the first process, so that signals reach it, and commands that there are', () => {
    expect(image.entrypoint).toEqual(['node', 'packages/cli/bin/taffrail.js']);
    expect(image.stopSignal).toBe('SIGTERM');
    expect(parse([...image.command], '')).toHaveProperty('row');
    expect(image.health.slice(0, 2)).toEqual(image.entrypoint);
    expect(parse(words(image.health), '')).toHaveProperty('row');
  });

  it('takes in only what was built, and nothing of a work tree but its sources', () => {
    expect(image.final.copies.length).toBeGreaterThan(2);
    expect(image.final.copies.every(({ fromStage }) => fromStage)).toBe(true);
    const left = read('Dockerfile.dockerignore').split('\n');
    expect(left).toEqual(expect.arrayContaining(['**/node_modules', '**/dist', '**/data', '**/*.env', '.git']));
  });
});
