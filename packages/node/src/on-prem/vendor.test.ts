import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tagOf } from '@taffrail/shipment/browser';
import { createClient } from './client.ts';
import type { OnPremOptions } from './options.ts';
import { INSTALL_KEY, type Obstacle, startVendor } from './vendor-server.test-kit.ts';
import { foldersOf, vendorOf } from './vendor.test-kit.ts';

/** These wait for a real network and a real file system on a machine that may be busy. */
const PATIENCE = { timeout: 20_000, interval: 20 };
vi.setConfig({ testTimeout: 3 * PATIENCE.timeout });

const signed = vendorOf();
let vendor: Awaited<ReturnType<typeof startVendor>>;
let folders: ReturnType<typeof foldersOf>;
let said: string[] = [];
const ends: (() => Promise<void>)[] = [];
const logger = { warn: (text: string) => said.push(`warn ${text}`), error: (text: string) => said.push(`error ${text}`) };

function client(options: Partial<OnPremOptions> = {}) {
  const { url } = vendor;
  const made = createClient({
    site: folders.site,
    package: folders.package,
    overrideFile: false,
    logger,
    vendor: { url, key: INSTALL_KEY },
    ...options,
  });
  ends.push(() => made.close());
  return made;
}

const until = (check: () => void | Promise<void>) => vi.waitFor(check, PATIENCE);
const answer =
  (status: number, headers = {}): Obstacle =>
  (_, response) => {
    response.writeHead(status, headers).end();
    return true;
  };

beforeEach(async () => {
  vendor = await startVendor();
  folders = foldersOf(signed);
  said = [];
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await vendor.leave();
  folders.remove();
});

describe('a connected site', () => {
  it('waits for nobody: it is ready before the vendor says anything', async () => {
    vendor.obstruct(() => true);
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled('stream')).toBe(true);
  });

  it('says what it has, takes what comes while it runs, and acknowledges that and nothing else', async () => {
    const flags = client();
    await flags.ready();
    await until(() => expect(vendor.acks).toHaveLength(1));
    vendor.say(['shipment', signed.r2]);
    await until(() => expect(flags.isEnabled('stream')).toBe(false));
    await until(() => expect(vendor.acks).toHaveLength(2));
    const [stream] = vendor.requests;
    expect(stream).toEqual({
      path: '/install/v1/shipments/main/stream',
      query: { release: '8.4.0', revision: '1', keys: '1' },
    });
    expect(vendor.acks[1]).toEqual({
      revision: 2,
      digest: flags.site.shipment()?.digest,
      appliedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(flags.state).toBe('READY');
  });

  it('takes a key list before the shipment that one of its keys signed', async () => {
    vendor.begin(['keys', signed.revokedKeys], ['shipment', signed.r2ByNext]);
    const flags = client();
    await until(() => expect(flags.site.shipment()).toMatchObject({ revision: 2 }));
    expect(flags.state).toBe('READY');
  });

  it('polls where streams do not get through', async () => {
    vendor.obstruct(
      (request, response) => request.url?.includes('/stream') === true && answer(503, { 'retry-after': '0' })(request, response),
    );
    vendor.hold({ shipment: signed.r2 });
    const flags = client();
    await flags.ready();
    expect(flags.isEnabled('stream')).toBe(true);
  });

  it('notes when it last heard of its vendor, for other processes too', async () => {
    const flags = client();
    await until(() => expect(flags.site.lastContactAt()).toBeInstanceOf(Date));
    await until(async () =>
      expect(JSON.parse(await readFile(join(folders.site, 'contact.json'), 'utf8'))).toEqual({
        lastContactAt: expect.stringMatching(/^\d{4}-.*Z$/),
        url: `${vendor.url}/`,
        install: tagOf('abcdefgh'),
      }),
    );
    await flags.close();
    vendor.obstruct(answer(503));
    const next = client();
    await next.ready();
    expect(next.site.lastContactAt()).toBeInstanceOf(Date);
  });

  it('shares its overrides only where its operator says so', async () => {
    writeFileSync(folders.override, OVERRIDES);
    const shared = client({
      overrideFile: folders.override,
      vendor: { url: vendor.url, key: INSTALL_KEY, share: ['overrides'] },
    });
    await shared.ready();
    await until(() => expect(vendor.acks.at(-1)).toHaveProperty('overrides.0'));
    expect(vendor.acks.at(-1)?.['overrides']).toEqual([
      {
        flag: 'stream',
        value: true,
        orgs: ['berlin'],
        acknowledges: ['BO-17'],
        expires: '2027-01-31',
        ticket: 'SUP-4411',
        setBy: 'j.doe',
        line: 3,
        hash: expect.stringMatching(/^[0-9A-Z]{5}$/),
      },
    ]);
    await shared.close();
    vendor.acks.length = 0;
    const silent = client({ overrideFile: folders.override });
    await silent.ready();
    await until(() => expect(vendor.acks).toHaveLength(1));
    expect(Object.keys(vendor.acks[0] ?? {})).toEqual(['revision', 'digest', 'appliedAt']);
  });

  it('may be several processes on one folder', async () => {
    const all = [client(), client(), client()];
    await Promise.all(all.map((flags) => flags.ready()));
    await until(() => expect(vendor.streams()).toBe(3));
    vendor.say(['shipment', signed.r2]);
    await until(() => expect(all.map((flags) => flags.site.shipment()?.revision)).toEqual([2, 2, 2]));
    vendor.say(['shipment', signed.r3]);
    await until(() => expect(all.map((flags) => flags.site.shipment()?.revision)).toEqual([3, 3, 3]));
    expect(said.filter((text) => text.startsWith('error'))).toEqual([]);
    expect(all.map((flags) => flags.state)).toEqual(['READY', 'READY', 'READY']);
  });

  it('opens its stream anew when a beat knows of a revision that never came, once for each', async () => {
    const flags = client();
    await until(() => expect(vendor.acks).toHaveLength(1));
    vendor.say(['beat', '{"revision":1}'], ['beat', '{"revision":2}']);
    vendor.begin(['shipment', signed.r2]);
    await until(() => expect(flags.site.shipment()).toMatchObject({ revision: 2 }));
    const streams = () => vendor.requests.filter(({ path }) => path.endsWith('/stream')).length;
    expect(streams()).toBe(2);
    vendor.say(['shipment', signed.r1], ['beat', '{"revision":3}'], ['beat', '{"revision":2}']);
    await until(() => expect(said.join('\n')).toContain('OLDER_REVISION'));
    expect(streams()).toBe(2);
  });

  it('comes back when a vendor that said goodbye told it to', async () => {
    const flags = client();
    await until(() => expect(vendor.streams()).toBe(1));
    vendor.begin(['shipment', signed.r2]);
    vendor.say(['goodbye', '{"reason":"draining","reconnectInMs":50}']);
    await until(() => expect(flags.site.shipment()).toMatchObject({ revision: 2 }));
    expect(said.filter((text) => text.includes('the vendor at'))).toEqual([]);
  });

  it('is refused an acknowledgement by a vendor of another version once, and says so', async () => {
    vendor.obstruct((request, response) => request.url === '/install/v1/acks' && answer(422)(request, response));
    const flags = client();
    await flags.ready();
    await until(() => expect(said.join('\n')).toContain('refused an acknowledgement (422)'));
    vendor.say(['beat', '{"revision":1}'], ['beat', '{"revision":1}']);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(vendor.requests.filter(({ path }) => path === '/install/v1/acks')).toHaveLength(1);
  });

  it('leaves no connection behind once closed', async () => {
    const flags = client();
    await until(() => expect(vendor.streams()).toBe(1));
    await flags.close();
    await until(() => expect(vendor.streams()).toBe(0));
  });

  it('acknowledges until it is taken, and then no more', async () => {
    let refusals = 0;
    vendor.obstruct((request, response) => {
      if (request.url !== '/install/v1/acks' || refusals >= 2) return false;
      refusals++;
      return answer(503, { 'retry-after': '0' })(request, response);
    });
    const flags = client();
    await flags.ready();
    await until(() => {
      vendor.say(['beat', '{"revision":1}']);
      expect(vendor.acks).toHaveLength(1);
    });
    vendor.say(['beat', '{"revision":1}']);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([refusals, vendor.acks.length]).toEqual([2, 1]);
  });
});

const OVERRIDES = `version: 1
overrides:
  - flag: stream
    value: true
    orgs: [berlin]
    acknowledges: [BO-17]
    expires: 2027-01-31
    ticket: SUP-4411
    set_by: j.doe
`;

describe('what a vendor must not be able to do', () => {
  it.each<[string, (say: typeof vendor.say) => void, string]>([
    ['go back to an older revision', (say) => say(['shipment', signed.r1]), 'OLDER_REVISION'],
    ['send what another key signed', (say) => say(['shipment', vendorOf().r3]), 'BAD_SIGNATURE'],
    ['send a key list that another root signed', (say) => say(['keys', signed.strangeKeys]), 'BAD_SIGNATURE'],
    ['send a shipment of another release', (say) => say(['shipment', signed.other]), 'a shipment of 8.5.0'],
    ['send garbage', (say) => say(['shipment', 'garbage'], ['keys', '{}']), 'NOT_AN_ENVELOPE'],
  ])('is to %s: it is said once, and nothing changes', async (_, act, word) => {
    await folders.take(signed.r2);
    const flags = client();
    await until(() => expect(vendor.acks).toHaveLength(1));
    for (let times = 0; times < 3; times++) act(vendor.say);
    await until(() => expect(said.join('\n')).toContain(word));
    vendor.say(['shipment', signed.r3]);
    await until(() => expect(flags.site.shipment()).toMatchObject({ revision: 3 }));
    expect(said.filter((text) => text.includes(word))).toHaveLength(1);
    expect([flags.isEnabled('stream'), flags.state]).toEqual([false, 'READY']);
  });

  it.each(['{"reason":{"toString":null}}', '{"reason":"all is well\\n✓ taken\\u001b[2J\\u009b","fatal":true}', 'null', '[]'])(
    'is to crash the process, or to forge what its log says, by a goodbye: %s',
    async (goodbye) => {
      const crashed = vi.fn<(error: unknown) => void>();
      process.on('uncaughtException', crashed);
      ends.push(async () => void process.off('uncaughtException', crashed));
      const flags = client();
      await until(() => expect(vendor.acks).toHaveLength(1));
      vendor.begin(['shipment', signed.r2]);
      vendor.say(['goodbye', goodbye]);
      await until(() => expect(vendor.streams()).toBe(0));
      await until(() => expect(said).not.toEqual([]));
      expect(crashed).not.toHaveBeenCalled();
      expect(said.join('')).not.toMatch(/\p{Cc}/u);
      expect(flags.isEnabled('stream')).toBe(true);
    },
  );

  it('is to make a site deaf to lost revisions by naming one that there never was', async () => {
    const flags = client();
    await until(() => expect(vendor.acks).toHaveLength(1));
    vendor.say(['beat', '{"revision":1e15}']);
    const streams = () => vendor.requests.filter(({ path }) => path.endsWith('/stream')).length;
    await until(() => expect([streams(), vendor.streams()]).toEqual([2, 1]));
    vendor.begin(['shipment', signed.r2]);
    vendor.say(['beat', '{"revision":2}']);
    await until(() => expect(flags.site.shipment()).toMatchObject({ revision: 2 }));
  });
});
