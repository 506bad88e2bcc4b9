import { fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { AuditError } from './audit-error.ts';
import type { ScanRequest } from './config/scan-request.ts';
import type { Notice } from './scan/list-files.ts';
import type { Scan } from './scan/scan.ts';

/** As built, whichever of both folders this file is in. */
const child = fileURLToPath(new URL('../dist/scan.child.js', import.meta.url));

/** What a repository does not hold, git does not fetch: how, its settings would say, and that may be a program of theirs. */
const offline = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };

const mostMs = 120_000;
const mostMegabytes = 448;
/** Each takes a file with it. */
const mostCrashes = 20;

type Outcome =
  | { readonly scan: Scan }
  | { readonly error: string }
  /** The process ended without an answer, at a file if it was parsing one. */
  | { readonly ended: string; readonly file: string | undefined };

export interface Apart {
  /** What the process may know of its surroundings: git wants a path and a home. Nothing of ours is handed on: there may be a token in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Scans in a process of its own, bounded in memory and time. A file that brings the parser down brings down that process alone: it is
 * left out, and a notice says so.
 */
export async function scanApart(request: ScanRequest, apart: Apart): Promise<Scan> {
  const notices: Notice[] = [];
  const deadline = Date.now() + mostMs;
  for (let crashes = 0; crashes <= mostCrashes; crashes += 1) {
    const skip = notices.map(({ file }) => file);
    const outcome = await scanOnce({ ...request, skip }, deadline - Date.now(), apart);
    if ('scan' in outcome) return { ...outcome.scan, notices: [...outcome.scan.notices, ...notices] };
    if ('error' in outcome) throw new AuditError(outcome.error);
    if (outcome.file === undefined || outcome.ended === timeout) throw new AuditError(gaveUp(outcome));
    notices.push({ file: outcome.file, sentence: `The parser failed on it (${outcome.ended}); it was left out.` });
  }
  throw new AuditError(
    `The parser failed on ${notices.map(({ file }) => file).join(', ')}. Leave them out by "ignore" in taffrail.audit.json.`,
  );
}

const timeout = 'timeout';

function gaveUp({ ended, file }: Extract<Outcome, { ended: string }>): string {
  const at = file === undefined ? '' : ` at ${file}`;
  const advice = 'Leave files out by "ignore" in taffrail.audit.json, or audit a folder further down.';
  return ended === timeout
    ? `The scan took longer than ${mostMs / 1_000} s${at}. ${advice}`
    : `The scan ended early (${ended})${at}. ${advice}`;
}

function scanOnce(request: ScanRequest, leftMs: number, { env, signal }: Apart): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const scanner = fork(child, [], {
      execArgv: [`--max-old-space-size=${mostMegabytes}`],
      env: { ...handedOn(env), ...offline },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let outcome: Outcome | undefined;
    let parsing: string | undefined;
    let late = false;
    const timer = setTimeout(() => (late = scanner.kill('SIGKILL')), Math.max(leftMs, 0));
    follow(scanner.stdio[4] as Readable, (file) => (parsing = file));
    scanner.on('message', (answer) => (outcome = answer as Outcome));
    scanner.on('error', (error) => (clearTimeout(timer), reject(error)));
    scanner.on('close', (code, killed) => {
      clearTimeout(timer);
      resolve(outcome ?? { ended: late ? timeout : (killed ?? `exit code ${code}`), file: parsing });
    });
    scanner.send(request);
  });
}

function handedOn(env: Apart['env']): Apart['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TAFFRAIL_') && name !== 'NODE_OPTIONS'));
}

/** Hears of each file that is about to be parsed; their names end with NUL, for they may hold anything else. */
function follow(stream: Readable, hear: (file: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const names = (rest + text).split('\0');
    rest = names.pop() ?? '';
    const last = names.at(-1);
    if (last !== undefined) hear(last);
  });
}
