import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createClient, type Client } from '@taffrail/node';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newSite } from '../../packages/cli/src/relay/site.test-kit.ts';
import { openChromium } from '../product/browser.ts';
import { freePort } from '../product/server.ts';

const cli = fileURLToPath(new URL('../../packages/cli/bin/taffrail.js', import.meta.url));
const python = fileURLToPath(new URL('../product/issues.py', import.meta.url));
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

const site = newSite();
const env = { ...process.env, NO_COLOR: '1', TAFFRAIL_SITE: site.site, TAFFRAIL_PACKAGE: site.package };
const ends: (() => unknown)[] = [];
let port: number;
let relay: ChildProcess;
let printed = '';
let sdk: Client;
let page: Page;
let asksPython: (org: string) => Promise<string>;

/** Starts the relay in a process of its own, and says after how many milliseconds it was ready. */
async function startRelay(...more: string[]): Promise<number> {
  const beganMs = performance.now();
  const args = [cli, 'relay', '--override', site.override, '--listen', `127.0.0.1:${port}`, ...more];
  relay = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  printed = '';
  for (const stream of [relay.stdout, relay.stderr]) stream?.on('data', (text) => (printed += text));
  await until(async () => {
    if (relay.exitCode !== null) return;
    expect((await fetch(`${url()}/readyz`)).status).toBe(200);
  });
  expect(relay.exitCode === null ? '' : printed).toBe('');
  return performance.now() - beganMs;
}

async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  const ended = once(relay, 'exit');
  relay.kill(signal);
  await ended;
  return relay.exitCode;
}

/** A key of a vendor that is away: nobody can say whether it is good. */
function vendorKey(): string {
  const file = join(site.home, 'install.key');
  writeFileSync(file, `tf_ins_abcdefgh_${'0'.repeat(49)}\n`, { mode: 0o600 });
  return file;
}

const url = () => `http://127.0.0.1:${port}`;
const keys = () => JSON.parse(readFileSync(join(site.site, 'relay-keys.json'), 'utf8')) as { server: string; client: string };

/** A product in Python, which asks by OFREP. */
function startPython(): (org: string) => Promise<string> {
  const child = spawn('python3', [python], {
    env: { ...env, FLAGS_URL: url(), FLAGS_KEY: keys().server },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  ends.push(() => child.kill());
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return async (org) => {
    child.stdin.write(`${org}\n`);
    return String((await lines.next()).value);
  };
}

/** Somebody at a shell. */
function asksCurl(org: string): string {
  const body = JSON.stringify({ context: { targetingKey: 'u1', org: { key: org } } });
  const address = `${url()}/ofrep/v1/evaluate/flags/new-issue-stream`;
  const { stdout } = spawnSync('curl', ['-s', '-H', `X-API-Key: ${keys().server}`, '-d', body, address], { encoding: 'utf8' });
  return (JSON.parse(stdout) as { value: boolean }).value ? 'new' : 'old';
}

/** A page of the product, from another origin than the relay's. */
async function openPage(browser: Browser): Promise<Page> {
  const program = `
    import { createClient } from '@taffrail/browser';
    const context = { org: new URLSearchParams(location.search).get('org') };
    const flags = createClient({ url: '${url()}', key: '${keys().client}', context });
    window.answer = () => (flags.isEnabled('new-issue-stream') ? 'new' : 'old');
    window.hidden = () => flags.details('internal', false).errorCode;
  `;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('../', import.meta.url)) },
    bundle: true,
    conditions: ['@taffrail/source'],
    format: 'iife',
    write: false,
  });
  const pages = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><title>Acme</title><script>${outputFiles[0]?.text ?? ''}</script>`);
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
  ends.push(() => (pages.closeAllConnections(), pages.close()));
  const opened = await browser.newPage();
  await opened.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/?org=berlin`);
  return opened;
}

/** What everybody at the site sees for an org; the page is berlin's. */
async function seen(org: string) {
  return {
    python: await asksPython(org),
    curl: asksCurl(org),
    node: sdk.isEnabled('new-issue-stream', { org }) ? 'new' : 'old',
    ...(org === 'berlin' && { page: await page.evaluate<string>('window.answer()') }),
  };
}
const everybody = (what: string) => ({ python: what, curl: what, node: what });
const ofBerlin = (what: string) => ({ ...everybody(what), page: what });

beforeAll(async () => {
  port = await freePort();
  const tookMs = await startRelay();
  console.log(`the relay was ready after ${Math.round(tookMs)} ms`);
  sdk = createClient({ url: url(), key: keys().server, cacheFolder: false, overrideFile: false });
  await sdk.ready({ timeoutMs: 20_000 });
  const browser = await openChromium();
  ends.push(
    () => sdk.close(),
    () => browser.close(),
  );
  page = await openPage(browser);
  asksPython = startPython();
}, 60_000);

afterAll(async () => {
  for (const close of ends) await close();
  relay.kill('SIGKILL');
  site.remove();
});

test('everybody at a site sees the shipment that its product came with', async () => {
  await until(async () => expect(await seen('berlin')).toEqual(ofBerlin('new')));
  expect(await seen('oslo')).toEqual(everybody('new'));
  expect(await page.evaluate('window.hidden()')).toBe('FLAG_NOT_FOUND');
  expect(printed).toContain('Relaying 8.4.0 r1 at http://127.0.0.1:');
  expect(printed).toContain(join(site.site, 'relay-keys.json'));
});

test('a back-out that is carried in reaches everybody while all of them run', async () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'shipment', 'import', site.backOutFile, '--site', site.site, '--trust', join(site.package, 'trust.json')],
    { env, encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  console.log(stdout.trim());
  await until(async () => expect(await seen('berlin')).toEqual(ofBerlin('old')));
  expect(await seen('oslo')).toEqual(everybody('old'));
});

test('an override has the flag for berlin alone once it acknowledges the back-out, and ends by itself', async () => {
  site.overrideStream('acknowledges: [BO-17]');
  await until(async () => expect(await seen('berlin')).toEqual(ofBerlin('new')));
  expect(await seen('oslo')).toEqual(everybody('old'));
});

test('a relay that was killed and comes back, while its vendor is away, serves the same: nobody sees a flip', async () => {
  const flips = vi.fn<() => void>();
  sdk.onChange('new-issue-stream', flips);
  await end('SIGKILL');
  // Whoever has values keeps them; who has to ask gets its own default.
  expect(sdk.isEnabled('new-issue-stream', { org: 'berlin' })).toBe(true);
  expect(await page.evaluate('window.answer()')).toBe('new');
  await startRelay('--vendor', `http://127.0.0.1:${await freePort()}`, '--vendor-key-file', vendorKey());
  await until(async () => expect(await seen('berlin')).toEqual(ofBerlin('new')));
  expect(await seen('oslo')).toEqual(everybody('old'));
  await until(async () => expect(await (await fetch(`${url()}/metrics`)).text()).toMatch(/streams\{audience="server"\} 1/));
  expect(flips).not.toHaveBeenCalled();
  rmSync(site.override);
  await until(async () => expect(await seen('berlin')).toEqual(ofBerlin('old')));
});

test('a relay that is told to stop says goodbye, and is gone', async () => {
  const stream = await fetch(`${url()}/sdk/v1/stream`, { headers: { Authorization: `Bearer ${keys().server}` } });
  const read = stream.text();
  expect(await end('SIGTERM')).toBe(0);
  expect(await read).toContain('event: goodbye');
  expect(printed).toContain('streams are told to come back');
});
