import type { Context } from '@taffrail/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../client.ts';
import { switchFlag, Truth } from '../truth.test-kit.ts';
import { World } from '../world.test-kit.ts';
import type { Hook } from './hook.ts';
import { withHooks } from './with-hooks.ts';

const pinned = switchFlag('pinned', false, { pins: [{ kind: 'org', variant: 'yes', keys: ['acme'] }] });
const broken = switchFlag('broken', true, { needs: ['tomorrow'] });

let world: World;
let truth: Truth;
let client: Client;
let said: unknown[][];
const logger = { warn: (...words: unknown[]) => void said.push(words), error: (...words: unknown[]) => void said.push(words) };

beforeEach(() => {
  world = new World();
  truth = new Truth([switchFlag('dark', true), pinned, broken]);
  client = world.client();
  world.say(['hello', truth.hello()], ['snapshot', truth.snapshot()]);
  said = [];
});
afterEach(() => client.close());

/** Takes down which of its stages were called, and what with. */
function watcher(name: string, seen: unknown[]): Hook {
  return {
    name,
    before: ({ flagKey, codeDefault, context }) => void seen.push([name, 'before', flagKey, codeDefault, context]),
    after: (_, { value }) => void seen.push([name, 'after', value]),
    error: (_, { value, errorCode }) => void seen.push([name, 'error', value, errorCode]),
    finally: (_, { value }) => void seen.push([name, 'finally', value]),
  };
}

describe('the stages', () => {
  it('go inwards before an evaluation, and outwards after it', () => {
    const seen: unknown[] = [];
    const flags = withHooks(client, [watcher('outer', seen), watcher('inner', seen)]);
    expect(flags.isEnabled('pinned', { org: 'acme' })).toBe(true);
    expect(seen).toEqual([
      ['outer', 'before', 'pinned', false, { org: 'acme' }],
      ['inner', 'before', 'pinned', false, { org: 'acme' }],
      ['inner', 'after', true],
      ['outer', 'after', true],
      ['inner', 'finally', true],
      ['outer', 'finally', true],
    ]);
  });

  it('of hooks on hooks are those of one list', () => {
    const seen: unknown[] = [];
    withHooks(withHooks(client, [watcher('inner', seen)]), [watcher('outer', seen)]).isEnabled('dark');
    expect(seen.map((one) => (one as string[]).slice(0, 2).join(' '))).toEqual([
      'outer before',
      'inner before',
      'inner after',
      'inner finally',
      'outer after',
      'outer finally',
    ]);
  });

  it.each<[string, (flags: Client) => unknown]>([
    ['isEnabled', (flags) => flags.isEnabled('dark')],
    ['value', (flags) => flags.value('dark', false)],
    ['details', (flags) => flags.details('dark', false)],
    ['isEnabled of one context', (flags) => flags.forContext({}).isEnabled('dark')],
    ['value of one context', (flags) => flags.forContext({}).value('dark', false)],
    ['details of one context', (flags) => flags.forContext({}).details('dark', false)],
  ])('see %s, and it answers as it does without them', (_, ask) => {
    const seen: unknown[] = [];
    expect(ask(withHooks(client, [watcher('one', seen)]))).toEqual(ask(client));
    expect(seen).toEqual([
      ['one', 'before', 'dark', false, {}],
      ['one', 'after', true],
      ['one', 'finally', true],
    ]);
  });

  it.each([
    ['there is no such flag', 'nobody', 'FLAG_NOT_FOUND', true],
    ['it is of another type', 'pinned', 'TYPE_MISMATCH', 'M'],
    ['it is not understood', 'broken', 'GENERAL', false],
  ])('tell what went wrong in the place of after: %s', (_, key, errorCode, value) => {
    const seen: unknown[] = [];
    withHooks(client, [watcher('one', seen)]).details(key, key === 'pinned' ? 'M' : true);
    expect(seen.slice(1)).toEqual([
      ['one', 'error', value, errorCode],
      ['one', 'finally', value],
    ]);
  });

  it('are not called for who asks the client itself', () => {
    const seen: unknown[] = [];
    withHooks(client, [watcher('one', seen)]);
    expect(client.isEnabled('dark')).toBe(true);
    expect(seen).toEqual([]);
  });
});

describe('before', () => {
  const acme: Hook = { before: ({ context }) => ({ ...context, org: 'acme' }) };

  it('may put another context in the place of what was given, for later hooks, too', () => {
    const seen: unknown[] = [];
    const flags = withHooks(client, [acme, watcher('later', seen)]);
    expect(flags.isEnabled('pinned', { user: 'ana' })).toBe(true);
    expect(seen[0]).toEqual(['later', 'before', 'pinned', false, { user: 'ana', org: 'acme' }]);
  });

  it.each([
    ['null', null],
    ['a text', 'acme'],
    ['a promise of a context', Promise.resolve({ org: 'acme' })],
  ])('changes nothing by returning %s', (_, returned) => {
    const flags = withHooks(client, [{ before: () => returned as unknown as Context }], logger);
    expect(flags.isEnabled('pinned')).toBe(false);
    expect(flags.isEnabled('pinned', { org: 'acme' })).toBe(true);
    expect(said).toEqual([]);
  });
});

function fail(): never {
  throw new Error('no disk');
}

describe('a hook that fails', () => {
  it.each(['before', 'after', 'error', 'finally'] as const)(
    'in %s changes no answer, stops no other hook, and is said once',
    (stage) => {
      const seen: unknown[] = [];
      const flags = withHooks(client, [{ name: 'files', [stage]: fail }, watcher('other', seen)], logger);
      const flag = stage === 'error' ? 'broken' : 'dark';
      for (let times = 0; times < 3; times++) expect(flags.details(flag, true)).toEqual(client.details(flag, true));
      expect(seen).toHaveLength(9);
      expect(said).toEqual([[expect.stringContaining(`the hook files failed in ${stage}`), new Error('no disk')]]);
    },
  );

  it('later is said, and ends no process', async () => {
    const flags = withHooks(client, [{ after: async () => fail() }], logger);
    expect(flags.isEnabled('dark')).toBe(true);
    await Promise.resolve();
    expect(said).toEqual([[expect.stringContaining('the hook without a name failed in after'), new Error('no disk')]]);
  });

  it('is no worse for a logger that fails', () => {
    const flags = withHooks(client, [{ after: fail }], { warn: fail, error: fail });
    expect(flags.isEnabled('dark')).toBe(true);
  });

  it('cannot rewrite the question or the answer', () => {
    const meddler: Hook = {
      name: 'meddler',
      before: (evaluation) => void Object.assign(evaluation, { flagKey: 'nobody', context: { org: 'acme' } }),
      error: (_, resolution) => void Object.assign(resolution, { value: true }),
    };
    const flags = withHooks(client, [meddler], logger);
    expect(flags.isEnabled('pinned')).toBe(false);
    expect(flags.isEnabled('broken')).toBe(false);
    expect(withHooks(new World().client(), [meddler], logger).isEnabled('dark')).toBe(false);
    expect(said).toHaveLength(2);
  });
});

it('does not go round in circles when a hook asks for a flag itself', () => {
  let calls = 0;
  const curious: Hook = {
    before: () => void calls++,
    after: () => void flags.isEnabled('pinned'),
    finally: () => void flags.isEnabled('nobody'),
  };
  const flags: Client = withHooks(client, [curious, { ...curious }], logger);
  expect(flags.isEnabled('dark')).toBe(true);
  expect(calls).toBe(2);
  expect(flags.isEnabled('dark')).toBe(true);
  expect(calls).toBe(4);
});

describe('the client below', () => {
  it('goes on: state, changes, readiness, end', async () => {
    const flags = withHooks(client, []);
    expect(flags.state).toBe('READY');
    expect(await flags.ready()).toBe('READY');
    const heard: string[] = [];
    flags.onChange('dark', () => heard.push(`dark ${flags.isEnabled('dark')}`));
    flags.onState((state) => heard.push(state));
    world.last.on.received('patch', ...truth.edit({ put: [switchFlag('dark', false)] }).patch(1));
    await flags.close();
    expect(heard).toEqual(['dark false', 'NOT_READY']);
    expect([flags.state, client.state]).toEqual(['NOT_READY', 'NOT_READY']);
    world.expectNothingLeft();
  });

  it('is whole when it is taken apart', () => {
    const { isEnabled, ready, onChange } = { ...withHooks(client, []) };
    expect(isEnabled('dark')).toBe(true);
    expect([typeof ready, typeof onChange]).toEqual(['function', 'function']);
  });
});
