import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { root } from './run.mjs';

const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const failed = Object.keys(scripts)
  .filter((name) => name.startsWith('check:'))
  .filter((name) => !passes(name));

process.stdout.write(failed.length === 0 ? '\nAll checks pass.\n' : `\nFailed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Goes through npm, so that a check means the same alone and among the others; its output is shown only if it fails. */
function passes(name) {
  const startedMs = Date.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (status !== 0) process.stdout.write(`${stdout}${stderr}\n`);
  return status === 0;
}
