import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../testing/running-server.ts';
import { project, startVendor, type TestSite, type TestVendor, vendorAt } from './installs.test-kit.ts';

let vendor: TestVendor;
let first: { readonly digest: string };
let second: { readonly digest: string };
const neverIssued = `sha256:${'0'.repeat(64)}`;

beforeAll(async () => {
  vendor = await startVendor();
  await vendor.cut('8.4.0');
  first = await vendor.sign('8.4.0', 1);
  await vendor.backOut('=8.4.0');
  second = await vendor.sign('8.4.0', 2);
}, 30_000);
afterAll(() => vendor.server.remove());

const digestOf = (n: number) => `sha256:${String(n).padStart(64, '0')}`;
const rowOf = async (install: string) => (await vendor.detail(install)).row;

describe('an acknowledgement', () => {
  it('says what is in force at a site, and stands as it was first said', async () => {
    const site = await vendor.install('globex');
    expect(await rowOf('globex')).toMatchObject({ standing: 'silent', online: false });
    await vendor.acknowledge(site, 1, first.digest);
    const before = await vendor.detail('globex');
    expect(before.row).toMatchObject({ standing: 'behind', newest: 2, supported: true });
    expect(before.row.runs).toMatchObject({ release: '8.4.0', revision: 1, appliedAt: '2026-12-01T00:00:00.000Z' });
    await vendor.acknowledge(site, 1, first.digest, { appliedAt: '2027-01-01T00:00:00Z' });
    expect((await vendor.detail('globex')).acknowledged).toEqual(before.acknowledged);
    await vendor.acknowledge(site, 2, second.digest);
    const after = await vendor.detail('globex');
    expect(after.row).toMatchObject({ standing: 'current', runs: { revision: 2 } });
    expect(after.acknowledged.map(({ revision }) => revision)).toEqual([2, 1]);
    await vendor.acknowledge(site, 1, first.digest);
    expect((await vendor.detail('globex')).row).toMatchObject({ standing: 'behind', runs: { revision: 1 } });
  });

  it('of what this server never issued is kept as such', async () => {
    const site = await vendor.install('stranger');
    expect((await vendor.acknowledge(site, 7, neverIssued)).status).toBe(200);
    const { row, acknowledged } = await vendor.detail('stranger');
    expect(row.standing).toBe('unknown-shipment');
    expect(row.runs).toMatchObject({ revision: 7, digest: neverIssued });
    expect([row.runs?.release, acknowledged[0]?.release]).toEqual([undefined, undefined]);
  });

  it('speaks for its own install alone', async () => {
    const [site, other] = [await vendor.install('speaker'), await vendor.install('bystander')];
    const body = { install: other.install, revision: 1, digest: first.digest, appliedAt: '2026-12-01T00:00:00Z' };
    const sent = await vendor.server.send<{ code: string }>('POST', '/install/v1/acks', { token: site.secret, body });
    expect(sent.body.code).toBe('INVALID');
    await vendor.acknowledge(site, 1, first.digest);
    expect([(await rowOf('speaker')).standing, (await rowOf('bystander')).standing]).toEqual(['behind', 'silent']);
  });

  it.each([
    ['a digest that is none', { digest: 'sha256:abc' }, '/body/digest'],
    ['a revision that is none', { revision: 0 }, '/body/revision'],
    ['no instant', { appliedAt: 'yesterday' }, '/body/appliedAt'],
    ['a leap second', { appliedAt: '2016-12-31T23:59:60Z' }, '/body/appliedAt'],
    ['anything about the site', { hostname: 'db-1' }, '/body/hostname'],
  ])('is refused with %s', async (what, fields, at) => {
    const site = await vendor.install(`refused-${what.replaceAll(' ', '-')}`);
    const { status, body } = await vendor.acknowledge(site, 1, first.digest, fields);
    expect([status, body]).toMatchObject([422, { code: 'INVALID', mistakes: [{ at }] }]);
    expect((await rowOf(site.install)).standing).toBe('silent');
  });

  it('carries what the override file says where its operator shares that, the last time only', async () => {
    const site = await vendor.install('sharing');
    const entry = { flag: 'ui', value: true, line: 3, hash: '7K3QX' };
    await vendor.acknowledge(site, 1, first.digest, { overrides: [entry] });
    await vendor.acknowledge(site, 1, first.digest, { overrides: [{ ...entry, value: false }] });
    const { row, overrides, acknowledged } = await vendor.detail('sharing');
    expect([row.shares, overrides?.entries, acknowledged.length]).toEqual([true, [{ ...entry, value: false }], 1]);
    await vendor.acknowledge(site, 1, first.digest);
    const after = await vendor.detail('sharing');
    expect([after.row.shares, after.overrides]).toEqual([false, undefined]);
  });

  it('is kept of the last hundred shipments', async () => {
    const site = await vendor.install('busy');
    for (let n = 1; n <= 105; n++) await vendor.acknowledge(site, n, digestOf(n));
    const { acknowledged } = await vendor.detail('busy');
    expect([acknowledged.length, acknowledged[0]?.revision, acknowledged.at(-1)?.revision]).toEqual([100, 105, 6]);
  });
});

/** What stands on disk is what the next server knows. */
it('a flood of made-up shipments, all at once, leaves a hundred on disk too', async () => {
  const site = await vendor.install('flood');
  await Promise.all(Array.from({ length: 250 }, (_, n) => vendor.acknowledge(site, n + 1, digestOf(n))));
  await vendor.server.close();
  const server = await startServer({ folder: vendor.server.folder });
  vendor = { ...vendor, ...vendorAt(server, vendor.owner, vendor.keys) };
  expect((await vendor.detail('flood')).acknowledged).toHaveLength(100);
});

describe('what sites said', () => {
  it('is on disk when it is answered: another server finds it there', async () => {
    const sites = await Promise.all(Array.from({ length: 60 }, (_, n) => vendor.install(`group-${n}`)));
    const answers = await Promise.all(sites.map((site) => vendor.acknowledge(site, 2, second.digest)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const before = await vendor.board('?limit=1000');
    expect(before.counts.current).toBeGreaterThanOrEqual(60);
    await vendor.server.close();
    const server = await startServer({ folder: vendor.server.folder });
    vendor = { ...vendor, ...vendorAt(server, vendor.owner, vendor.keys) };
    expect(await vendor.board('?limit=1000')).toEqual(before);
    expect((await vendor.detail('busy')).acknowledged).toHaveLength(100);
  });

  it('shows who is connected now', async () => {
    const site: TestSite = await vendor.install('connected');
    const stream = await vendor.open(site, 'release=8.4.0');
    await stream.atLeast(3);
    expect(await rowOf('connected')).toMatchObject({ online: true, standing: 'silent' });
    expect((await vendor.board()).counts.online).toBe(1);
    await stream.close();
    while ((await rowOf('connected')).online) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await vendor.board()).counts.online).toBe(0);
  });

  it('tells nothing to who may not read the project', async () => {
    const { body } = await vendor.server.send<{ code: string }>('GET', `${project}/installs`);
    expect(body.code).toBe('NOT_SIGNED_IN');
  });
});
