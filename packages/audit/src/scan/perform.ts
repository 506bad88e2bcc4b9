import type { ScanRequest } from '../config/scan-request.ts';
import { ignoreRules } from './ignore-rules.ts';
import { scan, type Scan } from './scan.ts';
import type { Source } from './source.ts';
import { stagedFiles } from './staged.ts';
import { workTree } from './work-tree.ts';

/** Carries out a request in this process. `parsing` hears of each file before it is parsed. */
export function perform(request: ScanRequest, parsing?: (file: string) => void): Scan {
  const { root, staged, ignore, tests, calls, sets, clients, keys } = request;
  const whole = staged ? stagedFiles(root, ignore) : workTree(root, ignore);
  const isTest = pathTest(tests);
  return scan(without(whole, new Set(request.skip)), { calls, sets, clients, keys, isTest, ...(parsing ? { parsing } : {}) });
}

function without(source: Source, skipped: ReadonlySet<string>): Source {
  if (skipped.size === 0) return source;
  const files = source.files.filter((file) => !skipped.has(file));
  const audited = source.audited === source.files ? files : source.audited.filter((file) => !skipped.has(file));
  return { ...source, files, audited, text: (file) => (skipped.has(file) ? undefined : source.text(file)) };
}

/** Whether a path, or a folder on the way to it, fits patterns. */
function pathTest(patterns: readonly string[]): (path: string) => boolean {
  const rules = ignoreRules(patterns.join('\n'));
  return (path) => {
    const folders = [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
    return folders.some((folder) => rules(folder, true) === true) || rules(path, false) === true;
  };
}
