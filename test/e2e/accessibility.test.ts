import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Api } from 'taffrail/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../product/browser.ts';
import { newFolder, owner, place, signIn, startProduct, type Product } from '../product/server.ts';

const project = '/orgs/default/projects/default';
const pages = [
  `${project}/flags`,
  `${project}/flags?view=cleanup`,
  `${project}/flags?new=1`,
  `${project}/flags/new-issue-stream`,
  `${project}/flags/new-issue-stream?tab=activity`,
  `${project}/flags/new-issue-stream?tab=code`,
  `${project}/flags/nobody-knows`,
  `${project}/features`,
  `${project}/features/issues-v2`,
  `${project}/features/issues-v2?env=production&to=percent`,
  `${project}/flags/new-issue-stream?tab=releases`,
  `${project}/flags/new-issue-stream?archive=open`,
  `${project}/releases`,
  `${project}/releases?cut=open`,
  `${project}/releases?pick=8.4.0~8.5.0&supported=only`,
  `${project}/releases/8.4.0`,
  `${project}/releases/8.4.0?tab=shipments`,
  `${project}/releases/8.5.0?tab=differences`,
  `${project}/releases/8.4.0?support=open`,
  `${project}/releases/9.9.9`,
  `${project}/back-outs`,
  `${project}/back-outs?new=1&flag=new-issue-stream`,
  `${project}/back-outs/BO-1`,
  `${project}/installs`,
  `${project}/installs?new=1`,
  `${project}/installs/globex`,
  `${project}/installs/cave`,
  `${project}/support`,
  `${project}/support?code=TR1-8.4.0-2-7K3Q-Z8M4-RTN0-0000-0000-0FH5`,
  `${project}/lines`,
  `${project}/segments`,
  `${project}/contexts`,
  `${project}/activity`,
  `${project}/rollback`,
  `${project}/requests`,
  `${project}/compare`,
  `${project}/keys`,
  `${project}/settings`,
  '/orgs/default/people',
  '/orgs/default/tokens',
  '/orgs/default/settings',
  '/orgs/default/new-project',
  '/account',
  '/new-organization',
];
/** What is on a page only once somebody did something. */
const acts: readonly (readonly [path: string, name: string, act: (page: Page) => Locator, shows: (page: Page) => Locator])[] = [
  [
    `${project}/requests`,
    'a request',
    (page) => page.getByRole('link', { name: /^issues-v2/ }),
    (page) => page.getByRole('region', { name: 'What it would do' }),
  ],
  [
    `${project}/compare`,
    'a copy',
    (page) => page.getByRole('checkbox', { name: 'Copy new-issue-stream' }),
    (page) => page.getByRole('region', { name: 'What would change' }),
  ],
  [
    `${project}/settings`,
    'the policies',
    (page) => page.getByRole('button', { name: /a second person in Production/ }),
    (page) => page.getByRole('dialog'),
  ],
  [
    `${project}/features`,
    'a new feature',
    (page) => page.getByRole('button', { name: 'New feature' }),
    (page) => page.getByRole('dialog'),
  ],
  [
    `${project}/back-outs/BO-1`,
    'where it is fixed',
    (page) => page.getByRole('button', { name: 'Say where it is fixed' }),
    (page) => page.getByRole('dialog'),
  ],
  [
    `${project}/flags/new-issue-stream?tab=releases`,
    'what it is to be in releases',
    (page) => page.getByRole('button', { name: 'Change' }),
    (page) => page.getByRole('radio', { name: 'Opt-in' }),
  ],
];
/** Another theme changes nothing but colours, and another width everything: so in the second theme only contrast is looked at. */
const looks = [
  { colorScheme: 'light', width: 1440, height: 900, rules: 'all' },
  { colorScheme: 'dark', width: 1440, height: 900, rules: 'contrast' },
  { colorScheme: 'dark', width: 390, height: 844, rules: 'all' },
  { colorScheme: 'light', width: 390, height: 844, rules: 'contrast' },
] as const;

const folder = newFolder();
let product: Product;
let browser: Browser;

beforeAll(async () => {
  product = await startProduct({ folder: folder.path });
  await fill(await signIn(product));
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  await product?.kill('SIGTERM');
  folder.remove();
});

describe('in both themes, wide and narrow', () => {
  let context: BrowserContext;
  let page: Page;
  const elsewhere: string[] = [];

  beforeAll(async () => {
    context = await browser.newContext({ viewport: looks[0] });
    page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(product.url)) elsewhere.push(request.url());
    });
    await signInByForm(page);
  });
  afterAll(() => context.close());

  it.each(pages)('%s has nothing that axe objects to, and needs no sideways scrolling', async (path) => {
    await open(path);
    expect(await objectionsInAllLooks(page)).toEqual([]);
  });

  it.each(acts)('%s: %s has nothing that axe objects to', async (path, _, act, shows) => {
    await open(path);
    await act(page).click();
    await shows(page).waitFor();
    expect(await objectionsInAllLooks(page)).toEqual([]);
  });

  it('asks no other host for anything', () => {
    expect(elsewhere).toEqual([]);
  });

  async function open(path: string): Promise<void> {
    await page.emulateMedia({ colorScheme: looks[0].colorScheme });
    await page.setViewportSize(looks[0]);
    await page.goto(product.url + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    await page.waitForFunction(() => !document.querySelector('[role="status"][aria-label^="Loading"]'));
  }
});

describe('the pages of strangers', () => {
  it.each(['/', '/link#nobody-drew-this-link-at-all'])('%s has nothing that axe objects to', async (path) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(product.url + path);
    await page.getByRole('heading').first().waitFor();
    const found = await objections(page);
    await context.close();
    expect(found).toEqual([]);
  });
});

async function objectionsInAllLooks(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const { colorScheme, width, height, rules } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const said = [...(await objections(page, rules)), ...(beyond > 0 ? [`${beyond} px to the side`] : [])];
    found.push(...said.map((sentence) => `${colorScheme} at ${width} px: ${sentence}`));
  }
  return found;
}

async function objections(page: Page, rules: 'all' | 'contrast' = 'all'): Promise<string[]> {
  // The other mode opens a page of its own for each run, to join what frames say: there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === 'all' ? axe : axe.withRules('color-contrast')).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function signInByForm(page: Page): Promise<void> {
  await page.goto(product.url);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Flags', level: 1 }).waitFor();
}

/** Something of each sort, so that no page is empty. */
async function fill(api: Api): Promise<void> {
  const production = { ...place, environment: 'production' };
  await api.call('PUT /orgs/:org/projects/:project/environments/:environment/contexts/:kind', {
    params: { ...production, kind: 'org' },
    body: { contexts: ['acme', 'berlin', 'cobalt'].map((key) => ({ key, attributes: { plan: 'pro' } })) },
  });
  await api.call('PUT /orgs/:org/projects/:project/environments/:environment/segments/:segment', {
    params: { ...production, segment: 'early-adopters' },
    body: { name: 'Early adopters', description: '', kind: 'org', included: ['acme'], excluded: [] },
  });
  for (const key of ['new-issue-stream', 'old-issue-ui', 'organizations:discover'])
    await api.call('POST /orgs/:org/projects/:project/flags', { params: place, body: { key } });
  const environmentFlag = { ...production, flag: 'new-issue-stream' };
  await api.call('POST /orgs/:org/projects/:project/publish', {
    params: place,
    body: {
      edits: [
        {
          environment: 'production',
          flag: 'new-issue-stream',
          edit: {
            on: true,
            rules: [
              {
                id: 'r1',
                when: { all: [{ segment: 'early-adopters' }, { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] }] },
                serve: { variant: 'on' },
              },
            ],
          },
        },
      ],
    },
  });
  await api.call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/rollout', {
    params: environmentFlag,
    body: { percent: 10, kind: 'org' },
  });
  await api.call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/kill', {
    params: { ...production, flag: 'old-issue-ui' },
    body: {},
  });
  await fillFeatures(api);
  await fillSites(api);
  await fillBackOuts(api);
  await api.call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
    params: production,
    body: { kind: 'server', name: 'billing' },
  });
  await api.call('POST /orgs/:org/invitations', {
    params: { org: place.org },
    body: { email: 'ben@acme.example', grants: [{ role: 'editor' }] },
  });
}

/** A feature that came a way, was edited by hand and backed out, and a move of it that waits for a second person. */
async function fillFeatures(api: Api): Promise<void> {
  const feature = { key: 'issues-v2', flags: ['issues-page'], owner: 'issues', expiresOn: '2036-01-01', createFlags: true };
  await api.call('POST /orgs/:org/projects/:project/features', { params: place, body: feature });
  const stage = 'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/stage';
  const at = (environment: string) => ({ ...place, environment, feature: feature.key });
  for (const segment of ['internal', 'early-access'])
    for (const environment of ['development', 'production'])
      await api.call('PUT /orgs/:org/projects/:project/environments/:environment/segments/:segment', {
        params: { ...place, environment, segment },
        body: { name: segment, description: '', kind: 'org', included: ['acme'], excluded: [] },
      });
  await api.call(stage, { params: at('production'), body: { stage: 'percent', percent: 25 } });
  await api.call(stage, { params: at('development'), body: { stage: 'early-access' } });
  await api.call('POST /orgs/:org/projects/:project/environments/:environment/features/:feature/back-out', {
    params: at('development'),
    body: { reason: 'errors rise' },
  });
  await api.call('POST /orgs/:org/projects/:project/publish', {
    params: place,
    body: { edits: [{ environment: 'production', flag: 'issues-page', edit: { rules: [] } }] },
  });
  await api.call('PATCH /orgs/:org/projects/:project/environments/:environment', {
    params: { ...place, environment: 'production' },
    body: { policies: { publish: 'second-person' } },
  });
  await api.command(stage, { params: at('production'), body: { stage: 'percent', percent: 50 } }, { request: '1' });
}

/** A release, a site that takes shipments over the network and said what it runs, and one to which they are carried. */
async function fillSites(api: Api): Promise<void> {
  const read = { key: 'new-issue-stream', defaults: [false], places: 1 };
  await api.call('POST /orgs/:org/projects/:project/releases', {
    params: place,
    body: { version: '8.4.0', commit: '4f2c1e9', manifest: [read] },
  });
  const installs = 'POST /orgs/:org/projects/:project/installs';
  await api.call(installs, { params: place, body: { key: 'globex', name: 'Globex, Berlin' } });
  await api.call(installs, { params: place, body: { key: 'cave', name: 'The cave', connection: 'air-gapped' } });
  const { secret } = await api.call('POST /orgs/:org/projects/:project/installs/:install/keys', {
    params: { ...place, install: 'globex' },
    body: { name: 'site' },
  });
  const shipment = { ...place, release: '8.4.0', revision: '1' };
  const { digest } = await api.call('GET /orgs/:org/projects/:project/releases/:release/shipments/:revision', {
    params: shipment,
  });
  const entry = { flag: 'new-issue-stream', value: true, orgs: ['berlin'], line: 4, hash: 'ABCDE', reason: 'pilot' };
  const acknowledged = await fetch(`${product.url}/install/v1/acks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ revision: 1, digest, appliedAt: new Date().toISOString(), overrides: [entry] }),
  });
  expect(acknowledged.status).toBe(200);
}

/** A later release, which differs, and a back-out that both carry. */
async function fillBackOuts(api: Api): Promise<void> {
  const manifest = ['new-issue-stream', 'old-issue-ui'].map((key) => ({ key, defaults: [false], places: 1 }));
  await api.call('PUT /orgs/:org/projects/:project/flags/:flag/onprem', {
    params: { ...place, flag: 'old-issue-ui' },
    body: { mode: 'opt-in', reason: 'some sites want it back' },
  });
  await api.call('POST /orgs/:org/projects/:project/releases', {
    params: place,
    body: { version: '8.5.0', commit: '9f3c2ab', manifest, supportedUntil: '2036-01-01' },
  });
  await api.call('POST /orgs/:org/projects/:project/back-outs', {
    params: place,
    body: { flags: ['new-issue-stream'], releases: '>=8.4', severity: 'required', because: 'Issue list loses rows' },
  });
}
