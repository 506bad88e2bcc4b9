import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineLog, readConfig } from '@taffrail/server';
import type { Api } from 'taffrail/api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asOwner } from './administrator.ts';
import { startDemo, type Demo } from './demo.ts';

const folder = mkdtempSync(join(tmpdir(), 'taffrail-demo-'));
const config = readConfig({ PORT: '0', TAFFRAIL_DATA: folder });
const logged: string[] = [];
const log = lineLog(
  'warn',
  (line) => void logged.push(line),
  () => new Date(),
);
const releases = new URL('../../../test/fixtures/onprem-releases.json', import.meta.url);
let demo: Demo;

const start = () => startDemo({ config, log, trackerPort: 0, releases });
const owner = <T>(act: (api: Api, org: string) => Promise<T>) => asOwner(config, demo.url, act);
const get = async (path: string) => {
  const response = await fetch(demo.tracker + path);
  return { status: response.status, text: await response.text() };
};
const flagsOf = (project: string) =>
  owner(async (api, org) => (await api.call('GET /orgs/:org/projects/:project/flags', { params: { org, project } })).flags);
const pin = (variant: 'on' | null) =>
  owner((api, org) =>
    api.call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/pin', {
      params: { org, project: 'issue-tracker', environment: 'production', flag: 'new-issue-stream' },
      body: { kind: 'org', keys: ['acme'], variant, turnOn: true },
    }),
  );

beforeAll(async () => void (demo = await start()), 60_000);
afterAll(async () => {
  await demo.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the tracker', () => {
  it('shows the old table while the new stream is dark, and answers nobody who asks for it', async () => {
    const page = await get('/orgs/acme');
    expect(page.text).toContain('data-view="table"');
    expect(page.text).not.toContain('data-view="stream"');
    expect((await get('/orgs/acme/issues?view=stream')).status).toBe(404);
  });

  it('shows the new stream to the org that it is pinned for, and to no other', async () => {
    await pin('on');
    await vi.waitFor(async () => expect((await get('/orgs/acme/issues?view=stream')).status).toBe(200), 5_000);
    expect((await get('/orgs/acme')).text).toContain('data-view="stream"');
    expect((await get('/orgs/berlin')).text).toContain('data-view="table"');
    expect((await get('/orgs/berlin/issues?view=stream')).status).toBe(404);
    await pin(null);
    await vi.waitFor(async () => expect((await get('/orgs/acme')).text).toContain('data-view="table"'), 5_000);
  });

  it('gives its page a client key and no other', async () => {
    const { text } = await get('/orgs/acme');
    expect(text).toContain('tf_cli_');
    expect(text).not.toContain('tf_srv_');
  });

  it.each(['/page.js', '/style.css', '/icon.svg', '/'])('serves %s itself', async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  it('knows nobody of an org that there is not', async () => {
    expect((await get('/orgs/nobody')).status).toBe(404);
    expect((await get('/orgs/constructor')).status).toBe(404);
  });
});

describe('the seed', () => {
  it('names 40 known orgs, by whom a preview says who is affected', async () => {
    const preview = await owner((api, org) =>
      api.preview('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/pin', {
        params: { org, project: 'issue-tracker', environment: 'production', flag: 'new-issue-stream' },
        body: { kind: 'org', keys: ['berlin'], variant: 'on', turnOn: true },
      }),
    );
    expect(preview.affected).toMatchObject([{ kind: 'org', known: 40, moves: [{ to: 'on', keys: ['berlin'] }] }]);
  });

  it('has all 96 flags of the releases, on and off in production as in the newest', async () => {
    const flags = await flagsOf('on-prem-releases');
    const on = flags.filter(({ environments }) => environments.production?.on).map(({ definition }) => definition.key);
    expect(flags).toHaveLength(96);
    expect(on).toHaveLength(62);
    expect(on).toContain('organizations:uptime');
    expect(on).not.toContain('organizations:sentry10');
  });

  it('is not sown twice, and leaves what people have changed', async () => {
    await pin('on');
    const before = await flagsOf('issue-tracker');
    await demo.close();
    demo = await start();
    expect(await flagsOf('issue-tracker')).toEqual(before);
    expect((await get('/orgs/acme')).text).toContain('data-view="stream"');
  }, 30_000);
});

it('gives a link that signs in, once', async () => {
  const link = new URL(demo.link).hash.slice(1);
  const use = () =>
    fetch(`${demo.url}/api/v1/session/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link }),
    });
  expect((await use()).status).toBe(200);
  expect((await use()).status).toBe(410);
});

it('has nothing to warn of', () => {
  expect(logged).toEqual([]);
});
