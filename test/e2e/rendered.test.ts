import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { BrowserClient } from '@taffrail/browser';
import { FlagsProvider, useFlag } from '@taffrail/browser/react';
import { createClient } from '@taffrail/node';
import { bootstrapScript } from '@taffrail/node/bootstrap';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { signUpOwner } from '../../apps/server/src/testing/people.ts';
import { startServer, type RunningServer } from '../../apps/server/src/testing/running-server.ts';
import { openChromium } from '../product/browser.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const project = '/api/v1/orgs/default/projects/default';
const here = `${project}/environments/production`;
const hostile = '</script><script>window.ran = true</script><!--<script>\u2028';
const acme = { org: 'acme', note: { key: hostile } };

/** What the page under test tells of itself. */
interface ShopWindow {
  readonly flags: BrowserClient;
  /** Every text that was painted, one after the other, without repetitions. */
  readonly shown: readonly string[];
  readonly changes: number;
  readonly complaints: readonly string[];
  readonly ran?: true;
}
declare const window: ShopWindow;

let server: RunningServer;
let token: string;
let pages: Server;
let browser: Browser;
let shop: ReturnType<typeof createClient>;
let script: string;

beforeAll(async () => {
  server = await startServer();
  ({ token } = await signUpOwner(server));
  const variants = { day: 'day', night: 'night', odd: hostile };
  const environments = { production: { on: true, fallthrough: { variant: 'day' } } };
  for (const key of ['theme', 'other'])
    await tell('POST', `${project}/flags`, { key, type: 'string', variants, off: 'odd', client: true, environments });
  await tell('POST', `${here}/flags/theme/pin`, { kind: 'org', keys: ['acme'], variant: 'night' });
  const { secret: key } = (await tell('POST', `${here}/keys`, { name: 'page', kind: 'client' })) as { secret: string };
  shop = createClient({ url: server.address, key, cacheFolder: false, overrideFile: false });
  await shop.ready();
  script = await programOf(key);
  pages = createServer((_, response) => void response.setHeader('Content-Type', 'text/html').end(rendered())).listen(0);
  await once(pages, 'listening');
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await shop.close();
  pages.closeAllConnections();
  pages.close();
  await server.remove();
});

async function tell(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await server.send(method, path, { token, body });
  expect([200, 201]).toContain(answer.status);
  return answer.body;
}

const Theme = () => createElement('p', null, [useFlag('theme', 'none'), useFlag('other', 'none')].join(' '));

function rendered(): string {
  const tree = createElement(FlagsProvider, { client: shop.forContext(acme) }, createElement(Theme));
  return [
    `<!doctype html><meta charset="utf-8"><title>Shop</title>`,
    `<div id="root">${renderToString(tree)}</div>`,
    bootstrapScript(shop, { context: acme }),
    `<script type="module">${script}</script>`,
  ].join('');
}

/** Takes the page over as a shop would, under strict mode, and takes down whatever is painted. */
async function programOf(key: string): Promise<string> {
  const program = `
    import { createElement, StrictMode } from 'react';
    import { hydrateRoot } from 'react-dom/client';
    import { createClient } from '@taffrail/browser';
    import { readBootstrap } from '@taffrail/browser/bootstrap';
    import { FlagsProvider, useFlag } from '@taffrail/browser/react';
    const root = document.getElementById('root');
    Object.assign(window, { shown: [root.textContent], complaints: [], changes: 0 });
    const complain = (error) => window.complaints.push(String(error));
    const look = () => root.textContent !== window.shown.at(-1) && window.shown.push(root.textContent);
    new MutationObserver(look).observe(root, { childList: true, characterData: true, subtree: true });
    console.error = complain;
    const options = { url: '${server.address}', key: '${key}', cacheMaxAgeMs: 0, ...readBootstrap() };
    const rendered = createClient({ ...options, offline: true });
    window.flags = createClient(options);
    window.flags.onChange(() => window.changes++);
    const Theme = () => createElement('p', null, [useFlag('theme', 'none'), useFlag('other', 'none')].join(' '));
    const tree = createElement(FlagsProvider, { client: window.flags, rendered }, createElement(Theme));
    hydrateRoot(root, createElement(StrictMode, null, tree), { onRecoverableError: complain });
  `;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('../', import.meta.url)) },
    bundle: true,
    format: 'esm',
    conditions: ['@taffrail/source'],
    define: { 'process.env.NODE_ENV': '"development"' },
    write: false,
  });
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
}

async function visit(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
  expect(await page.evaluate(() => window.flags.ready({ timeoutMs: 20_000 }))).toBe('READY');
  return page;
}

const told = (page: Page) =>
  page.evaluate(() => ({ shown: window.shown, changes: window.changes, complaints: window.complaints, ran: window.ran }));

it('shows first what the server rendered, and is told of no change', async () => {
  const page = await visit();
  expect(await page.evaluate(() => window.flags.details('theme', 'none').value)).toBe('night');
  expect(await told(page)).toEqual({ shown: ['night day'], changes: 0, complaints: [], ran: undefined });
});

it('shows the next value once it is another, and runs nothing that a flag says', async () => {
  const page = await visit();
  await tell('POST', `${here}/flags/other/turn`, { on: false });
  await vi.waitFor(async () => expect((await told(page)).shown).toHaveLength(2), PATIENCE);
  await vi.waitFor(() => expect(shop.value('other', 'none')).toBe(hostile), PATIENCE);
  const shown = `night ${hostile}`;
  expect(await told(page)).toEqual({ shown: ['night day', shown], changes: 1, complaints: [], ran: undefined });
  expect(await told(await visit())).toEqual({ shown: [shown], changes: 0, complaints: [], ran: undefined });
});

it('goes from one context to another without a value between, by one change', async () => {
  await tell('POST', `${here}/flags/other/turn`, { on: true });
  await vi.waitFor(() => expect(shop.value('other', 'none')).toBe('day'), PATIENCE);
  const page = await visit();
  await page.evaluate(() => window.flags.identify({ org: 'globex' }));
  await vi.waitFor(async () => expect((await told(page)).shown).toHaveLength(2), PATIENCE);
  expect(await told(page)).toEqual({ shown: ['night day', 'day day'], changes: 1, complaints: [], ran: undefined });
});
