import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const child = fileURLToPath(new URL('observer.child.mjs', import.meta.url));

/** What a program with the Node SDK answers, seen from outside. */
export interface Observer {
  /** The organizations for which the flag is on, by the newest line that was printed. */
  on(): string[] | undefined;
  stop(): Promise<void>;
}

/** Starts a program that asks for one flag, for many organizations, in a process of its own. */
export function observe(url: string, key: string, flag: string, orgs: readonly string[]): Observer {
  const program = spawn(process.execPath, [child], {
    env: { ...process.env, FLAGS_URL: url, FLAGS_KEY: key, FLAG: flag, ORGS: orgs.join(',') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let newest: string[] | undefined;
  let rest = '';
  program.stdout.on('data', (text: Buffer) => {
    const lines = (rest + text.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) newest = JSON.parse(line) as string[];
  });
  return {
    on: () => newest,
    async stop() {
      if (program.exitCode !== null) return;
      const ended = once(program, 'exit');
      program.kill('SIGTERM');
      await ended;
    },
  };
}

/** A customer's site of one page, which asks for flags by the built browser SDK. */
export interface Site {
  readonly url: string;
  close(): void;
}

/** `createClient` as a page without a bundler finds it: `/sdk.js`. Everything else is the page. */
export async function openSite(html: string): Promise<Site> {
  const sdk = await bundledSdk();
  const server: Server = createServer((request, response) => {
    const isSdk = request.url === '/sdk.js';
    response.setHeader('content-type', isSdk ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isSdk ? sdk : html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}

async function bundledSdk(): Promise<string> {
  const entry = fileURLToPath(new URL('../../packages/browser/dist/index.mjs', import.meta.url));
  const { outputFiles } = await build({
    stdin: {
      contents: readFileSync(entry, 'utf8'),
      resolveDir: fileURLToPath(new URL('../../packages/browser/dist', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
