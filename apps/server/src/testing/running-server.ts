import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { lineLog } from '../log.ts';
import { serve, type Served, type ServeOptions } from '../serve.ts';

/** A real server on a port of its own, with a database in a folder of its own. */
export interface RunningServer extends Served {
  readonly folder: string;
  /** Everything that it printed and logged, a line each. */
  readonly lines: readonly string[];
  /** The secret of the link that a new server prints. */
  readonly firstLink: string;
  send<T = unknown>(method: string, path: string, options?: SendOptions): Promise<Answer<T>>;
  /** Stops the server and removes its folder. */
  remove(): Promise<void>;
}

interface SendOptions {
  readonly token?: string | undefined;
  /** The value of a Cookie header; sent as this server's own page would. */
  readonly cookie?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text is as JSON; undefined if it is none. */
  readonly body: T;
}

export interface StartOptions extends Partial<ServeOptions> {
  readonly env?: Readonly<Record<string, string>>;
  /** The folder of a server that ran before. */
  readonly folder?: string;
}

/** Cheap enough for tests; what a password costs in earnest has a test of its own. */
const littleWork = { n: 2 ** 10, r: 8, p: 1 };

/** Starts a server. Only its clock may be another than the real one. */
export async function startServer({ env, folder = newFolder(), ...options }: StartOptions = {}): Promise<RunningServer> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const config = readConfig({ PORT: '0', TAFFRAIL_DATA: folder, ...env });
  const log = lineLog('debug', print, () => new Date());
  const served = await serve({ config, log, print, passwordWork: littleWork, ...options });
  return {
    ...served,
    folder,
    lines,
    firstLink: /#(tf_lnk_\S+)/.exec(lines.join('\n'))?.[1] ?? '',
    send: <T>(method: string, path: string, sent?: SendOptions) => send<T>(served.address, method, path, sent),
    async remove() {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'taffrail-test-'));

async function send<T>(url: string, method: string, path: string, options: SendOptions = {}): Promise<Answer<T>> {
  const { token, cookie, body, headers } = options;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(cookie !== undefined && { Cookie: cookie, 'X-Taffrail': '1' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await textOf(response);
  return { status: response.status, headers: response.headers, text, body: parsed(text) as T };
}

/** A stream does not end by itself: its head is all that is waited for. */
async function textOf(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'text/event-stream') return response.text();
  await response.body?.cancel();
  return '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
