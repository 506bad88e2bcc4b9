import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import { type Hook, withHooks } from './hooks.ts';
import { KEY, startWire, switchFlag } from './wire-server.test-kit.ts';

vi.setConfig({ testTimeout: 20_000 });

let wire: Awaited<ReturnType<typeof startWire>>;
let client: ReturnType<typeof createClient>;
let asked: unknown[];
const watch: Hook = { after: ({ context }, { value }) => void asked.push([context, value]) };

beforeEach(async () => {
  wire = await startWire([switchFlag('pinned', false, { pins: [{ kind: 'org', variant: 'yes', keys: ['acme'] }] })]);
  client = createClient({ url: wire.url, key: KEY, context: { org: 'globex' }, cacheMaxAgeMs: 0 });
  await client.ready();
  asked = [];
});
afterEach(async () => {
  await client.close();
  await wire.stop();
});

it('tells hooks who was identified, by whichever way', async () => {
  const flags = withHooks(client, [watch]);
  flags.isEnabled('pinned');
  await flags.identify({ org: 'acme' });
  flags.isEnabled('pinned');
  await client.identify({ org: 'initech' });
  flags.isEnabled('pinned');
  expect(flags.context()).toEqual({ org: 'initech' });
  expect(asked).toEqual([
    [{ org: 'globex' }, false],
    [{ org: 'acme' }, true],
    [{ org: 'initech' }, false],
  ]);
});

it('evaluates the context that a hook returns, and leaves who was identified alone', () => {
  const flags = withHooks(client, [{ before: ({ context }) => ({ ...context, org: 'acme' }) }, watch]);
  expect(flags.isEnabled('pinned')).toBe(true);
  expect(asked).toEqual([[{ org: 'acme' }, true]]);
  expect([client.isEnabled('pinned'), client.context()]).toEqual([false, { org: 'globex' }]);
});

it('answers about another context without identifying it', () => {
  expect(withHooks(client, [watch]).forContext({ org: 'acme' }).isEnabled('pinned')).toBe(true);
  expect(asked).toEqual([[{ org: 'acme' }, true]]);
  expect(client.context()).toEqual({ org: 'globex' });
});
