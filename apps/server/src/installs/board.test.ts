import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstallRow } from '@taffrail/schema';
import type { StreamReader } from '../streams/stream-reader.test-kit.ts';
import { type Board, project, startVendor, type TestSite, type TestVendor } from './installs.test-kit.ts';

const COUNT = 300;
let vendor: TestVendor;
/** What each site has in force, as the site itself knows it. */
const truth = new Map<string, { readonly revision: number; readonly digest: string }>();
const gone = (each: number) => each % 10 === 0;

beforeAll(async () => {
  vendor = await startVendor();
  await vendor.cut('8.4.0');
  await vendor.sign('8.4.0', 1);
  const sites: TestSite[] = [];
  for (let each = 0; each < COUNT; each++) sites.push(await vendor.install(keyOf(each)));
  for (const key of ['silent-1', 'silent-2']) await vendor.install(key, { name: 'Never heard of' });
  await vendor.install('vault', { connection: 'air-gapped' });
  await vendor.install('other', { line: 'lts' });
  const streams = await Promise.all(sites.map((site) => follow(site)));
  await until(() => truth.size === COUNT);
  await Promise.all(streams.filter((_, each) => gone(each)).map((stream) => stream.close()));
  await until(async () => (await vendor.board()).counts.online === COUNT - COUNT / 10);
  await vendor.backOut('=8.4.0');
  await vendor.sign('8.4.0', 2);
  await until(() => [...truth.values()].filter(({ revision }) => revision === 2).length === COUNT - COUNT / 10);
}, 120_000);
afterAll(() => vendor.server.remove());

const keyOf = (each: number) => `site-${String(each).padStart(4, '0')}`;

/** A site that takes what comes and acknowledges it, until the stream ends. */
async function follow(site: TestSite) {
  const stream = await vendor.open(site, 'release=8.4.0&keys=1');
  void takeAll(site, stream);
  return stream;
}

async function takeAll(site: TestSite, stream: StreamReader): Promise<void> {
  for (let taken = 1; ; taken++) {
    const event = (await stream.atLeast(taken + 1))[taken];
    if (event?.name !== 'shipment') return;
    const { payload } = JSON.parse(event.data.join('\n')) as { payload: string };
    const bytes = Buffer.from(payload, 'base64');
    const { revision } = JSON.parse(bytes.toString()) as { revision: number };
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    await vendor.acknowledge(site, revision, digest);
    truth.set(site.install, { revision, digest });
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function allRows(query: string, limit: number): Promise<InstallRow[]> {
  const rows: InstallRow[] = [];
  for (let next: string | undefined = ''; next !== undefined;) {
    const page: Board = await vendor.board(`?limit=${limit}${query}${next && `&after=${next}`}`);
    expect(page.installs.length).toBeLessThanOrEqual(limit);
    rows.push(...page.installs);
    next = page.next;
  }
  return rows;
}

describe('the board of installs', () => {
  it('is equal to what the sites have in force, page by page', async () => {
    for (const limit of [7, 100, 1_000]) {
      const rows = await allRows('&line=main', limit);
      expect(rows.map(({ install }) => install)).toEqual([...truth.keys(), 'silent-1', 'silent-2', 'vault'].sort());
      for (const [install, { revision, digest }] of truth) {
        const row = rows.find((one) => one.install === install);
        const standing = revision === 2 ? 'current' : 'behind';
        expect(row).toMatchObject({ standing, online: revision === 2, newest: 2, supported: true });
        expect(row?.runs).toMatchObject({ release: '8.4.0', revision, digest });
      }
    }
  });

  it('counts all of the line, whatever is asked besides', async () => {
    const counts = { current: 270, behind: 30, silent: 2, 'unknown-shipment': 0, 'air-gapped': 1, online: 270 };
    for (const query of ['', '&standing=behind', '&search=vault', '&release=9.9.9']) {
      const board = await vendor.board(`?line=main${query}`);
      expect(board.counts).toEqual(counts);
      expect(board.running).toEqual([
        { release: '8.4.0', revision: 2, installs: 270, newest: 2, supported: true },
        { release: '8.4.0', revision: 1, installs: 30, newest: 2, supported: true },
      ]);
    }
    expect((await vendor.board()).counts.silent).toBe(3);
  });

  it.each<[string, string, number]>([
    ['a standing', '&standing=behind', 30],
    ['a release', '&release=8.4.0', 300],
    ['a release that nobody runs', '&release=8.4.1', 0],
    ['part of a key', '&search=site-001', 10],
    ['part of a name, in any case', '&search=NEVER', 2],
    ['a line', '&line=lts', 1],
    ['both', '&standing=current&search=site-001', 9],
    ['retirement', '&retired=only', 0],
  ])('is filtered by %s', async (_, query, count) => {
    expect((await vendor.board(`?limit=1${query}`)).total).toBe(count);
    expect(await allRows(query, 13)).toHaveLength(count);
  });

  it('finds the install of a support code', async () => {
    const { tag = '' } = (await vendor.detail('site-0007')).row;
    expect(tag).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}$/);
    expect((await vendor.board(`?tag=${tag.toLowerCase()}`)).installs.map(({ install }) => install)).toContain('site-0007');
  });

  it('draws how many ran what over time', async () => {
    const { shipments, points } = await vendor.send<{
      shipments: { release: string; revision: number }[];
      points: { at: string; installs: number[] }[];
    }>('GET', `${project}/install-timeline`);
    expect(shipments).toEqual([1, 2].map((revision) => ({ release: '8.4.0', revision })));
    expect(points.length).toBeLessThanOrEqual(200);
    expect(points.at(-1)?.installs).toEqual([30, 270]);
    for (const { installs } of points) expect(installs.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(COUNT);
    expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).sort());
  });

  it('tells how far a back-out has come, and who has it not', async () => {
    const progress = await vendor.send<Record<string, unknown> & { waiting: InstallRow[]; points: { applied: number }[] }>(
      'GET',
      `${project}/back-outs/BO-1/progress`,
    );
    expect(progress).toMatchObject({ concerned: 300, applied: 270, airGapped: 0 });
    expect([progress['p50Ms'], progress['p99Ms']]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(progress.waiting.map(({ install }) => install)).toEqual(Array.from({ length: 10 }, (_, each) => keyOf(each * 10)));
    expect([progress.points[0]?.applied, progress.points.at(-1)?.applied]).toEqual([0, 270]);
    expect(await vendor.server.send('GET', `${project}/back-outs/BO-9/progress`, { token: vendor.owner.token })).toMatchObject({
      status: 404,
    });
  });

  it('counts an install that it was carried to, and waits for it', async () => {
    await vendor.send('POST', `${project}/installs/vault/carried`, { release: '8.4.0', revision: 2 });
    const progress = await vendor.send('GET', `${project}/back-outs/BO-1/progress`);
    expect(progress).toMatchObject({ concerned: 301, applied: 270, airGapped: 1 });
    expect((await vendor.detail('vault')).row).toMatchObject({
      standing: 'air-gapped',
      carried: { release: '8.4.0', revision: 2 },
    });
  });
});
