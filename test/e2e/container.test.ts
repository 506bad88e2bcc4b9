import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { readDockerfile } from '../product/dockerfile.ts';
import { freePort, newFolder } from '../product/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const image = readDockerfile();
const folder = newFolder();
const [build, app, data] = ['build', 'app', 'data'].map((name) => join(folder.path, name)) as [string, string, string];
let server: ChildProcess | undefined;

afterAll(() => {
  server?.kill('SIGKILL');
  folder.remove();
});

/**
 * Docker does not run everywhere. What its steps come to does: the same files, installed by the same command, started by the same
 * command line. Only the SQLite driver is not compiled once more.
 */
it('what the Dockerfile puts together serves, is healthy, and leaves when it is told to', { timeout: 300_000 }, async () => {
  takeBuilt();
  const [install = '', remove = ''] = image.build.runs.at(-1)?.split(' && ') ?? [];
  expect(install).toMatch(/^npm ci --omit=dev --workspace \S+/);
  sh(`${install} --ignore-scripts --prefer-offline`, build);
  takeDriver();
  sh(remove, build);
  for (const { source, to } of image.final.copies) copyInto(source, to);

  const PORT = String(await freePort());
  const env = { PATH: process.env['PATH'] ?? '', ...image.environment, TAFFRAIL_DATA: data, PORT };
  const output = start(env);
  const health = () =>
    execFileSync(process.execPath, [...image.health.slice(1), '--wait', '60'], { cwd: app, env, encoding: 'utf8' });
  expect(health()).toBe(`http://127.0.0.1:${PORT} is ready.\n`);
  await expect.poll(output).toMatch(/Sign in for the first time, once, within 24 hours: \S+/);
  expect(await (await fetch(`http://127.0.0.1:${PORT}/`, { headers: { accept: 'text/html' } })).text()).toContain('<title>');

  const ended = once(server!, 'close');
  server!.kill(image.stopSignal as NodeJS.Signals);
  expect(await ended).toEqual([0, null]);
  expect(output()).toContain('Shutting down; streams are told to come back.');
  console.log(
    `The image's own files: ${megabytes(app)} MB, ${readdirSync(join(app, 'node_modules')).length} packages at the top`,
  );
});

/** As the build stage has it after `npm run build`: manifests and what was built, of every workspace. */
function takeBuilt(): void {
  for (const name of ['package.json', 'package-lock.json', 'test/package.json']) cpSync(join(root, name), join(build, name));
  const workspaces = ['packages', 'apps'].flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)));
  for (const workspace of workspaces) {
    for (const part of ['package.json', 'bin', 'dist', 'migrations', 'deploy']) {
      const from = join(root, workspace, part);
      if (existsSync(from)) cpSync(from, join(build, workspace, part), { recursive: true });
    }
  }
}

function takeDriver(): void {
  const driver = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';
  cpSync(join(root, driver), join(build, driver));
}

/** `COPY --from=build /build/x x`, with links as they are. */
function copyInto(source: string, to: string): void {
  const from = source.replace(/^\/build/, build);
  const target = to === './' ? join(app, source.slice('/build/'.length)) : join(app, to);
  cpSync(from, target, { recursive: true, verbatimSymlinks: true });
}

function sh(command: string, cwd: string): void {
  execFileSync('sh', ['-c', command], { cwd, stdio: 'pipe' });
}

function start(env: Record<string, string>): () => string {
  rmSync(data, { recursive: true, force: true });
  const [, ...args] = [...image.entrypoint, ...image.command];
  server = spawn(process.execPath, args, { cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (text) => (output += text));
  return () => output;
}

const megabytes = (path: string) =>
  Math.round(Number(execFileSync('du', ['-sk', path], { encoding: 'utf8' }).split('\t')[0]) / 1_000);
