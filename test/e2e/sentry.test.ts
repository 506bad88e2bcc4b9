import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import type * as SentryInPage from '@sentry/browser';
import * as Sentry from '@sentry/node';
import { createClient } from '@taffrail/node';
import { withHooks } from '@taffrail/node/hooks';
import { sentryHook } from '@taffrail/node/sentry';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { signUpOwner } from '../../apps/server/src/testing/people.ts';
import { startServer, type RunningServer } from '../../apps/server/src/testing/running-server.ts';
import { openChromium } from '../product/browser.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const quiet = { warn() {}, error() {} };
const project = '/api/v1/orgs/default/projects/default';
const here = `${project}/environments/production`;

/** What of an event is about flags. */
interface Event {
  readonly contexts: { readonly flags?: { readonly values: readonly { flag: string; result: boolean }[] } };
  readonly breadcrumbs?: readonly { category?: string; message?: string; data?: object }[];
}

/** A program that has flags, and sends its errors to Sentry. */
interface Program {
  /** Asks for flags, one after the other. */
  ask(...keys: string[]): Promise<boolean[]>;
  askForText(key: string): Promise<string>;
  fail(): Promise<void>;
  end(): Promise<void>;
}

let server: RunningServer;
let token: string;
let keys: { server: string; client: string };
let sink: Server;
const events: Event[] = [];
const ends: (() => Promise<void>)[] = [];

const many = Array.from({ length: 105 }, (_, index) => `flag-${index}`);

beforeAll(async () => {
  server = await startServer();
  ({ token } = await signUpOwner(server));
  for (const key of many) await createFlag({ key, type: 'boolean', variants: { on: true, off: false }, off: 'off' }, 'on');
  await createFlag({ key: 'colour', type: 'string', variants: { blue: '#00f', red: '#f00' }, off: 'red' }, 'blue');
  keys = { server: await keyOf('server'), client: await keyOf('client') };
  sink = await listen((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Allow-Headers', '*');
    void eventsOf(request)
      .then((sent) => events.push(...sent))
      .finally(() => response.end('{}'));
  });
});
afterAll(async () => {
  sink.close();
  await server.remove();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  events.length = 0;
});

async function createFlag(flag: object, variant: string): Promise<void> {
  const environments = { production: { on: true, fallthrough: { variant } } };
  await tell('POST', `${project}/flags`, { ...flag, client: true, environments });
}

async function keyOf(kind: string): Promise<string> {
  return ((await tell('POST', `${here}/keys`, { name: kind, kind })) as { secret: string }).secret;
}

async function tell(method: string, path: string, body: unknown): Promise<unknown> {
  const answer = await server.send(method, path, { token, body });
  expect([200, 201]).toContain(answer.status);
  return answer.body;
}

const turn = (flag: string, on: boolean) => tell('POST', `${here}/flags/${flag}/turn`, { on });

async function listen(listener: RequestListener): Promise<Server> {
  const listening = createServer(listener).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return listening;
}

const portOf = (listening: Server) => (listening.address() as AddressInfo).port;
const dsn = () => `http://pub@127.0.0.1:${portOf(sink)}/42`;

/** An envelope is lines: its own header, then a header and a body for each item. */
async function eventsOf(request: IncomingMessage): Promise<Event[]> {
  const body = await text(request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request);
  const lines = body.split('\n').filter(Boolean);
  return lines.flatMap((line, index) =>
    (JSON.parse(lines[index - 1] ?? '{}') as { type?: string }).type === 'event' ? [JSON.parse(line) as Event] : [],
  );
}

/** The next event that arrives. */
async function failing(program: Program): Promise<Event> {
  const before = events.length;
  await program.fail();
  await vi.waitFor(() => expect(events.length).toBe(before + 1), PATIENCE);
  return events[before]!;
}

type Options = Parameters<typeof sentryHook>[1];

async function inNode(options: Options = {}): Promise<Program> {
  Sentry.init({ dsn: dsn(), integrations: [Sentry.featureFlagsIntegration()] });
  const client = createClient({ url: server.address, key: keys.server, cacheFolder: false, overrideFile: false, logger: quiet });
  const flags = withHooks(client, [sentryHook(Sentry, options)]);
  await flags.ready();
  // As the requests of a server have it: scopes of their own.
  const within = Sentry.withIsolationScope(() => AsyncLocalStorage.snapshot());
  return {
    ask: async (...asked) => within(() => asked.map((key) => flags.isEnabled(key))),
    askForText: async (key) => within(() => flags.value(key, 'none')),
    async fail() {
      within(() => Sentry.captureException(new Error('wrong')));
      await Sentry.flush();
    },
    async end() {
      await flags.close();
      await Sentry.close();
    },
  };
}

async function inChromium(options: Options = {}): Promise<Program> {
  const html = await pageOf(options);
  const pages = await listen((_, response) => void response.setHeader('Content-Type', 'text/html').end(html));
  const browser = await openChromium();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${portOf(pages)}/`);
  await page.waitForFunction('window.flags?.state === "READY"');
  return {
    ask: (...asked) => page.evaluate<boolean[]>(`${JSON.stringify(asked)}.map((key) => window.flags.isEnabled(key))`),
    askForText: (key) => page.evaluate<string>(`window.flags.value('${key}', 'none')`),
    fail: () => page.evaluate('void window.Sentry.captureException(new Error("wrong"))'),
    async end() {
      await browser.close();
      pages.close();
    },
  };
}

async function pageOf(options: Options): Promise<string> {
  const program = `
    import * as Sentry from '@sentry/browser';
    import { createClient } from '@taffrail/browser';
    import { withHooks } from '@taffrail/browser/hooks';
    import { sentryHook } from '@taffrail/browser/sentry';
    Sentry.init({ dsn: '${dsn()}', integrations: [Sentry.featureFlagsIntegration()] });
    const client = createClient({ url: '${server.address}', key: '${keys.client}', cacheMaxAgeMs: 0 });
    Object.assign(window, { Sentry, flags: withHooks(client, [sentryHook(Sentry, ${JSON.stringify(options)})]) });
  `;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('../', import.meta.url)) },
    bundle: true,
    format: 'esm',
    conditions: ['@taffrail/source'],
    write: false,
  });
  return `<!doctype html><meta charset="utf-8"><title>Acme</title><script type="module">${outputFiles[0]?.text ?? ''}</script>`;
}

const flagsOf = ({ contexts }: Event) => contexts.flags?.values.map(({ flag, result }) => `${flag} ${result}`);
const changesIn = ({ breadcrumbs = [] }: Event) => breadcrumbs.filter(({ category }) => category === 'feature_flag');

describe.each([
  ['in Node', inNode],
  ['in Chromium', inChromium],
])('the hook %s', (_, start) => {
  async function program(options?: Options): Promise<Program> {
    const started = await start(options);
    ends.push(() => started.end());
    return started;
  }

  it('puts on an event what flags were, in the order of their last evaluation', async () => {
    const shop = await program();
    expect(await shop.ask('flag-1', 'no-such-flag', 'flag-2', 'flag-1')).toEqual([true, false, true, true]);
    expect(await shop.askForText('colour')).toBe('#00f');
    const event = await failing(shop);
    expect(flagsOf(event)).toEqual(['no-such-flag false', 'flag-2 true', 'flag-1 true']);
    expect(changesIn(event)).toEqual([]);
  });

  it('keeps the last hundred', async () => {
    const shop = await program();
    await shop.ask(...many, 'flag-7');
    const event = await failing(shop);
    expect(flagsOf(event)).toEqual([...many.slice(5).filter((key) => key !== 'flag-7'), 'flag-7'].map((key) => `${key} true`));
    expect(flagsOf(event)).toHaveLength(100);
  });

  it('sends variants as flags of their own where that is asked for', async () => {
    const shop = await program({ variants: true });
    await shop.ask('flag-1');
    await shop.askForText('colour');
    await shop.askForText('no-such-flag');
    expect(flagsOf(await failing(shop))).toEqual(['flag-1 true', 'colour=blue true']);
  });

  it('leaves a breadcrumb where a flag became another', async () => {
    const shop = await program();
    await shop.ask('flag-1', 'flag-2');
    await turn('flag-1', false);
    await vi.waitFor(async () => expect(await shop.ask('flag-1', 'flag-2')).toEqual([false, true]), PATIENCE);
    await shop.ask('flag-1');
    const [crumb, ...others] = changesIn(await failing(shop));
    await turn('flag-1', true);
    expect(crumb).toMatchObject({
      message: 'flag-1: true → false',
      data: { flag: 'flag-1', from: 'true', to: 'false', reason: 'DISABLED', revision: expect.any(Number) as number },
    });
    expect(others).toEqual([]);
  });

  it('leaves none where that is asked for', async () => {
    const shop = await program({ breadcrumbs: false });
    await shop.ask('flag-2');
    await turn('flag-2', false);
    await vi.waitFor(async () => expect(await shop.ask('flag-2')).toEqual([false]), PATIENCE);
    const event = await failing(shop);
    await turn('flag-2', true);
    expect([flagsOf(event), changesIn(event)]).toEqual([['flag-2 false'], []]);
  });
});

async function listened() {
  const said: unknown[][] = [];
  const logger = { warn() {}, error: (...words: unknown[]) => void said.push(words) };
  const client = createClient({ url: server.address, key: keys.server, cacheFolder: false, overrideFile: false, logger });
  ends.push(() => client.close());
  await client.ready();
  return { said, flags: withHooks(client, [sentryHook(Sentry)], logger) };
}

describe('a Sentry', () => {
  it('without the integration is complained of once, and changes no answer', async () => {
    Sentry.init({ dsn: dsn() });
    ends.push(async () => void (await Sentry.close()));
    const { said, flags } = await listened();
    expect([flags.isEnabled('flag-1'), flags.isEnabled('flag-1')]).toEqual([true, true]);
    const problem = expect.objectContaining({ message: expect.stringContaining('featureFlagsIntegration()') as string }) as Error;
    expect(said).toEqual([[expect.stringContaining('the hook sentry failed'), problem]]);
  });

  it('that was never initialised is left alone', async () => {
    Sentry.getCurrentScope().setClient(undefined);
    const { said, flags } = await listened();
    expect(flags.isEnabled('flag-1')).toBe(true);
    expect(said).toEqual([]);
  });

  it('of a page is one that the hook takes', () => {
    expectTypeOf<typeof SentryInPage>().toExtend<Parameters<typeof sentryHook>[0]>();
  });
});
