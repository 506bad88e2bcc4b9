import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cut, encodeShipment, revise, type Shipment } from '@taffrail/shipment';
import { digestOf } from '@taffrail/shipment/signed';
import { createUser, type Circumstances } from './cli.test-kit.ts';

const user = createUser();
const at = (name: string): string => join(user.home, name);
const taffrail = (line: string, circumstances: Circumstances = {}) => user.run(line.split(' '), circumstances);
const write = (name: string, text: string): string => {
  writeFileSync(at(name), text, 'latin1');
  return at(name);
};

const flag = (key: string) =>
  ({
    key,
    type: 'boolean',
    on: true,
    variants: { on: true, off: false },
    off: 'off',
    salt: key,
    fallthrough: { variant: 'on' },
  }) as const;
const firstOf = (release: string): Shipment =>
  cut({
    product: 'acme',
    line: 'main',
    release,
    issuedAt: '2020-01-01T09:00:00Z',
    manifest: { flags: [{ key: 'avatars' }, { key: 'stream' }] },
    entries: [
      { flag: flag('avatars'), policy: 'on', variant: 'on' },
      { flag: flag('stream'), policy: 'on', variant: 'on' },
    ],
    openBackOuts: [],
  });
const r1 = firstOf('8.4.0');
const r2 = revise(r1, {
  issuedAt: '2020-02-01T09:00:00Z',
  prev: digestOf(Buffer.from(encodeShipment(r1))),
  backOuts: [{ id: 'BO-17', flags: ['stream'], severity: 'required', reason: 'it loses rows' }],
}) as Shipment;

const keysFolder = at('offline');
const verify = (file: string) => `shipment verify ${file} --keys ${keysFolder}/keys.json --trust ${keysFolder}/trust.json`;
const sign = (payload: string, output: string) =>
  taffrail(`shipment sign ${payload} --key ${keysFolder}/vendor-2026.pem --keyid vendor-2026 --output ${output}`);
const site = at('site');

beforeAll(async () => {
  await taffrail(`keys init acme --folder ${keysFolder} --keyid vendor-2026`);
  mkdirSync(site);
  copyFileSync(join(keysFolder, 'trust.json'), join(site, 'trust.json'));
  for (const [name, shipment] of Object.entries({ r1, r2 })) {
    const payload = write(`${name}.payload.json`, encodeShipment(shipment));
    await sign(payload, at(name));
  }
});

describe('keys of a vendor', () => {
  it('are secrets of their owner, and never written over', async () => {
    for (const name of ['root.pem', 'vendor-2026.pem']) expect(statSync(join(keysFolder, name)).mode & 0o777).toBe(0o600);
    expect(await taffrail(`keys init acme --folder ${keysFolder}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('root.pem is there already'),
    });
  });

  it('are rotated and revoked, each time with a list of the next version', async () => {
    const folder = at('rotating');
    await taffrail(`keys init acme --folder ${folder}`);
    const rotated = await taffrail(`keys rotate vendor-2 --folder ${folder}`);
    expect(rotated.out).toMatch(/^acme key list 2\n/);
    expect(rotated.out).toMatch(/vendor-1 +rotated out \S+ +(\d{4} ?){8}\nvendor-2 +signs/);
    expect((await taffrail(`keys revoke vendor-1 --folder ${folder}`)).out).toMatch(/key list 3[^]*vendor-1 +revoked/);
    expect(await taffrail(`keys revoke vendor-1 --folder ${folder}`)).toMatchObject({
      exitCode: 2,
      err: 'vendor-1 was revoked before.\n',
    });
    expect((await taffrail(`keys show --folder ${folder}`)).out).toMatch(/^acme key list 3\n/);
  });

  it('may be made elsewhere: the list needs the public half alone', async () => {
    const folder = at('elsewhere');
    const { keys } = JSON.parse((await taffrail(`keys show --folder ${keysFolder} --json`)).out);
    const line = `keys init acme --folder ${folder} --keyid signer --public-key ${keys[0].publicKey}`;
    expect(await taffrail(line)).toMatchObject({ exitCode: 0 });
    expect(() => statSync(join(folder, 'signer.pem'))).toThrow('ENOENT');
  });
});

describe('a shipment file', () => {
  it('is verified, and says what it serves', async () => {
    const { exitCode, out } = await taffrail(verify(at('r2')));
    expect(exitCode).toBe(0);
    expect(out).toContain('acme 8.4.0 revision 2, line main');
    expect(out).toContain('signed by  vendor-2026, verified');
    expect(out).toContain('back-out   BO-17, required: stream; it loses rows');
    expect(out).toMatch(/avatars +on +on\nstream +off +BO-17/);
  });

  it('is refused with its name, a code and the reason', async () => {
    const text = readFileSync(at('r2'), 'latin1');
    const file = write('changed', text.replace('"sig":"A', '"sig":"B').replace(/"sig":"[^A]/, '"sig":"A'));
    const { exitCode, out, err } = await taffrail(verify(file));
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toMatch(new RegExp(`^${file} is refused \\(BAD_SIGNATURE\\): the signature of vendor-2026 does not fit`));
    expect(JSON.parse((await taffrail(`${verify(file)} --json`)).out)).toMatchObject({ code: 'REFUSED' });
  });

  it('is refused with a question where it is no such file', async () => {
    const { err } = await taffrail(verify(write('half', readFileSync(at('r2'), 'latin1').slice(0, 100))));
    expect(err).toMatch(/is refused \(NOT_AN_ENVELOPE\): .* all of it\?\n$/);
  });

  it('is shown without keys, and says that it was not verified', async () => {
    expect((await taffrail(`shipment show ${at('r1')}`)).out).toContain('vendor-2026 (not verified: taffrail shipment verify)');
  });

  it('is compared with another', async () => {
    const { out } = await taffrail(`shipment diff ${at('r1')} ${at('r2')}`);
    expect(out).toBe('flag    before  after\nstream  on      off\nbacked out: BO-17\n');
    expect((await taffrail(`shipment diff ${at('r1')} ${at('r1')}`)).out).toBe('No flag is served differently.\n');
  });

  it('is signed only if it is the text of a shipment, to the byte', async () => {
    const spaced = write('spaced.json', JSON.stringify(r1, undefined, 1));
    expect(await sign(spaced, at('never'))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('not the text that the server wrote'),
    });
    expect(await sign(write('other.json', '{}'), at('never'))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('BAD_PAYLOAD'),
    });
    expect(() => statSync(at('never'))).toThrow('ENOENT');
  });
});

describe('the variables of a site', () => {
  const env = { TAFFRAIL_PACKAGE: join(user.home, 'package'), TAFFRAIL_SITE: join(user.home, 'another-site') };

  it('say where a shipment is taken, and whom to trust', async () => {
    mkdirSync(env.TAFFRAIL_PACKAGE);
    for (const [name, from] of [
      ['trust.json', join(keysFolder, 'trust.json')],
      ['keys.json', join(keysFolder, 'keys.json')],
      ['shipment.json', at('r1')],
    ] as const)
      copyFileSync(from, join(env.TAFFRAIL_PACKAGE, name));
    const { exitCode, out } = await taffrail(`shipment import ${at('r2')}`, { env });
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'acme 8.4.0 revision 2, line main is in force\n' });
    expect(readdirSync(join(env.TAFFRAIL_SITE, 'shipments/8.4.0'))).toEqual(['2.json']);
    expect(readdirSync(join(env.TAFFRAIL_SITE, 'keys'))).toEqual(['1.json']);
  });

  it('say which release runs: a shipment of another is taken, and not said to be in force', async () => {
    const other = at('of-8.5.0');
    await sign(write('8.5.0.payload.json', encodeShipment(firstOf('8.5.0'))), other);
    const taken = () => taffrail(`shipment import ${other}`, { env });
    const words = 'and waits for that release: the product here is 8.4.0\n';
    expect((await taken()).out).toBe(`acme 8.5.0 revision 1, line main is taken, ${words}`);
    expect((await taken()).out).toBe(`acme 8.5.0 revision 1, line main was here, ${words}`);
  });

  it('name a folder that can be written', async () => {
    const folder = join(at('r1'), 'site');
    expect(await taffrail(`shipment import ${at('r2')} --site ${folder}`, { env })).toEqual({
      exitCode: 2,
      out: '',
      err: `${folder} cannot be written: a file stands where its folder should be.\n`,
    });
  });

  it('are missed where nothing else says it', async () => {
    expect(await taffrail(`shipment import ${at('r2')} --site ${at('nobody')}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(
        /trust\.json cannot be read: there is no such file\. .* --package FOLDER, or TAFFRAIL_PACKAGE\.\n$/,
      ),
    });
    expect(await taffrail(`shipment import ${at('r2')}`)).toMatchObject({
      exitCode: 2,
      err: 'Say where the site keeps what it took: --site FOLDER, or TAFFRAIL_SITE.\n',
    });
  });
});

it('is taken by a site: keys first, upwards only, unless somebody says so', async () => {
  const take = async (line: string) => {
    const { exitCode, out, err } = await taffrail(`shipment import ${line} --site ${site} --witness ${at('witness.json')}`);
    return [exitCode, out + err];
  };
  expect(await take(at('r1'))).toEqual([1, expect.stringContaining('NO_KEYS')]);
  expect(await take(join(keysFolder, 'keys.json'))).toEqual([0, 'acme key list 1 is in force\n']);
  expect(await take(at('r2'))).toEqual([0, 'acme 8.4.0 revision 2, line main is in force\n']);
  expect(await take(at('r2'))).toEqual([0, 'acme 8.4.0 revision 2, line main was here\n']);
  expect(await take(at('r1'))).toEqual([
    1,
    `${at('r1')} is refused (OLDER_REVISION): this is revision 1, and revision 2 of 8.4.0 was in force here. If you are sure, type --allow-downgrade.\n`,
  ]);
  expect(await take(`${at('r1')} --allow-downgrade`)).toEqual([0, 'acme 8.4.0 revision 1, line main is in force\n']);
  expect(readFileSync(join(site, 'shipments/8.4.0/1.json'), 'latin1')).toBe(readFileSync(at('r1'), 'latin1'));
});
