import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { digestTag, encodeSupportCode, type SupportCode, tagOf } from '@taffrail/shipment/browser';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVendor, type TestSite, type TestVendor } from '../../apps/server/src/installs/installs.test-kit.ts';
import { openChromium } from '../product/browser.ts';

const place = '/orgs/default/projects/default';
/** Longer than the hint of the server may be held back, and the answer to the question that follows. */
const soonMs = 10_000;

let vendor: TestVendor;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** The digests of 8.4.0: r1 as it was cut, r2 with the back-out. */
const digests: string[] = [];

beforeAll(async () => {
  vendor = await startVendor();
  await vendor.cut('8.4.0');
  await sign(1);
  browser = await openChromium();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(soonMs);
  await signInByForm();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await vendor?.server.remove();
});

describe.sequential('installs, by mouse', () => {
  let globex: TestSite;

  it('makes an install in one sheet, which ends with what to copy to the site', async () => {
    await open('installs');
    await page.getByText('No install yet').waitFor();
    await page.getByRole('button', { name: 'New install' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Globex, Berlin');
    expect(await page.getByLabel('Key', { exact: true }).inputValue()).toBe('globex-berlin');
    await page.getByRole('button', { name: 'Create install' }).click();
    const secret = await page.getByLabel('key', { exact: true }).innerText();
    expect(secret).toMatch(/^tf_ins_/);
    expect(await page.getByLabel('lines for Node', { exact: true }).innerText()).toContain(
      `url: '${new URL(vendor.server.address).origin}'`,
    );
    expect(await page.getByLabel('line for the relay', { exact: true }).innerText()).toContain('taffrail relay');
    expect(await objections()).toEqual([]);
    globex = { install: 'globex-berlin', keyId: '', secret };
    await page.getByRole('button', { name: 'Show the install' }).click();
    await page.getByRole('heading', { name: 'Globex, Berlin' }).waitFor();
    expect(await page.getByText('Silent', { exact: true }).count()).toBe(1);
    expect(await page.content()).not.toContain(secret);
  });

  it('sees a site come online and acknowledge, without a reload', async () => {
    await open('installs');
    await row('Globex, Berlin').getByText('Silent').waitFor();
    const stream = await vendor.open(globex, 'release=8.4.0');
    await row('Globex, Berlin').getByText('online').waitFor();
    await vendor.acknowledge(globex, 1, digests[1] ?? '');
    await row('Globex, Berlin').getByText('Current').waitFor();
    expect(await row('Globex, Berlin').innerText()).toContain('8.4.0 r1');
    await page.getByRole('img', { name: 'Installs by the shipment that they ran' }).waitFor();
    expect(await page.getByRole('list', { name: 'Installs by shipment' }).innerText()).toMatch(/8\.4\.0 r1\s+1/);
    await stream.close();
  });

  it('shows who is behind after a back-out, until they have it', async () => {
    await vendor.install('initech');
    await vendor.backOut('>=8.4 <8.6');
    await sign(2);
    await figure('Behind', 1);
    await page.getByRole('link', { name: /Behind$/ }).click();
    await row('Globex, Berlin').getByText('8.4.0 r1, of r2').waitFor();
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.getByRole('table', { name: 'Installs by shipment over time' }).waitFor();
    expect(await objections()).toEqual([]);
    expect(await page.getByRole('row', { name: /initech/ }).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('standing')).toBe('behind');
    await vendor.acknowledge(globex, 2, digests[2] ?? '');
    await figure('Behind', 0);
    await page.getByText('No install is like that').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await row('Globex, Berlin').getByText('8.4.0 r2').waitFor();
    await page.getByLabel('Search installs').fill('initech');
    await row('Globex, Berlin').waitFor({ state: 'detached' });
    expect(await row('initech').count()).toBe(1);
  });

  it('hands a signed shipment to whoever carries it to an air-gapped site', async () => {
    await vendor.install('cave', { name: 'The cave', connection: 'air-gapped' });
    await open('installs/cave');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download 8.4.0 r2' }).click(),
    ]);
    const { file } = await vendor.send<{ file: string }>('GET', `/api/v1${place}/releases/8.4.0/shipments/2/file`);
    expect(readFileSync(await download.path(), 'utf8')).toBe(file);
    await page.getByLabel('Who carries it').fill('Ben, on a stick');
    await page.getByRole('button', { name: 'Note it' }).click();
    await page.getByText(/8\.4\.0 r2 was handed out/).waitFor();
    await open('installs?standing=air-gapped');
    await row('The cave').getByText('8.4.0 r2, carried out').waitFor();
  });

  it('shows the secret of a key once, and ends its streams when it is revoked', async () => {
    await open('installs/globex-berlin');
    await page.getByRole('button', { name: 'New key' }).click();
    expect(await objections()).toEqual([]);
    await page.getByLabel('Name', { exact: true }).fill('spare');
    await page.getByRole('button', { name: 'Create key' }).click();
    const secret = await page.getByLabel('secret', { exact: true }).innerText();
    const stream = await vendor.open({ ...globex, secret }, 'release=8.4.0');
    await page.getByRole('button', { name: 'I have it' }).click();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('button', { name: 'Revoke spare' }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText(/^revoked /).waitFor();
    await stream.ended();
    expect((await vendor.poll({ ...globex, secret }, 'release=8.4.0')).status).toBe(401);
  });

  it('renames an install, and retires it with the way back', async () => {
    await open('installs/initech');
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Initech, Austin');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Initech, Austin' }).waitFor();
    await page.getByRole('button', { name: 'Retire Initech, Austin' }).click();
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    await page
      .getByText(/^Retired /)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: 'Retire Initech, Austin' }).waitFor();
    expect(await page.getByText(/^Retired /).count()).toBe(1);
  });
});

describe.sequential('support, by mouse', () => {
  it('reads a code as people write it down', async () => {
    const { row: installed } = await vendor.detail('globex-berlin');
    await open('support');
    await codeField().fill(
      code({ installTag: installed.tag ?? '' })
        .toLowerCase()
        .replaceAll('-', ' '),
    );
    const meaning = page.getByRole('group', { name: 'What the code means' });
    await meaning.getByRole('link', { name: 'Globex, Berlin' }).waitFor();
    expect(await meaning.innerText()).toContain('ui is off, decided by the back-out.');
    expect(await meaning.innerText()).toContain('byte for byte what was issued');
    expect(await page.getByLabel('answer', { exact: true }).innerText()).toContain('We turned it off in this release by BO-1');
    const sides = await page.getByRole('table', { name: 'The flag, site and vendor' }).getByRole('row').allInnerTexts();
    expect(sides.map((text) => text.split('\t')[0])).toEqual(expect.arrayContaining(['8.4.0 as cut', 'BO-1, required']));
  });

  it('says so when a site has another shipment than was issued', async () => {
    await codeField().fill(code({ digestTag: 'ZZZZZ' }));
    expect(await page.getByRole('alert').innerText()).toContain('This is not what we shipped');
  });

  it('says which group to compare of a code that does not add up', async () => {
    await codeField().fill(code().replace(/.$/, (last) => (last === '7' ? '8' : '7')));
    await page
      .getByRole('alert')
      .getByText(/compare group 6/)
      .waitFor();
    expect(await page.getByRole('group', { name: 'What the code means' }).count()).toBe(0);
  });

  it('reads a bundle beside what the release says, in the browser alone', async () => {
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'GET' || sent.push(request.url()));
    await open('support');
    await drop('globex.json', JSON.stringify(bundle()));
    const shown = page.getByRole('group', { name: 'Bundle globex.json' });
    const flags = shown.getByRole('table', { name: 'Flags, site and vendor' }).getByRole('row');
    await flags.nth(2).waitFor();
    const lines = (await flags.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
    expect(lines[1]).toMatch(/^of-yesterday not read by the release/);
    expect(lines[2]).toMatch(
      /^ui other for berlin; off \(BO-1\) in the newest shipment on shipment berlin: off override file off \(BO-1\)/,
    );
    const found = await shown.getByRole('region', { name: 'What the doctor found' }).getByRole('listitem').allInnerTexts();
    expect(found.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
      'Wrong contact: Nobody was heard for 9 days: look at the network.',
      'Inert ui at /etc/acme/flags.yaml:9: its last day is over. Noted there: SUP-4411.',
      'Good trust: The package says whom to trust.',
    ]);
    expect(sent).toEqual([]);
    expect(await objections()).toEqual([]);
  });

  it.each([
    ['was cut off', () => JSON.stringify(bundle()).slice(0, 300), 'cut.json: This file ends in the middle.'],
    ['is another file', () => '{"version":1,"overrides":[]}', 'cut.json: This is no bundle'],
    ['is of tomorrow', () => JSON.stringify({ ...bundle(), bundle: 9 }), 'cut.json: This bundle is of format 9'],
  ])('says so of a bundle that %s', async (_, text, words) => {
    await open('support');
    await drop('cut.json', text());
    expect(await page.getByRole('alert').innerText()).toContain(words);
  });
});

/** What a doctor tells of a site that has r1 still, where an entry has expired and another stands for one org. */
function bundle(): DoctorBundle {
  const inert = { layer: 'override', source: '/etc/acme/flags.yaml:9', standing: 'expired', value: true } as const;
  const answer = { value: true, reason: 'STATIC', layer: 'shipment', code: code() } as const;
  const shipment = { release: '8.4.0', revision: 1, digest: digests[1] ?? '', issuedAt: '2026-11-01T09:00:00Z' };
  return {
    bundle: 1,
    madeAt: '2026-11-20T09:00:00Z',
    redacted: false,
    versions: { taffrail: '0.1.0', node: '20.20.0', platform: 'linux' },
    checks: [
      { about: 'trust', level: 'good', message: 'The package says whom to trust.' },
      { about: 'contact', level: 'wrong', message: 'Nobody was heard for 9 days: look at the network.' },
    ],
    site: { release: '8.4.0', roots: [], backOuts: [], shipment: { ...shipment, verifiedBy: ['vendor-1'] } },
    overrides: [{ flag: 'ui', value: true, line: 9, hash: 'ABCDE', ticket: 'SUP-4411', expires: '2026-11-01' }],
    off: [],
    flags: [
      {
        flag: 'ui',
        type: 'boolean',
        answers: [
          { ...answer, layers: [inert] },
          { ...answer, org: 'berlin', value: false, layer: 'override', layers: [inert] },
        ],
      },
      { flag: 'of-yesterday', answers: [{ ...answer, layers: [] }] },
    ],
  };
}

async function objections(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function drop(name: string, text: string): Promise<void> {
  await page
    .getByLabel('Doctor bundle', { exact: true })
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

/** Signs a revision of 8.4.0 as a signer does. */
async function sign(revision: number): Promise<void> {
  digests[revision] = (await vendor.sign('8.4.0', revision)).digest;
}

/** What a site with the back-out says of `ui`. */
function code(more: Partial<SupportCode> = {}): string {
  const inForce = { release: '8.4.0', revision: 2, digestTag: digestTag(digests[2] ?? '') };
  return encodeSupportCode({ ...inForce, layer: 'back-out', flagTag: tagOf('ui'), value: 'off', ...more });
}

const codeField = () => page.getByRole('textbox', { name: 'Code' });

async function open(path: string): Promise<void> {
  await page.goto(`${vendor.server.address}${place}/${path}`);
}

function row(name: string) {
  return page.getByRole('table', { name: 'Installs', exact: true }).getByRole('row').filter({ hasText: name });
}

async function figure(name: string, installs: number): Promise<void> {
  await page
    .getByRole('list', { name: 'How installs stand' })
    .getByRole('link', { name: `${installs} ${name}`, exact: true })
    .waitFor();
}

async function signInByForm(): Promise<void> {
  await page.goto(vendor.server.address);
  await page.getByLabel('E-mail').fill(vendor.owner.email);
  await page.getByLabel('Password').fill(vendor.owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Flags', level: 1 }).waitFor();
}
