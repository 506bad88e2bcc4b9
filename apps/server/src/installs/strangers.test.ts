import type { HistoryEntry } from '@taffrail/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { project, startVendor, type TestSite, type TestVendor } from './installs.test-kit.ts';

let vendor: TestVendor;

beforeAll(async () => {
  vendor = await startVendor();
  await vendor.cut('8.4.0');
  await vendor.cut('5.0.0', { line: 'lts' });
}, 30_000);
afterAll(() => vendor.server.remove());

const digest = `sha256:${'0'.repeat(64)}`;

const claimsIn = async () => {
  const { entries } = await vendor.send<{ entries: HistoryEntry[] }>('GET', `${project}/history?limit=1000`);
  return entries.flatMap(({ changes }) => changes.flatMap(({ kind, key }) => (kind === 'shipment.newer-elsewhere' ? [key] : [])));
};

const statusesOf = async (claims: readonly number[], claim: (revision: number) => Promise<{ readonly status: number }>) => {
  const statuses: number[] = [];
  for (const revision of claims) statuses.push((await claim(revision)).status);
  return statuses;
};

it('a site is not believed of a release of another line, however it says it', async () => {
  const site = await vendor.install('mainline');
  await vendor.poll(site, 'release=5.0.0&revision=7');
  await vendor.acknowledge(site, 1, digest);
  expect(await claimsIn()).toEqual([]);
  const other = await vendor.install('lts', { line: 'lts' });
  await vendor.poll(other, 'release=5.0.0&revision=7', 'lts');
  expect(await claimsIn()).toEqual(['5.0.0']);
});

it('who claims one number after the other is refused, and the history is left alone', async () => {
  const site: TestSite = await vendor.install('liar');
  const numbers = Array.from({ length: 40 }, (_, n) => n + 2);
  const polled = await statusesOf(numbers, (revision) => vendor.poll(site, `release=8.4.0&revision=${revision}`));
  const said = await statusesOf(numbers, (revision) => vendor.acknowledge(site, revision + 100, digest));
  expect([...polled, ...said]).toEqual([...Array<number>(10).fill(200), ...Array<number>(70).fill(429)]);
  expect((await claimsIn()).filter((release) => release === '8.4.0')).toHaveLength(10);
  expect((await vendor.poll(site, 'release=8.4.0&revision=1')).status).toBe(200);
  const other = await vendor.install('honest');
  expect((await vendor.poll(other, 'release=8.4.0&revision=300')).status).toBe(200);
});
