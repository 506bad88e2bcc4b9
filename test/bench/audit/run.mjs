import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../packages/cli/bin/taffrail.js', import.meta.url));
const pollMs = 10;

/** Runs the command line as people do. Gives its time from start to end, and the most memory that it and its child had at a time. */
export function taffrail(args, cwd) {
  return measured(process.execPath, [cli, ...args], cwd);
}

export function measured(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err, mostBytes] = ['', '', 0];
    const poll = setInterval(() => (mostBytes = Math.max(mostBytes, residentBytes(child.pid))), pollMs);
    child.stdout.on('data', (text) => (out += text));
    child.stderr.on('data', (text) => (err += text));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(poll);
      resolve({ code, out, err, mostBytes, ms: performance.now() - startMs });
    });
  });
}

/** Of a process and of those it started. Nought where the system does not tell. */
function residentBytes(pid) {
  try {
    const own = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return children.reduce((sum, child) => sum + residentBytes(child), own);
  } catch {
    return 0;
  }
}
