import { rmSync } from 'node:fs';
import { build } from './build.mjs';
import { diagnose } from './doctor.mjs';
import { meetNeeds } from './needs.mjs';
import { root, run, runBin } from './run.mjs';
import { count } from './tally.mjs';

const report = `${root}.reports/vitest.json`;
rmSync(report, { force: true });
const args = process.argv.slice(2);
// The checks belong to the whole: a run of some paths or of one project goes without.
const wholeRun = args.length === 0;
process.exitCode = await test(args);

async function test(args) {
  const problem = diagnose();
  if (problem) return fail(problem);
  if ((await build()) !== 0) return fail('The build failed; no test was run.');
  const { env, missing, stop } = await meetNeeds();
  for (const { name, hint } of missing)
    process.stderr.write(`\n  ${name} is missing, so the tests that need it cannot run: ${hint}\n\n`);
  try {
    return missing.length > 0 && process.env.CI ? fail('CI skips nothing; no test was run.') : await runTests(args, env);
  } finally {
    await stop();
  }
}

async function runTests(args, env) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  // Asked for by themselves, the faults have the time for everything.
  const depth = args.includes('--project=faults') ? { TAFFRAIL_FAULTS: 'full' } : {};
  // The tests leave processors idle while they wait, and the checks read what nobody writes.
  const [checked, tested] = await Promise.all([
    wholeRun ? run(process.execPath, [`${root}scripts/check.mjs`]) : 0,
    runBin('vitest/vitest.mjs', ['run', ...reporters, ...args], { env: { ...process.env, ...depth, ...env } }),
  ]);
  const code = Math.max(checked, tested);
  process.stdout.write(`${count(report, code)}\n`);
  return code;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.stdout.write(`${count(report, 1)}\n`);
  return 1;
}
