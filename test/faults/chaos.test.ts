import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Api } from 'taffrail/api';
import { newFolder, place, type Product, startProduct } from '../product/server.ts';
import { type ChaosProxy, startChaosProxy } from './chaos-proxy.ts';
import { rows } from './chaos-rows.ts';
import { chromium, flag, node, type Sdk, type Subject } from './chaos-sdks.ts';
import { production, setScene } from './scene.ts';

const isFull = process.env['TAFFRAIL_FAULTS'] === 'full';
const list = Object.entries(rows).filter(([, { slow }]) => isFull || !slow);
/** How long a trouble lasts after its effect is seen: in full, long enough for retries. */
const lastsMs = isFull ? 4_000 : 0;
/** How long one looks whether a closed client still does something: longer than its first retry. */
const lookMs = isFull ? 1_500 : 100;
/** How many times a client may have tried while a row's trouble lasts: what its retries allow, and those that a redirect counts. */
const ATTEMPTS = 16;
const REDIRECTS = 21;

const folder = newFolder();
const table: object[] = [];
const sdks: Record<string, Sdk> = {};
const keys: Record<string, string> = {};
let product: Product;
let api: Api;

beforeAll(async () => {
  product = await startProduct({ folder: folder.path });
  const scene = await setScene(product);
  ({ api } = scene);
  await api.call('POST /orgs/:org/projects/:project/flags', { params: place, body: { key: flag, kind: 'config', client: true } });
  const { secret } = await api.call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
    params: production,
    body: { kind: 'client', name: 'pages' },
  });
  Object.assign(keys, { Node: scene.serverKey, Chromium: secret });
  Object.assign(sdks, { Node: node, Chromium: await chromium() });
});

afterAll(async () => {
  console.table(table);
  await Promise.all(Object.values(sdks).map((sdk) => sdk.end()));
  await product?.kill('SIGTERM');
  folder.remove();
});

const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 30_000, interval: 20 });

const turn = (on: boolean) =>
  api.call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/turn', {
    params: { ...production, flag },
    body: { on },
  });

const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Ground {
  readonly proxy: ChaosProxy;
  readonly subject: Subject;
}

async function ground(name: string): Promise<Ground> {
  const proxy = await startChaosProxy(product.url);
  const subject = await sdks[name]!.open(proxy.url, keys[name] ?? '');
  expect([await subject.state(), await subject.value()]).toEqual(['READY', false]);
  return { proxy, subject };
}

const becomes = ({ subject }: Ground, state: string, value: boolean) =>
  until(async () => expect([await subject.state(), await subject.value()]).toEqual([state, value]));

describe.each(list)('%s', (row, { trouble, state, works }) => {
  it('changes no value, connects once at a time, and is over when it is over', async () => {
    await turn(false);
    const grounds = await Promise.all(['Node', 'Chromium'].map((name) => ground(name)));
    const before = grounds.map(({ proxy }) => proxy.counts.attempts);
    for (const { proxy } of grounds) proxy.trouble(trouble);
    await turn(true);
    await Promise.all(
      grounds.map(async (one, index) => {
        await until(() => expect(one.proxy.counts.attempts).toBeGreaterThan(before[index] ?? 0));
        await becomes(one, state, works === true);
      }),
    );
    await passed(lastsMs);
    await Promise.all(grounds.map((one) => becomes(one, state, works === true)));
    const tried = grounds.map(({ proxy }, index) => proxy.counts.attempts - (before[index] ?? 0));
    const brokenMs = Date.now();
    for (const { proxy } of grounds) proxy.trouble();
    await Promise.all(grounds.map((one) => becomes(one, 'READY', true)));
    const recoveredMs = Date.now() - brokenMs;
    for (const [index, { proxy }] of grounds.entries()) {
      const { most } = proxy.counts;
      table.push({
        row,
        sdk: index ? 'Chromium' : 'Node',
        state,
        value: works ? 'new' : 'as it was',
        attempts: tried[index],
        most,
        recoveredMs,
      });
      expect(most).toBe(1);
      expect(tried[index]).toBeLessThanOrEqual(row.startsWith('301') ? ATTEMPTS * REDIRECTS : ATTEMPTS);
    }
    await Promise.all(grounds.map((one) => leavesNothing(one)));
  });
});

async function leavesNothing({ proxy, subject }: Ground): Promise<void> {
  await subject.close();
  await until(() => expect(proxy.open()).toBe(0));
  const { attempts } = proxy.counts;
  await passed(lookMs);
  expect([await subject.value(), proxy.counts.attempts]).toEqual([true, attempts]);
  await proxy.close();
}
