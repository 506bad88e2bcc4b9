import type { LogLevel } from './config.ts';

type Say = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Where the server tells its operator things. Secrets, cookies and links have no place in it. */
export interface Log {
  readonly error: Say;
  readonly warn: Say;
  readonly info: Say;
  readonly debug: Say;
}

const levels = ['error', 'warn', 'info', 'debug'] as const;

/** Fields that must never be written, wherever they stand in what is logged. */
const secrets = ['authorization', 'cookie', 'set-cookie', 'secret', 'link', 'password', 'token'];
const hidden = '(hidden)';

/** JSON lines for machines, to standard output unless somebody else takes them. */
export async function jsonLog(level: LogLevel, write?: (line: string) => void): Promise<Log> {
  const { pino, stdSerializers, stdTimeFunctions } = await import('pino');
  const paths = secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: stdSerializers.err },
    redact: { paths, censor: hidden },
  };
  const logger = write ? pino(options, { write }) : pino(options);
  return ofLevels((name) => (message, fields) => logger[name](fields ?? {}, message));
}

/** Short lines for somebody who watches a terminal. */
export function lineLog(level: LogLevel, write: (line: string) => void, clock: () => Date): Log {
  const most = level === 'silent' ? -1 : levels.indexOf(level);
  return ofLevels((name) => (message, fields) => {
    if (levels.indexOf(name) > most) return;
    const time = clock().toTimeString().slice(0, 8);
    write(`${time} ${name === 'info' ? '' : `${name}: `}${message}${inShort(fields)}\n`);
  });
}

function inShort(fields: Readonly<Record<string, unknown>> = {}): string {
  const shown = Object.entries(fields).map(([name, value]) => ` ${name}=${secrets.includes(name) ? hidden : String(value)}`);
  return shown.join('');
}

const ofLevels = (say: (name: (typeof levels)[number]) => Say): Log => ({
  error: say('error'),
  warn: say('warn'),
  info: say('info'),
  debug: say('debug'),
});

/** What is logged of an error: where it came from. */
export const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
