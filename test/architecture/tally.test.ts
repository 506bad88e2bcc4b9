import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { count } from '../../scripts/tally.mjs';

const folder = mkdtempSync(join(tmpdir(), 'taffrail-tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

const loaded = { status: 'passed', assertionResults: [{}] };
const unloaded = { status: 'failed', assertionResults: [] };

it.each([
  ['counts what passed', { testResults: [loaded], numPassedTests: 2, numFailedTests: 0 }, 0, '2 passed, 0 failed'],
  ['counts what failed', { testResults: [loaded], numPassedTests: 2, numFailedTests: 3 }, 1, '2 passed, 3 failed'],
  [
    'counts a file that did not load',
    { testResults: [loaded, unloaded], numPassedTests: 1, numFailedTests: 1 },
    1,
    '1 passed, 2 failed',
  ],
  [
    'counts an error outside of any test',
    { testResults: [loaded], numPassedTests: 1, numFailedTests: 0 },
    1,
    '1 passed, 1 failed',
  ],
  ['counts a run that left no report', undefined, 1, '0 passed, 1 failed'],
])('%s', (name, report, exitCode, line) => {
  const file = join(folder, `${name}.json`);
  if (report) writeFileSync(file, JSON.stringify(report));
  expect(count(file, exitCode)).toBe(line);
});
