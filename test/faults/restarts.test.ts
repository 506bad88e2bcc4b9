import { createClient } from '@taffrail/node';
import { afterEach, expect, test, vi } from 'vitest';
import { KEY, startWire, switchFlag } from '../../packages/node/src/wire-server.test-kit.ts';
import { type ChaosProxy, startChaosProxy } from './chaos-proxy.ts';

const restarts = 50;
const RECONNECT_MS = 100;
const quiet = { warn() {}, error() {} };

let proxy: ChaosProxy | undefined;
let wire: Awaited<ReturnType<typeof startWire>> | undefined;
afterEach(async () => {
  await wire?.stop();
  await proxy?.close();
});

const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 20_000, interval: 5 });

test(`${restarts} restarts of the server: one connection at a time, every value taken, nothing left`, async () => {
  wire = await startWire([switchFlag('tested', false)]);
  proxy = await startChaosProxy(wire.url);
  const client = createClient({ url: proxy.url, key: KEY, cacheFolder: false, overrideFile: false, logger: quiet });
  expect(await client.ready({ timeoutMs: 20_000 })).toBe('READY');
  for (let restart = 1; restart <= restarts; restart++) {
    const next = await startWire([switchFlag('tested', restart % 2 === 1)], 'production', `e${restart + 1}`);
    proxy.lead(next.url);
    await wire.goodbye(RECONNECT_MS);
    await wire.stop();
    wire = next;
    await until(() =>
      expect([client.isEnabled('tested'), client.state, next.streams()]).toEqual([restart % 2 === 1, 'READY', 1]),
    );
    expect([proxy.counts.most, proxy.open(), proxy.counts.attempts]).toEqual([1, 1, restart + 1]);
  }
  await client.close();
  await until(() => expect([proxy?.open(), wire?.streams()]).toEqual([0, 0]));
  expect(proxy.counts.attempts).toBe(restarts + 1);
});
