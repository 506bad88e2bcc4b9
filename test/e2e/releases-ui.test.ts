import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVendor, type TestSite, type TestVendor } from '../../apps/server/src/installs/installs.test-kit.ts';
import { joinAs, type SignedIn } from '../../apps/server/src/testing/people.ts';
import { openChromium } from '../product/browser.ts';

const place = '/orgs/default/projects/default';
const production = `/api/v1${place}/environments/production`;
/** Longer than the hint of the server may be held back, and the answer to the question that follows. */
const soonMs = 10_000;
const manifest = {
  format: 1,
  flags: ['new-issue-stream', 'ui'].map((key) => ({
    key,
    type: 'boolean',
    defaults: [false],
    reads: [{ file: 'src/issues.ts', line: 3, column: 9 }],
  })),
};

let vendor: TestVendor;
let browser: Browser;
let ana: Page;
let ben: Page;
let globex: TestSite;

beforeAll(async () => {
  vendor = await startVendor();
  await vendor.send('POST', `/api/v1${place}/flags`, { key: 'new-issue-stream' });
  await vendor.send('POST', `${production}/flags/new-issue-stream/rollout`, { percent: 10, kind: 'org' });
  const approver = await joinAs(vendor.server, 'default', vendor.owner.token, 'ben@example.org', [{ role: 'admin' }]);
  browser = await openChromium();
  ana = await signedIn(vendor.owner);
  ben = await signedIn(approver);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await vendor?.server.remove();
});

describe.sequential('a release, by mouse', () => {
  it('is cut with a preview of what it freezes, and ends with how it is signed', async () => {
    await open(ana, 'releases');
    await ana.getByText('No releases yet').waitFor();
    await ana.getByRole('button', { name: 'Cut a release' }).click();
    await fillCut('8.4.0', '{ "format": 1, }');
    await ana.getByText(/^Line 1, column 16: this is no JSON/).waitFor();
    await chooseManifest(JSON.stringify(manifest));
    await ana.getByText('2 flags, read in 2 places').waitFor();
    const frozen = ana.getByRole('region', { name: 'What would be frozen' });
    await frozen.getByText('hosted: 10 % of org, so dark here').waitFor();
    expect((await frozen.innerText()).replaceAll(/\s+/g, ' ')).toContain('ui ga');
    expect(await releases()).toEqual([]);
    await ana.getByRole('button', { name: 'Cut 8.4.0' }).click();
    const commands = await ana.getByLabel('the commands that sign it', { exact: true }).innerText();
    expect(commands).toContain('taffrail release payload 8.4.0');
    await ana.getByRole('link', { name: 'Show 8.4.0' }).click();
    await ana.getByRole('heading', { name: '8.4.0', level: 1 }).waitFor();
    expect(await cellsOf(ana.getByRole('table', { name: 'Flags of the release' }))).toEqual([
      expect.stringMatching(/^new-issue-stream dark not ga/),
      expect.stringMatching(/^ui on ga/),
    ]);
  });

  it('is signed elsewhere, and its page says so without a reload', async () => {
    await ana.getByText(/r1 waits to be signed: no site gets it/).waitFor();
    const { digest } = await vendor.sign('8.4.0', 1);
    await ana.getByText(/no site gets it/).waitFor({ state: 'detached' });
    globex = await vendor.install('globex', { name: 'Globex, Berlin' });
    await vendor.install('cave', { name: 'The cave', connection: 'air-gapped' });
    await vendor.acknowledge(globex, 1, digest);
    await ana.getByText('1 install on r1').waitFor();
    expect(await ana.getByText('waits to be signed').count()).toBe(0);
  });

  it('stands beside others, and two of them are compared', async () => {
    await vendor.send('PUT', `/api/v1${place}/flags/new-issue-stream/onprem`, { mode: 'on', reason: 'a pilot' });
    const { format: _, flags } = manifest;
    const counted = flags.map(({ reads, ...flag }) => ({ ...flag, places: reads.length }));
    await vendor.cut('8.5.0', { manifest: counted });
    await open(ana, 'releases');
    const row = (release: string) => ana.getByRole('row').filter({ has: ana.getByRole('link', { name: release, exact: true }) });
    const told = async (release: string) => (await row(release).innerText()).replaceAll(/\s+/g, ' ');
    await expect.poll(() => told('8.5.0'), { timeout: soonMs }).toContain('r1 waits to be signed 0 on');
    expect(await told('8.4.0')).toContain('r1 signed 1 dark');
    await ana.getByRole('checkbox', { name: 'Compare 8.4.0' }).check();
    await ana.getByRole('checkbox', { name: 'Compare 8.5.0' }).check();
    await ana.getByRole('link', { name: 'Show what an upgrade changes' }).click();
    expect(await cellsOf(ana.getByRole('table', { name: 'Changed' }))).toEqual(['new-issue-stream dark on']);
  });

  it('gets a policy of a flag for those to come, which says at how many installs', async () => {
    await open(ana, 'flags/new-issue-stream?tab=releases');
    await ana.getByRole('button', { name: 'Change' }).click();
    await ana.getByRole('radio', { name: 'Opt-in' }).check();
    await ana.getByText(/^Can be asked for at 1 install at the next upgrade: “Globex, Berlin”/).waitFor();
    expect(await ana.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
    await ana.getByRole('button', { name: 'Cancel' }).click();
  });
});

describe.sequential('a back-out, by mouse', () => {
  it('takes three clicks from the page of a flag, and waits for a second person where a policy says so', async () => {
    await vendor.send('PATCH', production, { policies: { 'back-out': 'second-person' } });
    await open(ana, 'flags/ui');
    let clicks = 0;
    const click = async (what: Locator) => {
      await what.click();
      clicks += 1;
    };
    await click(ana.getByRole('navigation', { name: 'Flag' }).getByRole('link', { name: 'Releases' }));
    await click(ana.getByRole('button', { name: 'Back ui out of releases' }));
    const sheet = ana.getByRole('dialog', { name: 'Back flags out of releases' });
    await expectValue(sheet.getByLabel('Releases', { exact: true }), '>=8.4.0');
    await sheet.getByLabel('What is wrong, as every site is told').fill('Issue list loses rows');
    const reach = await cellsOf(sheet.getByRole('table', { name: 'Releases that get a shipment' }));
    expect(reach).toEqual(['8.4.0 r2 1 connected: “Globex, Berlin”']);
    await sheet.getByText('1 more release gets a shipment, and no known install runs it: 8.5.0 r2').waitFor();
    await click(sheet.getByRole('button', { name: 'Request approval' }));
    await sheet.waitFor({ state: 'detached' });
    expect(clicks).toBe(3);
    await open(ana, 'back-outs');
    await ana.getByText('No back-out is open').waitFor();
  });

  it('is approved by who sees whom it reaches', async () => {
    await open(ben, 'requests');
    await ben.getByRole('link', { name: /ui backed out of >=8\.4\.0/ }).click();
    const would = ben.getByRole('region', { name: 'What it would do' });
    await would.getByText('8.4.0 r2 for 1 connected install: “Globex, Berlin”').waitFor();
    await ben.getByRole('button', { name: 'Approve and publish' }).click();
    await ana.getByRole('link', { name: 'BO-1' }).waitFor();
    expect(await ana.getByText('No back-out is open').count()).toBe(0);
  });

  it('shows who has it as sites say so, without a reload', async () => {
    await ana.getByRole('link', { name: 'BO-1' }).click();
    const progress = ana.getByRole('region', { name: 'Progress' });
    await progress.getByText('0 of 1 install has it').waitFor();
    await progress.getByText(/the shipment with it waits to be signed/).waitFor();
    const { digest } = await vendor.sign('8.4.0', 2);
    await vendor.acknowledge(globex, 2, digest);
    await progress.getByText('1 of 1 install has it').waitFor();
    await progress.getByText(/half had it .* after it was signed/).waitFor();
    expect(await progress.getByRole('table').count()).toBe(0);
  });

  it('holds the flag off in the matrix, and leads to itself', async () => {
    await open(ana, 'releases?q=ui');
    await ana.getByText(/0 flags differ/).waitFor();
    await open(ana, 'releases/8.4.0');
    const table = ana.getByRole('table', { name: 'Flags of the release' });
    await table.getByRole('link', { name: 'BO-1' }).click();
    await ana.getByRole('heading', { name: 'BO-1', level: 1 }).waitFor();
    expect(new URL(ana.url()).pathname).toBe(`${place}/back-outs/BO-1`);
  });

  it('is resolved where it is fixed, once it was shown who is freed', async () => {
    await ana.getByRole('button', { name: 'Say where it is fixed' }).click();
    await ana.getByLabel('Fixed in').fill('8.5');
    await ana.getByText('1 release gets a shipment, and no known install runs it: 8.5.0 r3').waitFor();
    await ana.getByLabel('Reason, for the history').fill('8.5 is fixed, and sites wait');
    await ana.getByRole('button', { name: 'Emergency' }).click();
    await ana.getByText(/^Fixed in/).waitFor();
    expect(await cellsOf(ana.getByRole('table', { name: 'Releases that carry it' }))).toEqual(['8.4.0 r2 signed supported']);
  });

  it('is begun by a line of the palette', async () => {
    await ana.keyboard.press('Control+k');
    await ana.keyboard.type('backout new-issue >=8.4');
    await ana.getByRole('option', { name: /^Back new-issue-stream out of releases >=8\.4/ }).waitFor();
    await ana.keyboard.press('Enter');
    const sheet = ana.getByRole('dialog', { name: 'Back flags out of releases' });
    await expectValue(sheet.getByLabel('Releases', { exact: true }), '>=8.4');
    await sheet.getByText('new-issue-stream').waitFor();
    await ana.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(new URL(ana.url()).search).toBe('');
  });

  it('keeps what it is about from being archived unless somebody accepts that', async () => {
    await open(ana, 'flags/ui');
    await ana.getByRole('button', { name: 'More for this flag' }).click();
    await ana.getByRole('menuitem', { name: 'Archive' }).click();
    const dialog = ana.getByRole('dialog', { name: 'Releases still read ui' });
    await dialog.getByText('1 install on r2').waitFor();
    const archive = dialog.getByRole('button', { name: 'Archive ui' });
    expect(await archive.isDisabled()).toBe(true);
    await dialog.getByLabel('I accept that these releases keep reading it').check();
    await archive.click();
    await ana.getByRole('heading', { name: 'Flags', level: 1 }).waitFor();
    await ana.getByText('Archived ui').waitFor();
  });
});

async function fillCut(version: string, text: string): Promise<void> {
  await ana.getByLabel('Version').fill(version);
  await ana.getByLabel('Commit').fill('9f3c2ab');
  await chooseManifest(text);
}

async function chooseManifest(text: string): Promise<void> {
  const file = { name: 'manifest.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await ana.getByLabel('Manifest file').setInputFiles(file);
}

async function releases(): Promise<unknown[]> {
  return (await vendor.send<{ releases: unknown[] }>('GET', `/api/v1${place}/releases`)).releases;
}

/** The rows of a table below its head, each in one line. */
async function cellsOf(table: Locator): Promise<string[]> {
  await table.waitFor();
  const rows = await table.locator('tbody').getByRole('row').allInnerTexts();
  return rows.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

async function expectValue(field: Locator, value: string): Promise<void> {
  await expect.poll(() => field.inputValue(), { timeout: soonMs }).toBe(value);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${vendor.server.address}${place}/${path}`);
}

async function signedIn({ email, password }: SignedIn): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(soonMs);
  await page.goto(vendor.server.address);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Flags', level: 1 }).waitFor();
  return page;
}
