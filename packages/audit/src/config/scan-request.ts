import type { AuditConfig } from '@taffrail/schema';
import type { CallPattern } from '../reads/recognise.ts';
import type { SettingPattern, SettingSort } from '../reads/settings.ts';
import { argument, type ReadSort } from '../reads/sorts.ts';

/** What a scan is asked for: plain data, so that another process can do it. */
export interface ScanRequest {
  readonly root: string;
  /** What is in git's index, and there only what differs from the last commit. */
  readonly staged: boolean;
  readonly calls: readonly CallPattern[];
  readonly sets: readonly SettingPattern[];
  readonly clients: readonly string[];
  readonly ignore: readonly string[];
  readonly tests: readonly string[];
  /** Keys to look for in texts. */
  readonly keys: readonly string[];
  /** Files that are not to be touched again. */
  readonly skip: readonly string[];
}

/** Where tests usually are. */
const usualTests = ['*.test.*', '*.spec.*', '__tests__/', '__mocks__/', 'test/', 'tests/', 'e2e/'];

/** The scan that a configuration asks for. */
export function scanRequest(root: string, config: AuditConfig, more: Pick<ScanRequest, 'staged' | 'keys'>): ScanRequest {
  return {
    root,
    ...more,
    calls: (config.calls ?? []).map((call) => ({ names: call.callee.split('.'), sort: readSortOf(call) })),
    sets: (config.sets ?? []).map((set) => ({ names: set.callee.split('.'), sort: settingSortOf(set) })),
    clients: config.clients ?? [],
    ignore: config.ignore ?? [],
    tests: config.tests ?? usualTests,
    skip: [],
  };
}

type Call = NonNullable<AuditConfig['calls']>[number];
type Set = NonNullable<AuditConfig['sets']>[number];

function readSortOf({ key = 0, default: codeDefault, type }: Call): ReadSort {
  return {
    key: argument(key),
    leastArguments: key + 1,
    ...(codeDefault === undefined ? {} : { codeDefault: argument(codeDefault) }),
    ...(type === undefined ? {} : { type }),
  };
}

function settingSortOf({ flags, key = 0, value }: Set): SettingSort {
  if (flags !== undefined) return { flags: argument(flags) };
  return { key: argument(key), ...(value === undefined ? {} : { value: argument(value) }) };
}
