import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { onPremClient } from './client.ts';
import { StepClock } from './clock.test-kit.ts';
import { onPremSettings, type OnPremSettings } from './options.ts';
import { INSTALL_KEY, type Obstacle, startVendor } from './vendor-server.test-kit.ts';
import { foldersOf, vendorOf } from './vendor.test-kit.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PATIENCE = { timeout: 20_000, interval: 20 };
vi.setConfig({ testTimeout: 120_000 });

const signed = vendorOf();
let vendor: Awaited<ReturnType<typeof startVendor>>;
let folders: ReturnType<typeof foldersOf>;
let said: string[] = [];
let clock: StepClock;
let isAway = false;
let calls = 0;
const ends: (() => Promise<void>)[] = [];
const log = { warn: (text: string) => said.push(`warn ${text}`), error: (text: string) => said.push(`error ${text}`) };

/** The network between the two, which is nobody's. */
const network: typeof globalThis.fetch = async (url, init) => {
  calls++;
  if (isAway) throw new TypeError('fetch failed', { cause: new Error('connect ENETUNREACH') });
  return globalThis.fetch(url, init);
};

function client() {
  const settings = onPremSettings(
    {
      site: folders.site,
      package: folders.package,
      overrideFile: false,
      vendor: { url: vendor.url, key: INSTALL_KEY },
      fetch: network,
    },
    {},
  ) as OnPremSettings;
  const made = onPremClient(settings, { clock, random: () => 0.5, log });
  ends.push(() => made.close());
  return made;
}

/** Lets files and sockets be, and time pass a little, until something holds. */
const until = (check: () => void) =>
  vi.waitFor(async () => {
    await clock.pass(1_000, 100);
    check();
  }, PATIENCE);

beforeEach(async () => {
  vendor = await startVendor();
  folders = foldersOf(signed);
  clock = new StepClock('2026-12-18T10:00:00Z');
  [said, isAway, calls] = [[], false, 0];
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await vendor.leave();
  folders.remove();
});

test('a week without the vendor: no flip, at most a line an hour, a restart that changes nothing, and back by itself', async () => {
  vendor.begin(['shipment', signed.r2]);
  const before = client();
  await until(() => expect(before.site.shipment()).toMatchObject({ revision: 2 }));
  await until(() => expect(vendor.acks.at(-1)).toMatchObject({ revision: 2 }));
  isAway = true;
  vendor.drop();
  const flips = vi.fn<() => void>();
  before.onChange(flips);
  said = [];

  await clock.pass(3 * DAY_MS, 60_000);
  expect([before.isEnabled('stream'), before.isEnabled('avatars'), before.state]).toEqual([false, true, 'READY']);
  expect(before.site.lastContactAt()?.toISOString()).toMatch(/^2026-12-18T10:/);
  await before.close();
  const after = client();
  after.onChange('stream', flips);
  await until(() => expect(after.state).toBe('READY'));
  expect([after.isEnabled('stream'), after.site.shipment()?.revision]).toEqual([false, 2]);
  expect(after.site.lastContactAt()?.toISOString()).toMatch(/^2026-12-18T10:/);
  await clock.pass(4 * DAY_MS, 60_000);

  const away = said.filter((text) => text.includes('out of reach'));
  expect([after.isEnabled('stream'), after.state, flips.mock.calls.length]).toEqual([false, 'READY', 1]);
  expect(away.length).toBeGreaterThan(24);
  expect(away.length).toBeLessThanOrEqual(168);
  expect(said.filter((text) => !away.includes(text))).toEqual([expect.stringContaining('8.4.0 r2 is in force')]);
  expect(calls).toBeLessThan(7 * 24 * 200);

  vendor.begin(['shipment', signed.r3]);
  isAway = false;
  await clock.pass(10 * 60_000, 10_000);
  await until(() => expect(after.site.shipment()).toMatchObject({ revision: 3 }));
  await until(() => expect(vendor.acks.at(-1)).toMatchObject({ revision: 3 }));
  process.stdout.write(`a week away: ${calls} calls, ${said.length} lines in the log\n`);
});

test('a disk that was full when a back-out came: it is asked for again, and taken once there is room', async () => {
  vendor.begin(['shipment', signed.r2]);
  const inTheWay = join(folders.site, 'shipments/8.4.0/2.json');
  mkdirSync(inTheWay, { recursive: true });
  const flags = client();
  await until(() => expect(said.join()).toContain('could not be kept'));
  vendor.say(['beat', '{"revision":2}']);
  await clock.pass(5 * 60_000, 1_000);
  expect([flags.isEnabled('stream'), flags.site.shipment()?.revision]).toEqual([true, 1]);
  vendor.say(['beat', '{"revision":2}']);
  rmSync(inTheWay, { recursive: true });
  await until(() => expect(flags.isEnabled('stream')).toBe(false));
  expect(said.filter((text) => text.includes('could not be kept'))).toHaveLength(1);
});

const answer =
  (status: number, headers = {}, body = ''): Obstacle =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
    return true;
  };

describe('two hours of a vendor that', () => {
  it.each<[string, Obstacle]>([
    ['does not know the key (401)', answer(401)],
    ['refuses the key (403)', answer(403)],
    ['wants to be left alone (429)', answer(429, { 'retry-after': '120' })],
    ['is ill (503)', answer(503)],
    ['is a captive portal', answer(200, { 'content-type': 'text/html' }, '<html>Sign in</html>')],
    ['says half of an event and goes', (_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end('event: shipment\ndata: {"pay') !== undefined], // prettier-ignore
    ['says what is no JSON', answer(200, { 'content-type': 'text/event-stream' }, 'event: beat\ndata: {\n\n')],
    ['cuts every connection', ({ socket }) => socket.destroy() !== undefined],
  ])('%s changes nothing, is told of once an hour at most, and is asked moderately', async (_, obstacle) => {
    await folders.take(signed.r2);
    vendor.obstruct(obstacle);
    const flags = client();
    await until(() => expect(vendor.requests.length).toBeGreaterThan(0));
    await clock.pass(2 * HOUR_MS, 30_000);
    expect([flags.isEnabled('stream'), flags.state, flags.site.shipment()?.revision]).toEqual([false, 'READY', 2]);
    expect(said.filter((text) => text.includes('the vendor at')).length).toBeLessThanOrEqual(2);
    expect(said.some((text) => text.includes('the vendor at'))).toBe(true);
    vendor.obstruct();
    vendor.begin(['shipment', signed.r3]);
    await clock.pass(10 * 60_000, 10_000);
    await until(() => expect(flags.site.shipment()).toMatchObject({ revision: 3 }));
  });
});
