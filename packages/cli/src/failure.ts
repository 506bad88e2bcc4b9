import { Refusal, Unreachable } from './api.ts';
import { printable } from './printable.ts';

/** What can go wrong before or beside the server's own problems. Exit code 1: it was understood and not done; 2: put something right first. */
const failures = {
  USAGE: { exitCode: 2, title: 'The command is not understood' },
  NOT_LOGGED_IN: { exitCode: 2, title: 'Log in first' },
  UNREACHABLE: { exitCode: 2, title: 'The server did not answer' },
  BAD_CONFIG: { exitCode: 2, title: 'The settings cannot be read' },
  BAD_FILE: { exitCode: 2, title: 'The file cannot be used' },
  REFUSED: { exitCode: 1, title: 'The file was refused' },
  PLACE_UNKNOWN: { exitCode: 2, title: 'Say where' },
  NOT_CONFIRMED: { exitCode: 2, title: 'This needs a yes' },
  DECLINED: { exitCode: 1, title: 'Nothing was changed' },
  NOTHING_FOUND: { exitCode: 1, title: 'Nothing was found' },
  INTERRUPTED: { exitCode: 130, title: 'Interrupted' },
  /** The server's own code, run here by `serve` and its like, said no. */
  LOCAL: { exitCode: 2, title: 'The server cannot do this here' },
  INTERNAL: { exitCode: 2, title: 'The command failed' },
} as const;
export type FailureCode = keyof typeof failures;

/** A reason to stop, in one or two sentences that name the thing and say what to do. */
export class Failure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'Failure';
    this.code = code;
  }
}

/** How an error is shown: to people as sentences, to machines as a problem object. */
export interface Told {
  readonly exitCode: number;
  readonly sentences: string;
  readonly problem: object;
}

/** Turns whatever was thrown into words and an exit code; `typed` is the command line, which a piece of advice may repeat. */
export function tell(error: unknown, typed: readonly string[] = []): Told {
  if (error instanceof Refusal) return tellRefusal(error, typed);
  const { code, message } = error instanceof Failure ? error : failureOf(error);
  const { exitCode, title } = failures[code];
  return { exitCode, sentences: printable(message), problem: { type: 'about:blank', title, code, detail: message } };
}

/** An answer that began and did not come to its end. */
const tooLong = 'The server took too long to answer. Try again, or give it longer with --timeout.';

/** Named, not imported: only `serve` and its like may load the server. */
const foreseen = new Set(['AppError', 'ConfigError', 'AuditError']);

function failureOf(error: unknown): Failure {
  if (error instanceof Unreachable) return new Failure('UNREACHABLE', unreachable(error), error);
  if (error instanceof Error && error.name === 'TimeoutError') return new Failure('UNREACHABLE', tooLong, error);
  if (error instanceof Error && foreseen.has(error.name)) return new Failure('LOCAL', error.message, error);
  return new Failure('INTERNAL', error instanceof Error ? error.message : String(error), error);
}

const silences: Record<string, (url: string) => string> = {
  ECONNREFUSED: (url) => `Nothing listens at ${url}. Start the server with "taffrail serve", or name another with --url.`,
  ENOTFOUND: (url) => `The host of ${url} is not known. Check the address, or name another with --url.`,
  TIMEOUT: (url) => `${url} took too long to answer. Try again, or give it longer with --timeout.`,
  NOT_TAFFRAIL: (url) => `What answers at ${url} is not a Taffrail server. Check the address, or name another with --url.`,
};

function unreachable({ code, url }: Unreachable): string {
  return silences[code]?.(url) ?? `${url} cannot be reached (${code}). Check the address and your network.`;
}

/** What to do next, where the server cannot know that it talks to a command line. */
const advice: Partial<Record<Refusal['code'], string | ((typed: readonly string[]) => string)>> = {
  NOT_SIGNED_IN: 'Log in with "taffrail login URL".',
  KEY_REJECTED: 'Log in again with "taffrail login URL".',
  FLAG_LOCKED: 'Unlock it with "taffrail flag unlock FLAG --reason …".',
  FLAG_ARCHIVED: 'Restore it with "taffrail flag restore FLAG".',
  APPROVAL_NEEDED: (typed) => `Run: ${commandLine([...typed.filter((word) => word !== '--yes'), '--request'])}`,
  REQUEST_CHANGED: (typed) => `Run again: ${commandLine(typed)}`,
};

const beforeAnythingElse = new Set([401, 429]);

function tellRefusal({ code, problem }: Refusal, typed: readonly string[]): Told {
  const lines = linesOf(problem);
  const sentences = saysFirstMistake(problem)
    ? lines
    : [withAdvice(detailOf(problem), code, typed), ...lines.map((line) => `  ${line}`)];
  const exitCode = problem.status >= 500 || beforeAnythingElse.has(problem.status) ? 2 : 1;
  return { exitCode, sentences: sentences.map(printable).join('\n'), problem };
}

/** A line a mistake, but for one that is the whole detail. */
function linesOf({ detail, mistakes = [] }: Refusal['problem']): string[] {
  const others = mistakes.filter(({ message }) => message !== detail);
  return others.map(({ at, message }) => `${at.replace(/^\/(body|params|query)\//, '')}: ${message}`);
}

/** The detail without the sentences that the lines of mistakes end with. */
function detailOf({ detail, mistakes = [] }: Refusal['problem']): string {
  const isSaidBelow = (part: string) => mistakes.some(({ message }) => message !== detail && message.endsWith(part));
  const parts = detail.split(/(?<=\.) /).filter((part) => !isSaidBelow(part));
  return parts.length === 0 ? detail : parts.join(' ');
}

function withAdvice(detail: string, code: Refusal['code'], typed: readonly string[]): string {
  const next = advice[code] ?? '';
  return `${sentence(detail)} ${typeof next === 'string' ? next : next(typed)}`.trim();
}

/** A command line that can be pasted: what a shell would read otherwise stands in quotes. */
const commandLine = (words: readonly string[]): string =>
  ['taffrail', ...words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))].join(' ');

/** Then the list of mistakes says it all. */
function saysFirstMistake({ detail, mistakes = [] }: Refusal['problem']): boolean {
  return mistakes[0] !== undefined && detail.startsWith(`${mistakes[0].at} ${mistakes[0].message}`);
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
