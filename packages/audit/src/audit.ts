import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { auditSeverities, type AuditCheck, type AuditConfig, type AuditSeverity } from '@taffrail/schema';
import { AuditError } from './audit-error.ts';
import { readConfig } from './config/read-config.ts';
import { scanRequest } from './config/scan-request.ts';
import { judge, type Finding } from './judge.ts';
import type { Notice } from './scan/list-files.ts';
import { scanApart } from './scan-apart.ts';
import type { Scan } from './scan/scan.ts';
import type { Truth } from './truth/known-flag.ts';
import type { Shipped } from './truth/shipped.ts';

export interface AuditOptions {
  /** The folder whose code is audited. */
  readonly root: string;
  /** The configuration, if it is not the folder's own. */
  readonly config?: string | undefined;
  /** Only what the next commit takes, as it stands in git's index. */
  readonly staged?: boolean | undefined;
  /** The flags that there are; without them, checks that need them are not made. */
  readonly truth?: Truth | undefined;
  /** Releases that have left; without them, checks that need them are not made. */
  readonly shipped?: readonly Shipped[] | undefined;
  /** As `2027-01-31`: flags whose last day is before it are expired. */
  readonly today: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** What an audit came to. */
export interface Audit {
  readonly state: 'passed' | 'failed';
  readonly findings: readonly Finding[];
  /** What could not be looked at. */
  readonly notices: readonly Notice[];
  readonly reads: Scan['reads'];
  /** How many findings were suppressed in the code. */
  readonly suppressed: number;
  /** Checks that were wanted and could not be made for want of what they judge by. */
  readonly unmade: readonly AuditCheck[];
  /** How many files were audited, and how many of them had to be parsed. */
  readonly files: number;
  readonly parsed: number;
}

/** Audits a code base. Throws an `AuditError` if there can be no verdict. */
export async function audit(options: AuditOptions): Promise<Audit> {
  const { root, truth, shipped, today, env, signal, staged = false } = options;
  if (!isFolder(root)) throw new AuditError(`There is no folder ${root}.`);
  const { config, file } = await readConfig(root, options.config);
  const whole = !staged && (file !== undefined || existsSync(join(root, '.git')));
  const keys = whole ? keysOf(truth, shipped) : [];
  const scan = await scanApart(scanRequest(root, config, { staged, keys }), { env, signal });
  return verdictOf(scan, config, { truth, shipped, today, whole });
}

/** What is looked for in the text, where no read of it is found. */
function keysOf(truth: Truth | undefined, shipped: readonly Shipped[] = []): string[] {
  return [...new Set([...(truth?.flags.keys() ?? []), ...shipped.flatMap(({ flags }) => [...flags])])];
}

/** The same judgement of a scan that was made elsewhere. */
export function verdictOf(
  scan: Scan,
  config: AuditConfig,
  { truth, shipped, today, whole }: Pick<AuditOptions, 'truth' | 'shipped' | 'today'> & { readonly whole: boolean },
): Audit {
  const { findings, suppressed, unmade } = judge({ scan, config, truth, shipped, today, whole });
  const { notices, reads, files, parsed } = scan;
  const failed = findings.some(({ severity }) => weighs(severity, config.failOn ?? 'error'));
  return { state: failed ? 'failed' : 'passed', findings, notices, reads, suppressed, unmade, files, parsed };
}

const weighs = (severity: AuditSeverity, least: AuditSeverity) =>
  auditSeverities.indexOf(severity) <= auditSeverities.indexOf(least);

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
