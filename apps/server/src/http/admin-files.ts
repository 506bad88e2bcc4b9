import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';

/** The folder of the built admin UI; undefined if it was not built. */
export function adminFolder(): string | undefined {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@taffrail/admin/package.json')), 'dist');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

/** Serves the admin UI: its files by their names, and for every other page its entry, which finds the screen by the address. */
export function adminFiles(folder: string | undefined): RequestHandler {
  const files = folder === undefined ? new Map<string, BuiltFile>() : filesOf(folder);
  const entry = files.get('/index.html');
  return async (request, response, next) => {
    const file = files.get(request.path) ?? (wantsPage(request) ? entry : undefined);
    if (file) await send(request, response, file);
    else if (wantsPage(request)) sendNotBuilt(response);
    else next();
  };
}

/** A person went to an address of the UI, which may end like a file does: flags have dots. A script that is missing is no page. */
const wantsPage = (request: Request): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  request.accepts(['json', 'html']) === 'html' &&
  !request.path.startsWith('/assets/');

interface BuiltFile {
  readonly type: string;
  readonly cacheControl: string;
  readonly codings: Readonly<Partial<Record<Coding, () => Promise<Buffer>>>>;
}
type Coding = 'br' | 'gzip' | 'identity';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const packedAlready: ReadonlySet<string> = new Set(['.png', '.woff2']);

/** Everything that may be asked for is known beforehand: a path is looked up and never opened. */
function filesOf(folder: string): ReadonlyMap<string, BuiltFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && types[extname(entry.name)] !== undefined)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return new Map(names.map((name) => [`/${name}`, builtFile(folder, name)]));
}

function builtFile(folder: string, name: string): BuiltFile {
  const path = join(folder, name);
  const plain = once(() => readFile(path));
  const packed = once(existsSync(`${path}.gz`) ? () => readFile(`${path}.gz`) : async () => gzipped(await plain(), { level: 9 }));
  return {
    type: types[extname(name)] ?? 'application/octet-stream',
    // Names with a hash in them never stand for anything else.
    cacheControl: name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    codings: {
      ...(existsSync(`${path}.br`) && { br: once(() => readFile(`${path}.br`)) }),
      ...(!packedAlready.has(extname(name)) && { gzip: packed }),
      identity: plain,
    },
  };
}

const gzipped = promisify<Buffer, { level: number }, Buffer>(gzip);

/** The UI weighs less than a megabyte: what was asked for once is kept. */
function once(read: () => Promise<Buffer>): () => Promise<Buffer> {
  let reading: Promise<Buffer> | undefined;
  return () => (reading ??= read());
}

async function send(request: Request, response: Response, { type, cacheControl, codings }: BuiltFile): Promise<void> {
  const coding = (request.acceptsEncodings(Object.keys(codings)) || 'identity') as Coding;
  const body = await codings[coding]?.();
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', cacheControl);
  response.setHeader('Vary', 'Accept-Encoding');
  if (coding !== 'identity') response.setHeader('Content-Encoding', coding);
  response.setHeader('Content-Length', body?.length ?? 0);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sendNotBuilt(response: Response): void {
  const sentence = 'The admin UI was not built. Run <code>npm run build</code>, then start the server again.';
  const page = `<!doctype html><html lang="en"><title>Taffrail</title><h1>Taffrail</h1><p>${sentence}</p>
<p>The API is there: <a href="/api/docs">/api/docs</a>.</p></html>`;
  response.statusCode = 503;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(page);
}
