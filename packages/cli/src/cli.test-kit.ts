import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineLog, readConfig, serve } from '@taffrail/server';
import { run } from './run.ts';
import type { Terminal } from './terminal.ts';

/** A real server on a free port, with a database of its own; or where one was before. */
export async function startServer({ port = '0', dataFolder = mkdtempSync(join(tmpdir(), 'taffrail-cli-server-')) } = {}) {
  const printed: string[] = [];
  const config = readConfig({ PORT: port, TAFFRAIL_DATA: dataFolder });
  const log = lineLog(
    'error',
    (line) => void printed.push(line),
    () => new Date(),
  );
  const served = await serve({ config, log, print: (line) => void printed.push(line) });
  const link = /http\S+#\S+/.exec(printed.join('\n'))?.[0] ?? '';
  return {
    url: served.url,
    dataFolder,
    link,
    /** Ends it, and leaves its database. */
    stop: () => served.close(),
    async close() {
      await served.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** What one command line came to. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly env?: Record<string, string>;
  readonly input?: string;
  /** What a person at the terminal replies, in order, perhaps after something happened; without it there is none. */
  readonly replies?: readonly (string | (() => Promise<string>))[];
}

/** A user with a home folder: runs command lines as `taffrail` would. */
export function createUser(env: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'taffrail-cli-home-'));
  return {
    home,
    async run(args: readonly string[], circumstances: Circumstances = {}): Promise<Ran> {
      const { terminal, written } = terminalIn(home, { ...circumstances, env: { ...env, ...circumstances.env } });
      const exitCode = await run(args, terminal);
      return { exitCode, ...written };
    },
  };
}

function terminalIn(home: string, { env = {}, input = '', replies }: Circumstances) {
  const written = { out: '', err: '' };
  const left = [...(replies ?? [])];
  const terminal: Terminal = {
    env: { HOME: home, ...env },
    home,
    interactive: replies !== undefined,
    screen: false,
    color: false,
    node: '20.20.2',
    signal: new AbortController().signal,
    out: async (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    readInput: async () => input,
    ask: async (question) => {
      written.err += question;
      const reply = left.shift() ?? '';
      return typeof reply === 'string' ? reply : reply();
    },
  };
  return { terminal, written };
}
