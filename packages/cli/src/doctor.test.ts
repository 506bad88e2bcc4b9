import { chmodSync, chownSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { revokeKey, sealKeys } from '@taffrail/shipment/signed';
import { doctorBundle, type DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { validator } from '@taffrail/schema/validate';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { createUser } from './cli.test-kit.ts';
import { customerSite, pilot, r1, r2 } from './customer-site.test-kit.ts';

const user = createUser();
let customer: Awaited<ReturnType<typeof customerSite>>;

beforeEach(async () => {
  customer = await customerSite();
  await customer.take(customer.fileOf(r2));
});
afterEach(() => {
  vi.useRealTimers();
  customer.remove();
});

const doctor = (...args: string[]) => user.run(['doctor', ...customer.args, ...args]);

/** Every check but those that are good, in short. */
async function worries(...args: string[]): Promise<string[]> {
  const { out } = await doctor(...args);
  return out
    .split('\n')
    .filter((line) => /^[!✗]/.test(line))
    .map((line) => line.replace(/ {2,}/g, ' '));
}

describe('a site that is as it should be', () => {
  it('is told in a line for each thing that was looked at', async () => {
    await customer.heard(new Date().toISOString());
    const { exitCode, out, err } = await doctor();
    expect([exitCode, err]).toEqual([0, '']);
    const lines = out
      .replace(/(\d{4} ){7}\d{4}/, 'DIGITS')
      .replace(/sha256:\w{64}/, 'DIGEST')
      .split('\n');
    expect(lines.map((line) => line.replace(/^(.) +(\S+) +/, '$1 $2: '))).toEqual([
      expect.stringMatching(/^✓ versions: taffrail \d\S+, Node \d\S+, \w+ \w+$/),
      '✓ trust: acme, line main, as signed by root (by phone: DIGITS)',
      '✓ release: 8.4.0',
      '✓ keys: key list 1 of 2026-01-01: vendor-2026 signs',
      '✓ shipment: 8.4.0 r2 of 2026-11-18, verified vendor-2026, DIGEST',
      '✓ package: it brings 8.4.0 r1; the site has taken r2 since',
      '✓ ratchet: r2 is the highest that was in force here; no witness on another volume is named',
      '✓ folders: nobody else may write what the product trusts',
      '✓ overrides: no override file is named',
      '✓ back-outs: BO-17, required, since r2, turns off new-issue-stream: "the list loses rows"',
      '✓ opt-in: this site may turn on beta by its override file',
      expect.stringMatching(/^✓ vendor: last heard of just now \(/),
      expect.stringMatching(/^✓ clock: it is \S+ here, and the shipment is of 2026-11-18$/),
      'All is as it should be.',
      '',
    ]);
  });

  it('is left as it was', async () => {
    const before = customer.files();
    await doctor('--override', customer.file, '--off', 'avatars').catch(() => undefined);
    expect(customer.files()).toEqual(before);
  });
});

const DAY_MS = 86_400_000;

/** What happens to the site, and what is said of it. */
const sick: Record<string, [harm: () => unknown, args: () => string[], told: RegExp[]]> = {
  'nobody trusted': [
    () => rmSync(join(customer.folder, 'trust.json')),
    () => [],
    [/^✗ trust there is no \S+trust\.json and no \S+trust\.json: /],
  ],
  'no key list': [
    () => (rmSync(join(customer.folder, 'keys.json')), rmSync(join(customer.site, 'keys'), { recursive: true })),
    () => [],
    [/^✗ keys there is no key list here/],
  ],
  'a shipment that is gone': [
    () => rmSync(join(customer.site, 'shipments'), { recursive: true }),
    () => [],
    [/^✗ shipment revision 2 of 8\.4\.0 was in force here, and only revision 1 is left: import it again/],
  ],
  'a key that was revoked': [
    async () => {
      const text = sealKeys(revokeKey(customer.list, 'vendor-2026', '2026-11-20T00:00:00Z'), customer.root);
      await customer.take(text);
    },
    () => [],
    [/^✗ shipment vendor-2026, which signed this, was revoked by key list 2/, /^✗ package vendor-2026 was revoked/],
  ],
  'a package that was changed': [
    () => customer.pack('shipment.json', customer.fileOf(r1).replace('vendor-2026', 'vendor-2027')),
    () => [],
    [/^✗ package it is signed by vendor-2027/],
  ],
  'a release that is not the package’s': [
    () => undefined,
    () => ['--release', '8.5.0'],
    [/^✗ release the release here is said to be 8\.5\.0/],
  ],
  'files that everybody may write': [
    () => (chmodSync(join(customer.folder, 'trust.json'), 0o666), chmodSync(customer.site, 0o777)),
    () => [],
    [
      /^✗ folders everybody on this machine may write \S+site: run chmod o-w/,
      /^✗ folders everybody on this machine may write \S+trust\.json: /,
    ],
  ],
  'what a site without package trusts, and remembers, that everybody may write': [
    () => {
      copyFileSync(join(customer.folder, 'trust.json'), join(customer.site, 'trust.json'));
      for (const name of ['trust.json', 'ratchet.json']) chmodSync(join(customer.site, name), 0o666);
    },
    () => [],
    [
      /^✗ folders everybody on this machine may write \S+site\/trust\.json: run chmod o-w/,
      /^✗ folders everybody on this machine may write \S+site\/ratchet\.json: /,
    ],
  ],
  'an override file with mistakes': [
    () => customer.override('version: 1\noverrides:\n  - flg: x\n    value: on\n'),
    () => ['--override', customer.file],
    [
      /^✗ overrides \S+flags\.yaml would be refused as a whole/,
      /^✗ overrides \S+flags\.yaml:3:5: error: /,
      /^✗ overrides \S+flags\.yaml:3:5: error: /,
    ],
  ],
  'entries without effect': [
    () =>
      customer.override(
        `${pilot()}  - { flag: old-ui, value: off }\n  - { flag: fixed, value: on }\n  - { flag: avatar, value: off, expires: 2026-01-01 }\n`,
      ),
    () => ['--override', customer.file, '--off', 'betta'],
    [
      /^! entries \S+flags\.yaml:3:5: warning: OVERRIDE_NEEDS_ACK BO-17: new-issue-stream is backed out by BO-17/,
      /^! entries \S+flags\.yaml:9:5: warning: old-ui was removed in 8\.4\.0, always on: take the override out/,
      /^✗ entries \S+flags\.yaml:10:5: error: fixed is not for sites to change/,
      /^! entries \S+flags\.yaml:11:5: warning: there is no flag avatar here; did you mean avatars\?/,
      /^! entries TAFFRAIL_OFF: warning: there is no flag betta here; did you mean beta\?/,
    ],
  ],
  'a vendor that is silent': [
    () => customer.heard(new Date(Date.now() - 3 * DAY_MS).toISOString()),
    () => [],
    [/^! vendor last heard of 3 days ago \(.*the site goes on with what it has/],
  ],
  'a clock that was set back': [
    () => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-10T00:00:00Z') }),
    () => [],
    [/^! clock it is 2026-11-10 here, and the shipment is of 2026-11-18: set the clock, for overrides end by it/],
  ],
  'a clock that is years ahead': [
    () => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2036-11-10T00:00:00Z') }),
    () => [],
    [/^! clock it is 2036-11-10 here, long after the shipment of 2026-11-18: look whether the clock is right/],
  ],
  'a site that has taken nothing yet': [
    () => rmSync(customer.site, { recursive: true }),
    () => [],
    [
      /^! ratchet the site has taken nothing yet: a product takes what its package brings when it starts/,
      /^! folders there is no \S+site yet/,
    ],
  ],
};

describe('what is not as it should be', () => {
  it.each(Object.entries(sick))('%s', async (_, [harm, args, told]) => {
    await harm();
    const said = await worries(...args());
    expect(said).toEqual(told.map((one) => expect.stringMatching(one)));
    const { exitCode, out } = await doctor(...args());
    const wrong = said.filter((line) => line.startsWith('✗')).length;
    expect(exitCode).toBe(wrong > 0 ? 1 : 0);
    expect(out).toMatch(wrong > 0 ? `\n${wrong} wrong` : /\n\d to mind\n$/);
  });

  it.runIf(userInfo().uid === 0)('a folder of somebody else, as an import by root leaves it', async () => {
    for (const name of ['.', 'keys', 'shipments']) chownSync(join(customer.site, name), 4400, 4400);
    expect(await worries()).toEqual([
      expect.stringMatching(
        /^! folders \S+shipments\/8\.4\.0 belongs to user 0, and \S+site to user 4400: .*run chown -R 4400 \S+site$/,
      ),
    ]);
  });

  it('is told to machines as well', async () => {
    rmSync(join(customer.folder, 'trust.json'));
    const { checks } = JSON.parse((await doctor('--json')).out) as Pick<DoctorBundle, 'checks'>;
    expect(checks[1]).toMatchObject({ about: 'trust', level: 'wrong', message: expect.stringContaining('trust.json') });
  });

  it.each([
    [[], /^Say which site: --site FOLDER, --package FOLDER or both/],
    [['--package', 'x', '--redact'], /^--redact is for --bundle FILE: add it\./],
  ])('is asked for with more: %j', async (args, sentence) => {
    expect(await user.run(['doctor', ...args])).toMatchObject({ exitCode: 2, err: expect.stringMatching(sentence) });
  });
});

async function bundled(...args: string[]): Promise<{ bundle: DoctorBundle; text: string }> {
  const file = join(customer.home, 'bundle.json');
  rmSync(file, { force: true });
  await doctor('--override', customer.override(pilot()), '--off', 'avatars', '--bundle', file, ...args);
  const text = readFileSync(file, 'utf8');
  return { bundle: JSON.parse(text) as DoctorBundle, text };
}

describe('a bundle', () => {
  it('has the shape that the schema says, whatever the site is like', async () => {
    const fits = validator(doctorBundle);
    expect(fits((await bundled()).bundle)).toEqual([]);
    expect(fits((await bundled('--redact')).bundle)).toEqual([]);
    rmSync(join(customer.folder, 'trust.json'));
    expect(fits((await bundled()).bundle)).toEqual([]);
  });

  it('holds the shipment, the entries, and what each flag serves to nobody in particular and to each org that the file names', async () => {
    const { bundle } = await bundled();
    expect(bundle.site).toMatchObject({
      product: 'acme',
      release: '8.4.0',
      shipment: { revision: 2 },
      packaged: { revision: 1 },
      highest: 2,
    });
    expect(bundle.overrides).toMatchObject([
      {
        flag: 'new-issue-stream',
        orgs: ['berlin'],
        line: 3,
        reason: 'pilot agreed with support',
        ticket: 'SUP-4411',
        setBy: 'j.doe',
      },
    ]);
    expect(bundle.flags.map(({ flag }) => flag)).toEqual(['avatars', 'beta', 'exports', 'fixed', 'new-issue-stream']);
    const { answers, ...facts } = bundle.flags[4]!;
    expect(facts).toEqual({
      flag: 'new-issue-stream',
      type: 'boolean',
      policy: 'ga',
      owner: 'issues team <issues@acme.example>',
      overridable: true,
    });
    expect(answers.map(({ org, layer, value }) => [org, layer, value])).toEqual([
      [undefined, 'back-out', false],
      ['berlin', 'back-out', false],
    ]);
    expect(answers[1]?.layers).toEqual([
      { layer: 'override', source: `${customer.file}:3`, standing: 'needs-acknowledgement', value: true, needs: ['BO-17'] },
      { layer: 'back-out', source: 'BO-17', standing: 'wins', value: false },
      { layer: 'shipment', source: 'ga', standing: 'beaten', value: true },
      { layer: 'code-default', source: 'the code', standing: 'beaten' },
    ]);
  });

  it('is the same whenever it is made, but for the moment', async () => {
    const [one, other] = [(await bundled()).bundle, (await bundled()).bundle];
    const { madeAt } = one;
    expect({ ...other, madeAt }).toEqual(one);
    expect(JSON.stringify({ ...other, madeAt })).toBe(JSON.stringify(one));
  });

  it('leaves out what people noted, and paths, if it is redacted; tags stay', async () => {
    const [{ bundle: whole }, { bundle, text }] = [await bundled(), await bundled('--redact')];
    for (const word of ['pilot agreed', 'SUP-4411', 'j.doe', customer.home]) expect(text).not.toContain(word);
    expect(bundle.redacted).toBe(true);
    expect(bundle.site).not.toHaveProperty('paths');
    expect(bundle.overrides[0]).toEqual({
      flag: 'new-issue-stream',
      value: 'on',
      orgs: ['berlin'],
      acknowledges: [],
      line: 3,
      hash: whole.overrides[0]?.hash,
    });
    expect(bundle.flags[4]?.answers[1]?.layers[0]?.source).toBe('OVERRIDE_FILE:3');
    expect(bundle.flags.map(({ answers }) => answers.map(({ code }) => code))).toEqual(
      whole.flags.map(({ answers }) => answers.map(({ code }) => code)),
    );
  });

  it('quotes nothing of a refused override file if it is redacted: it may be what people noted', async () => {
    const file = join(customer.home, 'bundle.json');
    const override = customer.override(
      'version: 1\noverrides:\n  - { flag: beta, value: on, ticket: 004411, set_on: 2026-12-20, expires: 2026-12-19 }\n',
    );
    await doctor('--override', override, '--bundle', file, '--redact');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('OVERRIDE_FILE:3:');
    expect(text).not.toMatch(/4411|2026-12-20/);
  });

  it('is for its owner alone, and never written over', async () => {
    await bundled();
    const file = join(customer.home, 'bundle.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await doctor('--bundle', file)).toMatchObject({ exitCode: 2, err: expect.stringContaining('is there already') });
  });
});

test.each([[[]], [['--redact']]])('no secret gets into a bundle, with %j', async (args) => {
  const secrets = ['tf_ins_a1b2c3d4_installsecret', 'tf_sdk_a1b2c3d4_sdksecret', 'hunter2', 'MC4CAQAwBQYDK2VwBCIEIA'];
  const [install, sdk, password, pem] = secrets as [string, string, string, string];
  writeFileSync(
    join(customer.site, 'contact.json'),
    JSON.stringify({ lastContactAt: '2026-11-20T00:00:00.000Z', url: `https://u:${password}@vendor.example/?key=${install}` }),
  );
  writeFileSync(join(customer.site, 'vendor.pem'), `-----BEGIN PRIVATE KEY-----\n${pem}\n`);
  const file = join(customer.home, 'bundle.json');
  const env = {
    TAFFRAIL_TOKEN: sdk,
    TAFFRAIL_INSTALL_KEY: install,
    DATABASE_URL: `postgres://x:${password}@db/`,
    TAFFRAIL_OVERRIDE_FILE: customer.override(pilot()),
  };
  const { out } = await user.run(['doctor', ...customer.args, '--bundle', file, ...args], { env });
  const text = readFileSync(file, 'utf8') + out;
  expect(text).toContain('"bundle": 1');
  for (const secret of [...secrets, 'installsecret', 'sdksecret']) expect(text).not.toContain(secret);
});
