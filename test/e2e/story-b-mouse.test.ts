import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../product/browser.ts';
import type { CustomerSite } from '../product/parties/site.ts';
import { openStage, type Stage } from '../product/parties/stage.ts';
import { owner, place } from '../product/server.ts';

const stream = 'new-issue-stream';
const project = `/orgs/${place.org}/projects/${place.project}`;
/** Longer than the server may hold back a hint on a busy machine. */
const soonMs = 20_000;

const overrides = `
version: 1
overrides:
  - flag: ${stream}
    value: true
    orgs: [berlin]
    ticket: SUP-4411
    set_by: j.doe
`;

let stage: Stage;
let browser: Browser;
let ana: Page;
let ben: Page;
let n: CustomerSite;
let g: CustomerSite;

beforeAll(async () => {
  stage = await openStage({ flags: [stream], orgs: ['berlin', 'lyon'] }, 'linked');
  ({ n, g } = stage.sites);
  stage.signer.start();
  await stage.hosted('flag', 'create', stream);
  await stage.hosted('flag', 'rollout', stream, '10', '-e', 'production', '--yes');
  await stage.hosted('environment', 'policy', 'production', 'back-out=second-person', '--yes');
  browser = await openChromium();
  [ana, ben] = [await pageOf(owner), await pageOf(stage.vendor.benSignsIn)];
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

test('story B at the vendor’s screens, with a real signer and real sites', { timeout: 300_000 }, async () => {
  await step('8.4.0 is cut with its manifest, and its page says by itself that it is signed', async () => {
    const manifest = await stage.manifestOf(stream);
    await open(ana, 'releases');
    await ana.getByRole('button', { name: 'Cut a release' }).first().click();
    await ana.getByLabel('Version').fill('8.4.0');
    await ana.getByLabel('Commit').fill('9f3c2ab');
    await ana.getByLabel('Manifest file').setInputFiles(manifest);
    await ana.getByRole('region', { name: 'What would be frozen' }).getByText('hosted: 10 % of org, so dark here').waitFor();
    await ana.getByRole('button', { name: 'Cut 8.4.0' }).click();
    await ana.getByRole('link', { name: 'Show 8.4.0' }).click();
    await ana.getByRole('heading', { name: '8.4.0', level: 1 }).waitFor();
    await ana.getByText(/no site gets it/).waitFor({ state: 'detached' });
    expect(await stage.signedBy('8.4.0', 1)).toEqual(['vendor-2026']);
  });

  await step('an install is made, and the board shows its site as soon as it runs', async () => {
    await open(ana, 'installs');
    await ana.getByRole('button', { name: 'New install' }).first().click();
    await ana.getByLabel('Name', { exact: true }).fill('Globex, Berlin');
    await ana.getByRole('button', { name: 'Create install' }).click();
    const key = await ana.getByLabel('key', { exact: true }).innerText();
    await ana.getByRole('button', { name: 'Show the install' }).click();
    await stage.deliver(n, '8.4.0');
    n.override(overrides);
    await n.start({ vendor: { url: stage.vendor.url, key, share: 'overrides' }, offline: false });
    await open(ana, 'installs');
    await expect.poll(() => board('Globex, Berlin'), { timeout: soonMs }).toMatch(/Current.*8\.4\.0 r1/);
    expect(inBerlin()).toBe(true);
  });

  await step('three clicks ask for a back-out, which says whom it reaches; nothing has changed yet', async () => {
    await open(ana, `flags/${stream}`);
    await ana.getByRole('navigation', { name: 'Flag' }).getByRole('link', { name: 'Releases' }).click();
    await ana.getByRole('button', { name: `Back ${stream} out of releases` }).click();
    const sheet = ana.getByRole('dialog', { name: 'Back flags out of releases' });
    await sheet.getByLabel('What is wrong, as every site is told').fill('the list loses rows');
    const reach = sheet.getByRole('table', { name: 'Releases that get a shipment' });
    await reach.waitFor();
    expect(inWords(await reach.innerText())).toContain('8.4.0 r2 1 connected: “Globex, Berlin”');
    await sheet.getByRole('button', { name: 'Request approval' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect(inBerlin()).toBe(true);
  });

  await step(
    'a second person sees whom it reaches and approves; the site has it, and the page of the back-out says so',
    async () => {
      await open(ben, 'requests');
      await ben.getByRole('link', { name: new RegExp(`${stream} backed out of`) }).click();
      await ben
        .getByRole('region', { name: 'What it would do' })
        .getByText(/8\.4\.0 r2 for 1 connected install/)
        .waitFor();
      await open(ana, 'back-outs');
      const clickedMs = Date.now();
      await ben.getByRole('button', { name: 'Approve and publish' }).click();
      await expect.poll(inBerlin, { timeout: soonMs }).toBe(false);
      const offMs = n.sinceMs(({ answers }) => answers[stream]?.['berlin']?.value === false) ?? Number.NaN;
      process.stdout.write(`      off at the site ${offMs - clickedMs} ms after Ben’s click\n`);
      await ana.getByRole('link', { name: 'BO-1' }).click();
      await ana.getByRole('region', { name: 'Progress' }).getByText('1 of 1 install has it').waitFor();
      await open(ana, 'installs');
      await expect.poll(() => board('Globex, Berlin'), { timeout: soonMs }).toMatch(/Current.*8\.4\.0 r2/);
    },
  );

  await step('the code that the site reads out says whose it is, which shipment it has, which layer and which line', async () => {
    const { out } = await n.taffrail('why', stream, '--org', 'berlin');
    await open(ana, 'support');
    await ana.getByRole('textbox', { name: 'Code' }).fill(/TR1-\S+/.exec(out)?.[0].toLowerCase().replaceAll('-', ' ') ?? '');
    const meaning = ana.getByRole('group', { name: 'What the code means' });
    await meaning.getByRole('link', { name: 'Globex, Berlin' }).waitFor();
    const words = inWords(await meaning.innerText());
    process.stdout.write(`      ${words}\n`);
    expect(words).toContain(`${stream} is off, decided by the back-out.`);
    expect(words).toMatch(/8\.4\.0 r2, byte for byte what was issued/);
    expect(words).toMatch(/line 4.*j\.doe|j\.doe.*line 4/);
    expect(words).toContain('SUP-4411');
  });

  await step('of a site that nobody hears of, the code says the layer, and its bundle the rest', async () => {
    await stage.deliver(g, '8.4.0');
    g.override(overrides);
    await g.start({ offline: true });
    const bundle = g.party.path('bundle.json');
    expect(await g.taffrail('doctor', '--bundle', bundle)).toMatchObject({ code: 0 });
    const { out } = await g.taffrail('why', stream, '--org', 'berlin');
    await open(ana, 'support');
    await ana.getByRole('textbox', { name: 'Code' }).fill(/TR1-\S+/.exec(out)?.[0] ?? '');
    await ana
      .getByRole('group', { name: 'What the code means' })
      .getByText(/A site without an install key/)
      .waitFor();
    const file = { name: 'g.json', mimeType: 'application/json', buffer: readFileSync(bundle) };
    await ana.getByLabel('Doctor bundle', { exact: true }).setInputFiles(file);
    const shown = ana.getByRole('group', { name: 'Bundle g.json' });
    await shown.getByRole('table', { name: 'Flags, site and vendor' }).waitFor();
    expect(inWords(await shown.innerText())).toMatch(new RegExp(`${stream}.*BO-1`));
  });
});

async function step(name: string, act: () => Promise<void>): Promise<void> {
  const startedMs = performance.now();
  await act();
  process.stdout.write(`  ✓ ${name} (${(performance.now() - startedMs).toFixed(0)} ms)\n`);
}

const inBerlin = () => n.seen().answers[stream]?.['berlin']?.value;

const inWords = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** What the board says of an install, without a reload. */
async function board(name: string): Promise<string> {
  const row: Locator = ana.getByRole('table', { name: 'Installs', exact: true }).getByRole('row').filter({ hasText: name });
  return inWords(await row.innerText());
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${stage.vendor.url}${project}/${path}`);
}

async function pageOf({ email, password }: Pick<typeof owner, 'email' | 'password'>): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(soonMs);
  await page.goto(stage.vendor.url);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Flags', level: 1 }).waitFor();
  return page;
}
