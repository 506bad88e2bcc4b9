import { readFileSync } from 'node:fs';

/**
 * "N passed, N failed" from vitest's JSON report. A file that could not be loaded has no tests, and an unhandled error
 * belongs to none: each counts as a failure, so that a run which failed never reads as one which passed.
 */
export function count(report, exitCode) {
  const { testResults = [], numPassedTests = 0, numFailedTests = 0 } = read(report);
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  const failed = numFailedTests + unloaded.length;
  return `${numPassedTests} passed, ${exitCode === 0 ? failed : Math.max(failed, 1)} failed`;
}

function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return {};
  }
}
