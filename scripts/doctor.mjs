import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMain } from './is-main.mjs';
import { root } from './run.mjs';

const oldestNodeMajor = 20;

/** What this machine lacks, in the order in which to put it right. Each row: what is wrong, and the one line that helps. */
const checks = [
  { wrong: `Node ${process.version} is too old`, fix: `install Node ${oldestNodeMajor} or later`, ok: nodeIsRecent },
  { wrong: 'the dependencies are not installed', fix: 'npm ci', ok: () => existsSync(`${root}node_modules/better-sqlite3`) },
  { wrong: 'the SQLite driver does not load', fix: driverFix(), ok: driverLoads },
];

/** The first thing that is wrong, as one sentence with its remedy, or undefined. */
export function diagnose() {
  const failed = checks.find(({ ok }) => !ok());
  return failed && `${failed.wrong}. Run this, then try again:\n\n  ${failed.fix}\n`;
}

function nodeIsRecent() {
  return Number(process.versions.node.split('.')[0]) >= oldestNodeMajor;
}

/** The driver is native: it may be there and not load, having been compiled for another Node or not at all. */
function driverLoads() {
  try {
    const Database = createRequire(`${root}apps/server/package.json`)('better-sqlite3');
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

function driverFix() {
  const rebuild = 'npm rebuild better-sqlite3';
  if (!existsSync('/usr/bin/apt-get')) return rebuild;
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  return `${sudo}apt-get install -y python3 make g++ && ${rebuild}`;
}

if (isMain(import.meta)) {
  const problem = diagnose();
  process.stdout.write(problem ?? 'This machine has what Taffrail needs.\n');
  process.exitCode = problem ? 1 : 0;
}
