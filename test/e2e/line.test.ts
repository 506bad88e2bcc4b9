import type { Browser, Locator, Page } from 'playwright-core';
import type { Api } from 'taffrail/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../product/browser.ts';
import { observe, openSite, type Observer, type Site } from '../product/observers.ts';
import { newFolder, owner, place, signIn, startProduct, type Product } from '../product/server.ts';

const flag = 'new-issue-stream';
const orgs = Array.from({ length: 40 }, (_, i) => (i === 0 ? 'acme' : `org-${i}`));
const production = { ...place, environment: 'production' };

const folder = newFolder();
let product: Product;
let api: Api;
let browser: Browser;
let program: Observer;
let site: Site;
/** The admin UI, and a customer's page that is opened once and never reloaded. */
let admin: Page;
let page: Page;

beforeAll(async () => {
  product = await startProduct({ folder: folder.path });
  api = await signIn(product);
  await api.call('PUT /orgs/:org/projects/:project/environments/:environment/contexts/:kind', {
    params: { ...production, kind: 'org' },
    body: { contexts: orgs.map((key) => ({ key, attributes: {} })) },
  });
  program = observe(product.url, await newKey('server'), flag, orgs);
  site = await openSite(customersPage(await newKey('client')));
  browser = await openChromium();
  page = await browser.newPage();
  await page.goto(site.url);
  admin = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  admin.setDefaultTimeout(10_000);
});

afterAll(async () => {
  await browser?.close();
  site?.close();
  await program?.stop();
  await product?.kill('SIGTERM');
  folder.remove();
});

test(
  'a flag is created, pinned, raised, killed and rolled back by mouse, and every program follows',
  { timeout: 120_000 },
  async () => {
    await signInByMouse();
    await everywhereOn([]);

    await step('a flag is created, for nobody', async () => {
      await admin.getByRole('button', { name: /^New flag/ }).click();
      await admin.getByRole('dialog').getByLabel('Name').fill(flag);
      await admin.getByRole('dialog').getByRole('button', { name: 'Create flag' }).click();
      await admin.getByRole('heading', { name: flag, level: 1 }).waitFor();
      await everywhereOn([]);
    });

    const column = admin.getByRole('region', { name: 'Production', exact: true });

    await step('acme alone gets it, in browsers too', async () => {
      await column.getByRole('combobox', { name: 'Pinned orgs: add' }).fill('acme');
      await column.getByRole('combobox', { name: 'Pinned orgs: add' }).press('Enter');
      await column.getByRole('checkbox', { name: 'sent to browsers' }).check();
      await setPercentage(column, 0);
      await turnOn(column);
      await expect.poll(() => affected()).toMatch(/acme/);
      await publish();
      await everywhereOn(['acme']);
    });
    const afterPin = await revision();

    await step('a tenth of all orgs get it: those that the preview named', async () => {
      await setPercentage(column, 10);
      await expect.poll(() => affected()).toMatch(/\d+ of 40/);
      const predicted = await predictedGains();
      await publish();
      await expect.poll(() => program.on()?.length).toBeGreaterThan(1);
      const gained = program.on()!.filter((org) => org !== 'acme');
      expect(gained.toSorted()).toEqual(predicted.toSorted());
      await everywhereOn(['acme', ...gained]);
    });
    const raised = program.on()!;

    await step('it is killed: off for all, in one click', async () => {
      await column.getByRole('button', { name: 'Kill in Production' }).click();
      await everywhereOn([]);
    });

    await step('the kill is undone in one click', async () => {
      await admin.getByRole('button', { name: /^Undo/ }).last().click();
      await everywhereOn(raised);
    });

    await step('production is rolled back to when acme alone had it', async () => {
      await admin.getByRole('link', { name: 'Roll back' }).click();
      await rollBackByMouse(afterPin);
      await everywhereOn(['acme']);
    });

    expect(await page.evaluate(() => performance.getEntriesByType('navigation').length)).toBe(1);
  },
);

/** Prints its name, as evidence. */
async function step(name: string, act: () => Promise<void>): Promise<void> {
  const startedMs = performance.now();
  await act();
  process.stdout.write(`  ✓ ${name} (${(performance.now() - startedMs).toFixed(0)} ms)\n`);
}

/** The program and the page agree on who has the flag; the page asks as one org after the other, over one connection. */
async function everywhereOn(expected: readonly string[]): Promise<void> {
  await expect.poll(() => program.on()?.toSorted(), { timeout: 10_000 }).toEqual(expected.toSorted());
  await expect
    .poll(() => page.evaluate('orgsWithTheFlag()'), { timeout: 10_000 })
    .toEqual(orgs.filter((org) => expected.includes(org)));
}

async function signInByMouse(): Promise<void> {
  await admin.goto(product.url);
  await admin.getByLabel('E-mail').fill(owner.email);
  await admin.getByLabel('Password').fill(owner.password);
  await admin.getByRole('button', { name: 'Sign in' }).click();
  await admin.getByRole('heading', { name: 'Flags', level: 1 }).waitFor();
}

/** Pinning somebody on may have turned it on already. */
async function turnOn(column: Locator): Promise<void> {
  const isOn = column.getByRole('switch');
  if ((await isOn.getAttribute('aria-checked')) !== 'true') await isOn.click();
}

async function setPercentage(column: Locator, percent: number): Promise<void> {
  const field = column.getByRole('textbox', { name: 'Percentage that gets on' });
  await field.fill(String(percent));
  await field.press('Enter');
}

const bar = () => admin.getByRole('region', { name: 'Unpublished changes' });
const affected = () => bar().getByRole('list', { name: 'Who is affected' }).innerText();

async function publish(): Promise<void> {
  await bar()
    .getByRole('button', { name: /^Publish/ })
    .click();
  await bar().waitFor({ state: 'hidden' });
}

/** The names that the publish bar shows as gaining the flag. */
async function predictedGains(): Promise<string[]> {
  const text = await affected();
  return orgs.filter((org) => new RegExp(`(^|[\\s,:])${org}($|[\\s,.)])`, 'm').test(text));
}

async function revision(): Promise<number> {
  const { revision: current } = await api.call('GET /orgs/:org/projects/:project', { params: place });
  return current;
}

async function rollBackByMouse(to: number): Promise<void> {
  await admin.getByRole('radio', { name: new RegExp(`^${to} `) }).click();
  await admin.getByRole('button', { name: `Roll Production back to ${to}` }).click();
}

async function newKey(kind: 'server' | 'client'): Promise<string> {
  const { secret } = await api.call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
    params: production,
    body: { kind, name: `e2e ${kind}` },
  });
  return secret;
}

function customersPage(key: string): string {
  return `<!doctype html><title>A customer's page</title><script type="module">
    import { createClient } from '/sdk.js';
    const flags = createClient({ url: '${product.url}', key: '${key}', context: { org: 'acme' } });
    window.orgsWithTheFlag = async () => {
      const on = [];
      for (const org of ${JSON.stringify(orgs)}) {
        await flags.identify({ org });
        if (flags.isEnabled('${flag}')) on.push(org);
      }
      return on;
    };
  </script>`;
}
