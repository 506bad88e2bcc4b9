import { execFileSync } from 'node:child_process';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { readFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);
const GIB = 2 ** 30;

/** What the figures were taken with: kinds and versions, no names. */
export function machine() {
  const [busy] = loadavg();
  const cores = availableParallelism();
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  return [
    `Taffrail ${version}${revision()}`,
    `Node ${process.versions.node}, V8 ${process.versions.v8}`,
    `${process.platform} ${process.arch}, ${cores} cores, ${Math.round(totalmem() / GIB)} GiB of memory, load ${busy.toFixed(1)} before the run${busy > cores ? ': other work ran beside it, and what is not CPU time took longer for it' : ''}`,
    new Date().toISOString().slice(0, 10),
  ];
}

function revision() {
  try {
    return ` at ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()}`;
  } catch {
    return '';
  }
}
