import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminFiles } from './admin-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'taffrail-admin-'));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>UI</title>');
  writeFileSync(join(folder, 'assets/main-abc123.js'), `console.log('${'x'.repeat(2_000)}')`);
  writeFileSync(join(folder, 'assets/main-abc123.js.br'), 'brotli');
  writeFileSync(join(folder, 'secret.key'), 'not for the web');
});

async function serving(built: string | undefined): Promise<string> {
  const app = express();
  app.use(adminFiles(built));
  app.use((_request, response) => void response.status(404).end('nothing'));
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const page = { headers: { Accept: 'text/html,*/*' } };

describe('the admin UI', () => {
  it.each(['/', '/orgs/default/projects/shop/flags/theme.colors', '/link'])('is found at %s', async (path) => {
    const response = await fetch((await serving(folder)) + path, page);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('<title>UI</title>');
  });

  it('keeps files whose names have a hash for ever', async () => {
    const response = await fetch(`${await serving(folder)}/assets/main-abc123.js`, {
      headers: { 'Accept-Encoding': 'identity' },
    });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toMatch(/^console\.log/);
  });

  it('sends what was packed when it was built, and packs the rest itself', async () => {
    const url = `${await serving(folder)}/assets/main-abc123.js`;
    const packed = await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(200);
    expect(await packed.text()).toMatch(/^console\.log/);
    const head = await fetch(url, { method: 'HEAD', headers: { 'Accept-Encoding': 'br, gzip' } });
    expect(head.headers.get('content-encoding')).toBe('br');
    expect(head.headers.get('content-length')).toBe('6');
  });

  it.each(['/assets/gone.js', '/secret.key', '/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json'])(
    'has nothing at %s',
    async (path) => {
      const response = await fetch((await serving(folder)) + path, { headers: { Accept: '*/*' } });
      expect(response.status).toBe(404);
    },
  );

  it('is no answer for a program', async () => {
    expect((await fetch(`${await serving(folder)}/flags`, { headers: { Accept: 'application/json' } })).status).toBe(404);
    expect((await fetch(`${await serving(folder)}/flags`, { ...page, method: 'POST' })).status).toBe(404);
  });

  it('says so when it was not built', async () => {
    const response = await fetch(await serving(undefined), page);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
  });
});
