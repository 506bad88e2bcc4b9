import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { BrowserClient } from '@taffrail/browser';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { signUpOwner } from '../../apps/server/src/testing/people.ts';
import { startServer, type RunningServer } from '../../apps/server/src/testing/running-server.ts';
import { openChromium } from '../product/browser.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const project = '/api/v1/orgs/default/projects/default';
const here = `${project}/environments/production`;
const TABS = 6;

/** What the pages have beside what every page has. */
interface TabWindow {
  readonly flags: BrowserClient;
  /** Streams that this page holds open. */
  readonly held: Set<unknown>;
}
declare const window: TabWindow;

let server: RunningServer;
let token: string;
let pages: Server;
let browser: Browser;
let context: BrowserContext;
let isDay = true;

beforeAll(async () => {
  server = await startServer();
  ({ token } = await signUpOwner(server));
  const environments = { production: { on: true, fallthrough: { variant: 'day' } } };
  const flag = { key: 'theme', type: 'string', variants: { day: 'day', night: 'night' }, off: 'night', client: true };
  await tell('POST', `${project}/flags`, { ...flag, environments });
  const { secret } = (await tell('POST', `${here}/keys`, { name: 'page', kind: 'client' })) as { secret: string };
  const html = await pageOf(secret);
  pages = createServer((_, response) => void response.setHeader('Content-Type', 'text/html').end(html)).listen(0, '127.0.0.1');
  await once(pages, 'listening');
  browser = await openChromium('--host-resolver-rules=MAP shop.test 127.0.0.1');
});
afterAll(async () => {
  await browser.close();
  pages.closeAllConnections();
  pages.close();
  await server.remove();
});
afterEach(() => context.close());

async function tell(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await server.send(method, path, { token, body });
  expect([200, 201]).toContain(answer.status);
  return answer.body;
}

/** A page that counts the streams which it holds itself. */
async function pageOf(key: string): Promise<string> {
  const program = `
    import { createClient } from '@taffrail/browser';
    import { shared } from '@taffrail/browser/shared';
    window.held = new Set();
    const ask = window.fetch;
    window.fetch = (url, init) => {
      if (String(url).endsWith('/stream')) {
        window.held.add(init);
        init.signal.addEventListener('abort', () => window.held.delete(init));
      }
      return ask(url, init);
    };
    window.flags = createClient({ url: '${server.address}', key: '${key}', cacheMaxAgeMs: 0, share: shared() });
  `;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('../', import.meta.url)) },
    bundle: true,
    format: 'esm',
    conditions: ['@taffrail/source'],
    write: false,
  });
  return `<!doctype html><meta charset="utf-8"><title>Shop</title><script type="module">${outputFiles[0]?.text ?? ''}</script>`;
}

async function openTabs(host: string): Promise<Page[]> {
  context = await browser.newContext();
  const { port } = pages.address() as AddressInfo;
  const tabs: Page[] = [];
  for (let count = 0; count < TABS; count++) {
    const tab = await context.newPage();
    await tab.goto(`http://${host}:${port}/`);
    tabs.push(tab);
  }
  const states = await Promise.all(tabs.map((tab) => tab.evaluate(() => window.flags.ready({ timeoutMs: 20_000 }))));
  expect(states).toEqual(tabs.map(() => 'READY'));
  return tabs;
}

const themeIn = (tab: Page) => tab.evaluate(() => window.flags.value('theme', 'none'));
const holds = (tab: Page) => tab.evaluate(() => window.held.size > 0);

/** What the server counts. */
async function connections(): Promise<number> {
  const { keys } = (await tell('GET', `${here}/connections`)) as { keys: { streams: number }[] };
  return keys.reduce((sum, { streams }) => sum + streams, 0);
}

/** Turns what all are shown into the other; gives it. */
async function edit(): Promise<string> {
  isDay = !isDay;
  await tell('POST', `${here}/flags/theme/turn`, { on: isDay });
  return isDay ? 'day' : 'night';
}

async function expectEverywhere(tabs: readonly Page[], theme: string): Promise<void> {
  await vi.waitFor(async () => expect(await Promise.all(tabs.map(themeIn))).toEqual(tabs.map(() => theme)), PATIENCE);
}

/** A leader that hung learns that it is none a moment after it wakes up. */
function leaderOf(tabs: readonly Page[]): Promise<Page> {
  return vi.waitFor(async () => {
    const held = await Promise.all(tabs.map(holds));
    expect(held.filter(Boolean)).toHaveLength(1);
    return tabs[held.indexOf(true)]!;
  }, PATIENCE);
}

/** Milliseconds until another tab holds the connection, and a change made meanwhile is in all. */
async function takeOver(tabs: readonly Page[], go: (leader: Page) => Promise<unknown>) {
  const leader = await leaderOf(tabs);
  const others = tabs.filter((tab) => tab !== leader);
  const beganMs = performance.now();
  const gone = go(leader);
  const theme = await edit();
  await vi.waitFor(async () => expect((await Promise.all(others.map(holds))).filter(Boolean)).toHaveLength(1), PATIENCE);
  const tookMs = Math.round(performance.now() - beganMs);
  await expectEverywhere(others, theme);
  await gone;
  return { others, tookMs };
}

describe.each([
  ['a secure origin', 'localhost'],
  ['an origin of plain http', 'shop.test'],
])('six tabs of %s', (name, host) => {
  it('hold one connection, which another takes over when its tab is closed, hangs or crashes', async () => {
    const tabs = await openTabs(host);
    expect(await tabs[0]?.evaluate(() => ['locks' in navigator, isSecureContext])).toEqual(
      host === 'localhost' ? [true, true] : [false, false],
    );
    await vi.waitFor(async () => expect(await connections()).toBe(1), PATIENCE);
    await expectEverywhere(tabs, await edit());

    const closed = await takeOver(tabs, (leader) => leader.close());
    await vi.waitFor(async () => expect(await connections()).toBe(1), PATIENCE);

    const hung = await takeOver(closed.others, (leader) =>
      leader.evaluate(() => {
        const untilMs = Date.now() + 5_000;
        while (Date.now() < untilMs);
      }),
    );
    await vi.waitFor(async () => expect(await connections()).toBe(1), PATIENCE);
    await expectEverywhere(closed.others, await edit());

    const crashed = await takeOver(closed.others, (leader) => leader.goto('chrome://crash').catch(() => {}));
    await vi.waitFor(async () => expect(await connections()).toBe(1), PATIENCE);
    const tookMs = [closed, hung, crashed].map((one) => `${one.tookMs} ms`);
    console.log(`${name}: taken over ${tookMs.join(', ')} after a close, a hang, a crash`);
  });
});
