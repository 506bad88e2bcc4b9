import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeSupportCode } from '@taffrail/shipment/browser';
import { createUser } from './cli.test-kit.ts';
import { customerSite, pilot, r2 } from './customer-site.test-kit.ts';

const user = createUser();
let customer: Awaited<ReturnType<typeof customerSite>>;

beforeEach(async () => {
  customer = await customerSite();
  await customer.take(customer.fileOf(r2));
});
afterEach(() => customer.remove());

const why = (...args: string[]) => user.run(['why', ...args, ...customer.args]);
const json = async (...args: string[]) => JSON.parse((await why(...args, '--json')).out) as { code: string };

describe('why, at a site', () => {
  it('tells what decided, what is inert and why, what would be, whom to ask and the code for support', async () => {
    const file = customer.override(pilot());
    const { exitCode, out, err } = await why('new-issue-stream', '--org', 'berlin', '--override', file);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out.replace(/TR1-\S+/, 'TR1-…')).toBe(
      [
        'new-issue-stream = OFF for org berlin  release 8.4.0  shipment r2 (BO-17, 2026-11-18)  verified vendor-2026',
        `  decided by    override ${file}:3: ON, INERT: needs acknowledges: [BO-17], "pilot agreed with support" (SUP-4411, j.doe)`,
        '                shipment r2: back-out BO-17 required, since r2: "the list loses rows"  <- wins',
        '                shipment r2: ON (ga)',
        '  would be      ON as 8.4.0 was cut, without back-outs; without a shipment the code default',
        '  reason        DISABLED OVERRIDE_NEEDS_ACK BO-17',
        '  owner         issues team <issues@acme.example>',
        '  docs          https://acme.example/stream  https://acme.example/BO-17',
        '  vendor        never heard of: air-gapped, or not connected yet',
        "  support code  TR1-…  (for the vendor's support page)",
        '',
      ].join('\n'),
    );
  });

  it('tells an override that counts, for whom it is alone', async () => {
    const file = customer.override(pilot('    acknowledges: [BO-17]\n'));
    const berlin = await why('new-issue-stream', '--org', 'berlin', '--override', file);
    expect(berlin.out).toMatch(/^new-issue-stream = ON for org berlin/);
    expect(berlin.out).toContain(`override ${file}:3: ON, "pilot agreed with support" (SUP-4411, j.doe)  <- wins`);
    expect(berlin.out).toContain('would be      OFF by shipment r2; ON as 8.4.0 was cut, without back-outs;');
    const rome = await why('new-issue-stream', '--org', 'rome', '--override', file);
    expect(rome.out).toMatch(/^new-issue-stream = OFF for org rome/);
    expect(rome.out).toContain(`override ${file}:3: ON, is for berlin`);
  });

  it('tells which rule of the shipment decided, and what it saw', async () => {
    const { out } = await why('exports', '--org', 'berlin', '--attr', 'plan=gold');
    expect(out).toMatch(
      /^exports = ON for org berlin[^]*because +rule gold: if org\.plan is gold \(it is "gold"\) is true → on\n/,
    );
  });

  it('asks for nobody in particular where nobody is named', async () => {
    expect((await why('avatars')).out).toMatch(/^avatars = ON for everybody /);
  });

  it('takes folders, override file and what is off from variables, those of the command line first', async () => {
    const env = {
      TAFFRAIL_SITE: customer.site,
      TAFFRAIL_PACKAGE: customer.folder,
      TAFFRAIL_OFF: 'avatars',
      TAFFRAIL_OVERRIDE_FILE: customer.override(pilot()),
    };
    const off = await user.run(['why', 'avatars'], { env });
    expect(off.out).toMatch(/^avatars = OFF for everybody[^]*TAFFRAIL_OFF turns the flag off  <- wins/);
    expect((await user.run(['why', 'avatars', '--off', 'beta'], { env })).out).toMatch(/^avatars = ON /);
    expect((await user.run(['why', 'new-issue-stream', '--org', 'berlin'], { env })).out).toContain('INERT');
  });

  it('says when the vendor was last heard of', async () => {
    await customer.heard(new Date(Date.now() - 3 * 86_400_000 - 60_000).toISOString());
    expect((await why('avatars')).out).toContain('vendor        last heard of 3 days ago (');
  });

  it('puts the install into the support code, once it is known', async () => {
    await customer.heard('2026-11-20T00:00:00.000Z', 'ABCDE');
    const { code } = await json('avatars');
    expect(decodeSupportCode(code)).toMatchObject({ code: { installTag: 'ABCDE', release: '8.4.0', revision: 2, value: 'on' } });
  });

  it('answers machines with everything, values absent where the code default is served', async () => {
    const file = customer.override(pilot());
    const told = await json('new-issue-stream', '--org', 'berlin', '--override', file);
    expect(told).toMatchObject({
      flag: 'new-issue-stream',
      known: 'shipped',
      layer: 'back-out',
      resolution: { value: false, reason: 'DISABLED' },
      wouldBe: { shipped: false, asCut: true },
      site: { release: '8.4.0', shipment: { revision: 2, keyids: ['vendor-2026'], backOuts: ['BO-17'] }, problems: [] },
      context: { org: 'berlin' },
    });
    expect(await json('nothing')).not.toHaveProperty('resolution.value');
  });

  it('names what was meant, and what became of a flag', async () => {
    const typo = await why('new-isue-stream');
    expect(typo.exitCode).toBe(1);
    expect(typo.out).toMatch(/^new-isue-stream = the code default for everybody/);
    expect(typo.out).toContain('but           there is no flag new-isue-stream in 8.4.0; did you mean new-issue-stream?');
    const gone = await why('old-ui');
    expect(gone.exitCode).toBe(0);
    expect(gone.out).toContain('but           old-ui was removed in 8.4.0: always on');
  });

  it('names the code default, where the package brings the manifest of an audit', async () => {
    const flags = ['avatars', 'typo'].map((key) => ({ key, defaults: [false], reads: [] }));
    customer.pack('flags.manifest.json', JSON.stringify({ format: 1, flags }));
    expect((await why('avatars')).out).toContain('would be      without a shipment the code default (OFF)\n');
    expect((await why('typo')).out).toMatch(/^typo = the code default \(OFF\) for everybody/);
    expect(await json('avatars')).toMatchObject({ codeDefaults: [false] });
    customer.pack('flags.manifest.json', '{"flags":');
    expect((await why('avatars')).out).toContain('without a shipment the code default\n');
  });

  it('lists every flag with value, layer and code', async () => {
    const { out } = await why('--all', '--off', 'avatars,typo');
    const lines = out.split('\n').map((line) => line.replace(/TR1-\S+/, 'TR1').split(/ {2,}/));
    expect(lines).toEqual([
      ['release 8.4.0', 'shipment r2 (BO-17, 2026-11-18)', 'verified vendor-2026', 'for everybody'],
      ['vendor never heard of: air-gapped, or not connected yet'],
      [''],
      ['flag', 'serves', 'by', 'where', 'support code'],
      ['avatars', 'OFF', 'off', 'TAFFRAIL_OFF', 'TR1'],
      ['beta', 'OFF', 'shipment', 'opt-in', 'TR1'],
      ['exports', 'OFF', 'shipment', 'rules', 'TR1'],
      ['fixed', 'OFF', 'shipment', 'dark', 'TR1'],
      ['new-issue-stream', 'OFF', 'back-out', 'BO-17', 'TR1'],
      ['typo', 'the code default', 'code-default', 'the code', 'TR1'],
      [''],
    ]);
  });

  it('looks at a package before it is installed anywhere, and at a site without its package', async () => {
    expect((await user.run(['why', 'avatars', '--package', customer.folder])).out).toContain('shipment r1 (2026-11-01)');
    writeFileSync(join(customer.site, 'trust.json'), JSON.stringify(customer.trust));
    expect((await user.run(['why', 'avatars', '--site', customer.site])).out).toContain('shipment r2 (BO-17, 2026-11-18)');
  });
});

describe('why, where the site is not as it should be', () => {
  it('refuses to guess while the override file would be refused', async () => {
    const file = customer.override('version: 1\noverrides:\n  - flg: x\n');
    const { exitCode, err } = await why('avatars', '--override', file);
    expect(exitCode).toBe(2);
    expect(err).toMatch(
      /flags\.yaml would be refused, and a product that runs keeps what the last good one said:\n.*flags\.yaml:3:5: error: /,
    );
  });

  it('takes a file that a variable names and that is not there for none', async () => {
    const env = { TAFFRAIL_OVERRIDE_FILE: customer.file };
    expect(await user.run(['why', 'avatars', ...customer.args], { env })).toMatchObject({ exitCode: 0 });
    expect(await why('avatars', '--override', customer.file)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('no such file'),
    });
  });

  it('says what is wrong beside the answer', async () => {
    customer.pack('shipment.json', customer.fileOf(r2).replace('vendor-2026', 'vendor-2027'));
    const { out } = await why('avatars');
    expect(out).toMatch(/^avatars = ON[^]*not right +it is signed by vendor-2027, a key that is not known here/);
  });

  it('says what is missing where nobody says whom to trust', async () => {
    const { exitCode, err } = await user.run(['why', 'avatars', '--site', `${customer.home}/nowhere`]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^there is no \S+nowhere\/trust\.json: it comes with the product's package/);
  });

  it('answers with the code default where there is no shipment yet', async () => {
    rmSync(join(customer.folder, 'shipment.json'));
    const { exitCode, out } = await user.run(['why', 'avatars', '--package', customer.folder, '--release', '8.4.0']);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^avatars = the code default for everybody {2}release 8\.4\.0 {2}no shipment\n/);
    expect(out).toContain('decided by    the code default: no shipment is in force here  <- wins');
    expect(out).toMatch(/not right +there is no shipment of 8\.4\.0 here yet: import one/);
  });

  it.each([
    ['no flag', [], 'Say which flag: taffrail why FLAG.'],
    ['all flags without a site', ['--all'], '--all is for a site: add --site FOLDER, --package FOLDER or both.'],
  ])('wants to know more of %s', async (what, args, sentence) => {
    const { exitCode, err } = await user.run(['why', ...args, ...(what === 'no flag' ? customer.args : [])]);
    expect([exitCode, err]).toEqual([2, `${sentence}\n`]);
  });

  it('changes nothing of the site, and needs no login', async () => {
    const before = customer.files();
    await why('new-issue-stream', '--org', 'berlin');
    await why('--all', '--json');
    expect(customer.files()).toEqual(before);
  });
});
