import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { createApi, type Api } from 'taffrail/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../product/browser.ts';
import { observe, type Observer } from '../product/observers.ts';
import { firstToken, freePort, newFolder, owner, place, startProduct, type Product } from '../product/server.ts';

const cli = fileURLToPath(new URL('../../packages/cli/bin/taffrail.js', import.meta.url));
const [feature, screen, backend] = ['issue-stream-v2', 'new-issue-stream', 'new-issue-stream-api'];
const orgs = Array.from({ length: 200 }, (_, i) => `org-${i}`);
const staff = orgs.slice(0, 2);
const early = orgs.slice(2, 39);
const production = { ...place, environment: 'production' };
const ben = { email: 'ben@acme.example', name: 'Ben', password: 'another long password' };

const folder = newFolder();
let port: number;
let product: Product;
let api: Api;
let token: string;
let browser: Browser;
let program: Observer;
let admin: Page;

beforeAll(async () => {
  port = await freePort();
  product = await startProduct({ folder: folder.path, port });
  token = await firstToken(product);
  api = createApi({ url: product.url, token });
  await knowEverybody();
  await inviteBen();
  browser = await openChromium();
  admin = await pageOf(owner);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  await product?.kill('SIGTERM');
  folder.remove();
});

test(
  'a feature is launched in stages, taken back at once, and brought on again by two people',
  { timeout: 180_000 },
  async () => {
    await step('created in the shell: two new flags, dark', async () => {
      await taffrail(
        'feature',
        'create',
        feature,
        '--flags',
        `${screen},${backend}`,
        '--create-flags',
        '--owner',
        'issues',
        '--expires',
        '60d',
      );
      await needBackend();
      program = observe(product.url, await newKey(), screen, orgs);
      await everybodyWithIt([]);
    });
    await step('the code that asks for them passes the audit; a slip of the pen has its line', async () => {
      expect(await taffrail('audit', codeWith(screen))).toMatch(/passed: no findings; 2 flags read/);
      const slip = taffrail('audit', codeWith('new-isue-stream'));
      await expect(slip).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/app\.ts:3:\d+: error unknown: .*Did you mean "new-issue-stream"/),
      });
    });
    const dark = await revision();

    await step('internal: two orgs, as the preview says', () => moveAndCompare('Internal', staff));
    await step('early access: 37 more', () => moveAndCompare('Early access', early));
    await step('10 %: those whom the preview counts, and the same after a restart', async () => {
      const before = program.on()!;
      const plan = await planOf('Percent');
      const { count, named } = await predicted(plan);
      await plan.getByRole('button', { name: 'Move to 10 %' }).click();
      await expect.poll(() => program.on()?.length).toBe(before.length + count);
      const gained = program.on()!.filter((org) => !before.includes(org));
      expect(gained).toEqual(expect.arrayContaining(named));
      expect(program.on()).toEqual(expect.arrayContaining(before));
    });
    const rolledOut = program.on()!.toSorted();

    await step('GA waits: it has not been at 100 % for a day', async () => {
      const plan = await planOf('GA');
      await plan.getByText(/24 hours|24 h/).waitFor();
      expect(await plan.getByRole('button', { name: 'Move to GA' }).isDisabled()).toBe(true);
    });

    await step('the server dies and comes back: nobody is flipped', async () => {
      await product.kill('SIGKILL');
      expect(program.on()!.toSorted()).toEqual(rolledOut);
      product = await startProduct({ folder: folder.path, port });
      await admin.reload();
      await section().waitFor();
      expect(program.on()!.toSorted()).toEqual(rolledOut);
    });

    await step('rolled back in the shell to when it was dark: off for all', async () => {
      await taffrail('rollback', '-e', 'production', '--to', String(dark), '--reason', 'errors');
      await everybodyWithIt([]);
      await expect.poll(() => section().innerText()).toMatch(/Dark/);
    });

    await step('from now on production wants a second person, also for the shell', async () => {
      await api.call('PATCH /orgs/:org/projects/:project/environments/:environment', {
        params: production,
        body: { policies: { publish: 'second-person', unlock: 'second-person' } },
      });
      await expect(taffrail('feature', 'advance', feature, 'internal', '-e', 'production', '--yes')).rejects.toThrow(
        /second person/,
      );
      await everybodyWithIt([]);
    });

    await step('Ana asks to bring it on again, and cannot approve it herself', async () => {
      const plan = await planOf('Early access');
      await plan.getByRole('button', { name: 'Request approval' }).click();
      await admin
        .getByRole('status', { name: 'Notifications' })
        .getByText(/^Waits for a second person/)
        .waitFor();
      await openRequest(admin);
      await admin.getByText(/Somebody else must/).waitFor();
      expect(await admin.getByRole('button', { name: 'Approve and publish' }).count()).toBe(0);
      await everybodyWithIt([]);
    });

    await step('Ben looks at it and approves: the two stages at once', async () => {
      const page = await pageOf(ben);
      await openRequest(page);
      await page
        .getByText(/39 of 200 known orgs/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Approve and publish' }).click();
      await everybodyWithIt([...staff, ...early]);
    });

    await step('backed out by one person, at once', async () => {
      await admin.goto(featureUrl());
      await section()
        .getByRole('button', { name: /^Back out of/ })
        .click();
      await admin.getByPlaceholder('Why? For the history').fill('rows are lost');
      await section().getByRole('button', { name: 'Back out', exact: true }).click();
      await everybodyWithIt([]);
    });

    await step('the timeline tells it all, newest first', async () => {
      await admin.goto(`${featureUrl()}?tab=activity`);
      const lines = admin.getByRole('list', { name: 'Changes' }).getByRole('listitem');
      await expect.poll(() => lines.count()).toBeGreaterThanOrEqual(6);
      const told = (await lines.allInnerTexts()).join('\n');
      expect(told).toMatch(/backed-out[^]*Ben[^]*dark[^]*10 %[^]*early-access[^]*internal[^]*created/i);
    });
  },
);

/** Prints its name, as evidence. */
async function step(name: string, act: () => Promise<void>): Promise<void> {
  const startedMs = performance.now();
  await act();
  process.stdout.write(`  ✓ ${name} (${(performance.now() - startedMs).toFixed(0)} ms)\n`);
}

/** Moves the feature by mouse; who gains it is who the preview counted. */
async function moveAndCompare(stage: string, gained: readonly string[]): Promise<void> {
  const before = program.on() ?? [];
  const plan = await planOf(stage);
  expect((await predicted(plan)).count).toBe(gained.length);
  await plan.getByRole('button', { name: `Move to ${stage}` }).click();
  await everybodyWithIt([...before, ...gained]);
}

async function everybodyWithIt(expected: readonly string[]): Promise<void> {
  await expect.poll(() => program.on()?.toSorted(), { timeout: 10_000 }).toEqual(expected.toSorted());
}

const featureUrl = () => `${product.url}/orgs/default/projects/default/features/${feature}`;
const section = () => admin.getByRole('region', { name: 'Production', exact: true });

/** The plan of a move in production, with its preview. */
async function planOf(stage: string): Promise<Locator> {
  if (!admin.url().startsWith(featureUrl()) || admin.url().includes('tab=')) await admin.goto(featureUrl());
  await section().getByRole('list', { name: 'Stages' }).getByRole('button', { name: stage }).click();
  const plan = section().getByRole('region', { name: `Move to ${stage}` });
  await plan.getByRole('list', { name: 'Who is affected' }).or(plan.getByRole('alert')).first().waitFor();
  return plan;
}

/** What the preview says of who gains the whole feature. */
async function predicted(plan: Locator): Promise<{ count: number; named: string[] }> {
  const text = await plan.getByRole('list', { name: 'Who is affected' }).innerText();
  const [, count = '0', names = ''] =
    new RegExp(`${feature} in production: (\\d+) of 200 known orgs gains? it: (.*)`).exec(text) ?? [];
  return { count: Number(count), named: names.match(/org-\d+/g) ?? [] };
}

async function openRequest(page: Page): Promise<void> {
  await page.goto(`${product.url}/orgs/default/projects/default/requests`);
  await page.getByRole('table', { name: 'Requests' }).getByRole('link').first().click();
}

async function pageOf({ email, password }: Pick<typeof owner, 'email' | 'password'>): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(product.url);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Flags', level: 1 }).waitFor();
  return page;
}

/** By link. */
async function inviteBen(): Promise<void> {
  const { link } = await api.call('POST /orgs/:org/invitations', {
    params: { org: place.org },
    body: { email: ben.email, grants: [{ role: 'editor' }] },
  });
  await createApi({ url: product.url }).call('POST /session/link', { body: { link: link.split('#')[1] ?? link, ...ben } });
}

/** A folder with a program that asks for the flags of the feature. */
function codeWith(key: string): string {
  const code = mkdtempSync(join(folder.path, 'code-'));
  const lines = [
    "import { createClient } from '@taffrail/node';",
    'const flags = createClient({ url: process.env.FLAGS_URL, key: process.env.FLAGS_KEY });',
    `export const hasScreen = (org) => flags.isEnabled('${key}', { org });`,
    `export const hasBackend = (org) => flags.isEnabled('${backend}', { org });`,
  ];
  writeFileSync(join(code, 'app.ts'), lines.join('\n'));
  return code;
}

async function knowEverybody(): Promise<void> {
  await api.call('PUT /orgs/:org/projects/:project/environments/:environment/contexts/:kind', {
    params: { ...production, kind: 'org' },
    body: { contexts: orgs.map((key) => ({ key, attributes: {} })) },
  });
  for (const [segment, included] of [
    ['internal', staff],
    ['early-access', early],
  ] as const) {
    await api.call('PUT /orgs/:org/projects/:project/environments/:environment/segments/:segment', {
      params: { ...production, segment },
      body: { name: segment, description: '', kind: 'org', included: [...included], excluded: [] },
    });
  }
}

/** The screen is nothing without its backend. */
async function needBackend(): Promise<void> {
  const edit = { prerequisites: [{ flag: backend, variants: ['on'] }] };
  await api.call('POST /orgs/:org/projects/:project/publish', {
    params: place,
    body: { edits: [{ environment: 'production', flag: screen, edit }] },
  });
}

async function newKey(): Promise<string> {
  const { secret } = await api.call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
    params: production,
    body: { kind: 'server', name: 'story' },
  });
  return secret;
}

async function revision(): Promise<number> {
  const { revision: current } = await api.call('GET /orgs/:org/projects/:project', { params: place });
  return current;
}

/** Runs the built command as Ana's shell does; rejects with what it printed when it fails. */
async function taffrail(...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    TAFFRAIL_URL: product.url,
    TAFFRAIL_TOKEN: token,
    TAFFRAIL_ORG: place.org,
    TAFFRAIL_PROJECT: place.project,
    NO_COLOR: '1',
  };
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { env });
  return stdout;
}
