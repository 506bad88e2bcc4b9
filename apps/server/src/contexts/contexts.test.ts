import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signUpOwner } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

interface Page {
  readonly contexts: { readonly kind: string; readonly key: string; readonly attributes: object }[];
  readonly counts: Record<string, number>;
  readonly next?: string;
}

let server: RunningServer;
let token: string;
let project = 0;

beforeAll(async () => {
  server = await startServer();
  ({ token } = await signUpOwner(server));
});
afterAll(() => server.remove());

/** Every test has a project of its own. */
beforeEach(async () => {
  await server.send('POST', '/api/v1/orgs/default/projects', { token, body: { key: `p${++project}`, name: 'P' } });
});

const path = (rest = '') => `/api/v1/orgs/default/projects/p${project}/environments/production/contexts${rest}`;
const tell = (kind: string, keys: readonly string[], attributes: object = {}) =>
  server.send('PUT', path(`/${kind}`), { token, body: { contexts: keys.map((key) => ({ key, attributes })) } });
const page = async (query = '') => (await server.send<Page>('GET', path(query), { token })).body;
const keysOf = ({ contexts }: Page) => contexts.map(({ kind, key }) => `${kind} ${key}`);

describe('known contexts', () => {
  it('are told, told again, and say how many were new', async () => {
    expect((await tell('org', ['acme', 'berlin'])).body).toEqual({ created: 2, updated: 0, revision: 1 });
    expect((await tell('org', ['berlin', 'cairo'], { plan: 'pro' })).body).toEqual({ created: 1, updated: 1, revision: 1 });
    const { contexts, counts } = await page();
    expect(contexts).toMatchObject([
      { kind: 'org', key: 'acme', attributes: {} },
      { kind: 'org', key: 'berlin', attributes: { plan: 'pro' } },
      { kind: 'org', key: 'cairo', attributes: { plan: 'pro' } },
    ]);
    expect(counts).toEqual({ org: 3 });
  });

  it('are paged, over all kinds and over one, each once', async () => {
    await tell('org', ['a', 'b', 'c']);
    await tell('user', ['a', 'b c', 'd']);
    const seen: string[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const found: Page = await page(`?limit=2${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`);
      seen.push(...keysOf(found));
      next = found.next;
    }
    expect(seen).toEqual(['org a', 'org b', 'org c', 'user a', 'user b c', 'user d']);
    expect(keysOf(await page('?kind=user&limit=1&after=a'))).toEqual(['user b c']);
  });

  it('are found by how their keys begin, and by nothing else', async () => {
    await tell('org', ['acme', 'acme-eu', 'Acme', 'ac%', 'berlin']);
    expect(keysOf(await page('?search=acme'))).toEqual(['org acme', 'org acme-eu']);
    expect(keysOf(await page('?search=ac%25'))).toEqual(['org ac%']);
    expect(keysOf(await page('?search=z'))).toEqual([]);
  });

  it('are forgotten, and then are not there', async () => {
    await tell('org', ['acme', 'a/b c']);
    expect((await server.send('DELETE', path('/org/a%2Fb%20c'), { token })).status).toBe(200);
    expect(keysOf(await page())).toEqual(['org acme']);
    expect((await server.send('DELETE', path('/org/a%2Fb%20c'), { token })).status).toBe(404);
  });

  it('stand prototype names, as kind, key and attribute', async () => {
    const body = `{"contexts":[{"key":"__proto__","attributes":{"__proto__":1,"constructor":"x"}}]}`;
    expect((await server.send('PUT', path('/constructor'), { token, body })).status).toBe(200);
    const { text, body: found } = await server.send<Page>('GET', path(), { token });
    expect(text).toContain('"attributes":{"__proto__":1,"constructor":"x"}');
    expect(found.counts).toEqual({ constructor: 1 });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('of a kind that is none are refused, and none is stored', async () => {
    const refused = await tell('no%20kind', ['acme']);
    expect(refused).toMatchObject({ status: 422, body: { code: 'INVALID', mistakes: [{ at: '/params/kind' }] } });
    expect(await page()).toEqual({ contexts: [], counts: {} });
  });

  it('in thousands are stored whole', async () => {
    const keys = Array.from({ length: 2_500 }, (_, index) => `org-${index}`);
    expect((await tell('org', keys)).body).toMatchObject({ created: 2_500, updated: 0 });
    expect((await page()).counts).toEqual({ org: 2_500 });
  });

  it('count in a preview as soon as they are told', async () => {
    const flags = `/api/v1/orgs/default/projects/p${project}`;
    await server.send('POST', `${flags}/flags`, { token, body: { key: 'f' } });
    const affected = async () => {
      const turn = `${flags}/environments/production/flags/f/turn?preview=1`;
      return (await server.send<{ affected: unknown[] }>('POST', turn, { token, body: { on: true } })).body.affected;
    };
    expect(await affected()).toEqual([]);
    await tell('org', ['acme']);
    expect(await affected()).toMatchObject([{ known: 1, changed: 1, moves: [{ from: 'off', to: 'on', keys: ['acme'] }] }]);
    await tell('org', ['berlin']);
    expect(await affected()).toMatchObject([{ known: 2, changed: 2 }]);
    await server.send('DELETE', path('/org/acme'), { token });
    expect(await affected()).toMatchObject([{ known: 1, moves: [{ keys: ['berlin'] }] }]);
  });
});
