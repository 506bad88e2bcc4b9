import { sealKeys } from '@taffrail/shipment/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { project, startVendor, type TestVendor } from './installs.test-kit.ts';

let vendor: TestVendor;
let first: { readonly file: string; readonly digest: string };
let keys: string;

beforeAll(async () => {
  vendor = await startVendor();
  await vendor.cut('8.4.0');
  first = await vendor.sign('8.4.0', 1);
  keys = sealKeys(vendor.keys.list, vendor.keys.root);
}, 30_000);
afterAll(() => vendor.server.remove());

const textOf = (data: readonly string[] | undefined) => data?.join('\n');

describe('the stream of a site', () => {
  it('says hello, then the key list, then the shipment, each byte for byte as it was signed', async () => {
    const site = await vendor.install('globex');
    const stream = await vendor.open(site, 'release=8.4.0');
    const [hello, list, shipment] = await stream.atLeast(3);
    expect(JSON.parse(textOf(hello?.data) ?? '')).toEqual({
      line: 'main',
      release: '8.4.0',
      heartbeatMs: 30_000,
      capabilities: [],
    });
    expect([list?.name, textOf(list?.data)]).toEqual(['keys', keys]);
    expect([shipment?.name, shipment?.id, textOf(shipment?.data)]).toEqual(['shipment', '8.4.0/1', first.file]);
    await stream.close();
  });

  it.each([
    ['nothing', 'release=8.4.0&revision=1&keys=1', ['hello']],
    ['the shipment alone', 'release=8.4.0&keys=1', ['hello', 'shipment']],
    ['the key list alone', 'release=8.4.0&revision=1', ['hello', 'keys']],
    ['of a release that nobody cut, the key list', 'release=9.0.0', ['hello', 'keys']],
  ])('brings a site that lacks it %s', async (what, query, names) => {
    const site = await vendor.install(`lacks-${what.split(' ').join('-').replace(',', '')}`);
    const stream = await vendor.open(site, query);
    await stream.atLeast(names.length);
    // What a later commit brings comes after all that the opening brought.
    await vendor.cut(`7.0.${names.length}-${what.length}`);
    expect(stream.events.map(({ name }) => name)).toEqual(names);
    await stream.close();
  });

  it.each([
    ['gzip', 'gzip'],
    ['identity', null],
  ])('says the same to a site that asks for %s', async (accepted, coding) => {
    const site = await vendor.install(`reads-${accepted}`);
    const stream = await vendor.open(site, 'release=8.4.0', 'main', { 'Accept-Encoding': accepted });
    expect(stream.response.headers.get('content-encoding')).toBe(coding);
    const [, list, shipment] = await stream.atLeast(3);
    expect([textOf(list?.data), textOf(shipment?.data)]).toEqual([keys, first.file]);
    await stream.close();
  });

  it('brings a back-out when it is signed, and not when it is only decided', async () => {
    await vendor.cut('8.5.0');
    const { digest } = await vendor.sign('8.5.0', 1);
    const site = await vendor.install('initech');
    const stream = await vendor.open(site, 'release=8.5.0&keys=1');
    await stream.atLeast(2);
    await vendor.backOut('=8.5.0');
    expect((await vendor.poll(site, 'release=8.5.0&revision=1&keys=1')).body).toEqual({});
    const second = await vendor.sign('8.5.0', 2);
    const events = await stream.atLeast(3);
    expect(events.map(({ name, id }) => [name, id])).toEqual([
      ['hello', undefined],
      ['shipment', '8.5.0/1'],
      ['shipment', '8.5.0/2'],
    ]);
    expect(textOf(events[2]?.data)).toBe(second.file);
    expect(second.digest).not.toBe(digest);
    await stream.close();
  });

  it('ends at once for a key that is revoked, for good, and for an install that is retired', async () => {
    const [revoked, retired, other] = [
      await vendor.install('revoked'),
      await vendor.install('retired'),
      await vendor.install('other'),
    ];
    const streams = await Promise.all([revoked, retired, other].map((site) => vendor.open(site, 'release=8.4.0')));
    await Promise.all(streams.map((stream) => stream.atLeast(3)));
    await vendor.send('DELETE', `${project}/installs/revoked/keys/${revoked.keyId}`);
    await vendor.send('PATCH', `${project}/installs/retired`, { retired: true });
    for (const stream of streams.slice(0, 2)) {
      const last = (await stream.ended()).at(-1);
      expect([last?.name, JSON.parse(textOf(last?.data) ?? '{}')]).toMatchObject(['goodbye', { fatal: true }]);
    }
    for (const site of [revoked, retired]) {
      expect((await vendor.poll(site, 'release=8.4.0')).body.code).toBe('KEY_REJECTED');
      expect((await vendor.acknowledge(site, 1, first.digest)).body.code).toBe('KEY_REJECTED');
    }
    expect(streams[2]?.events.map(({ name }) => name)).toEqual(['hello', 'keys', 'shipment']);
    await vendor.send('PATCH', `${project}/installs/retired`, { retired: false });
    expect((await vendor.poll(retired, 'release=8.4.0')).status).toBe(200);
    await streams[2]?.close();
  });
});

describe('the poll of a site', () => {
  it('answers what is newer, and nothing else', async () => {
    const site = await vendor.install('poller');
    expect((await vendor.poll(site, 'release=8.4.0')).body).toEqual({ keys, shipment: first.file });
    expect((await vendor.poll(site, 'release=8.4.0&revision=1')).body).toEqual({ keys });
    expect((await vendor.poll(site, 'release=8.4.0&revision=1&keys=1')).body).toEqual({});
  });

  it('gives a release of another line to nobody of this one', async () => {
    await vendor.cut('5.0.0', { line: 'lts' });
    const site = await vendor.install('mainline');
    expect((await vendor.poll(site, 'release=5.0.0&keys=1')).body).toEqual({});
    const answer = await vendor.poll(site, 'release=5.0.0', 'lts');
    expect(answer.body).toMatchObject({ code: 'FORBIDDEN', detail: expect.stringContaining('of the line main') });
  });
});

describe('what is no site', () => {
  it.each([
    ['no key', {}, 'KEY_REJECTED'],
    ['a made-up key', { token: 'tf_ins_abcdefgh_x' }, 'KEY_REJECTED'],
  ])('is refused with %s', async (_, options, code) => {
    for (const [method, path] of [
      ['GET', '/install/v1/shipments/main?release=8.4.0'],
      ['GET', '/install/v1/shipments/main/stream?release=8.4.0'],
      ['POST', '/install/v1/acks'],
    ] as const) {
      expect((await vendor.server.send<{ code: string }>(method, path, options)).body.code).toBe(code);
    }
  });

  it('is refused with keys of other doors, and an install key opens none of those', async () => {
    const sdk = await vendor.send<{ secret: string }>('POST', `${project}/environments/production/keys`, {
      kind: 'server',
      name: 'x',
    });
    const site = await vendor.install('doors');
    for (const secret of [sdk.secret, vendor.owner.token]) {
      expect((await vendor.poll({ ...site, secret }, 'release=8.4.0')).body.code).toBe('KEY_REJECTED');
    }
    for (const path of ['/sdk/v1/snapshot', `${project}/installs`]) {
      expect((await vendor.server.send<{ code: string }>('GET', path, { token: site.secret })).body.code).toBe('KEY_REJECTED');
    }
  });

  it.each([
    ['no release', 'GET', '/install/v1/shipments/main', 'INVALID'],
    ['a release that is none', 'GET', '/install/v1/shipments/main?release=../x', 'INVALID'],
    ['a revision that is none', 'GET', '/install/v1/shipments/main?release=8.4.0&revision=0', 'INVALID'],
    ['another parameter', 'GET', '/install/v1/shipments/main?release=8.4.0&all=1', 'INVALID'],
    ['another method', 'POST', '/install/v1/shipments/main', 'METHOD_NOT_ALLOWED'],
    ['reading acknowledgements', 'GET', '/install/v1/acks', 'METHOD_NOT_ALLOWED'],
    ['another address', 'GET', '/install/v1/anything', 'NOT_FOUND'],
  ])('is told so: %s', async (_, method, path, code) => {
    const name = `odd-${[...path].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), method.length) % 1e9}`;
    const { secret } = await vendor.install(name);
    expect((await vendor.server.send<{ code: string }>(method, path, { token: secret })).body.code).toBe(code);
  });
});
