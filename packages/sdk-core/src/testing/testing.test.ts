import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withHooks } from '../hooks.ts';
import { createTestClient, eachSide, type FlagMatchers, flagMatchers, type TestClient, withFlags } from '../testing.ts';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface, typescript/no-explicit-any -- as vitest has it
  interface Matchers<T = any> extends FlagMatchers<T> {}
}
expect.extend(flagMatchers);

let flags: TestClient;
beforeEach(() => {
  flags = createTestClient({ 'new-list': true, 'page-size': 50, greeting: 'hi', template: { images: 3 } });
});
afterEach(() => flags.close());

describe('a client of a test', () => {
  it('is ready at once, and serves what it was told', async () => {
    expect([flags.state, await flags.ready()]).toEqual(['READY', 'READY']);
    expect(flags.isEnabled('new-list')).toBe(true);
    expect(flags.value('page-size', 25)).toBe(50);
    expect(flags.value('greeting', '')).toBe('hi');
    expect(flags.details('template', {})).toMatchObject({ value: { images: 3 }, reason: 'STATIC' });
  });

  it.each([
    ['there is no such flag', 'nobody', 25, 'FLAG_NOT_FOUND'],
    ['it is of another type', 'greeting', 25, 'TYPE_MISMATCH'],
  ])('serves the code default, as in production, where %s', (_, key, codeDefault, errorCode) => {
    expect(flags.details(key, codeDefault)).toMatchObject({ value: codeDefault, errorCode });
  });

  it('says what became of a flag to who listens for it, and to nobody else', () => {
    const heard: string[] = [];
    flags.onChange('new-list', () => heard.push(`new-list ${flags.isEnabled('new-list')}`));
    flags.onChange('greeting', () => heard.push('greeting'));
    flags.set('new-list', false);
    flags.set('new-list', false);
    flags.set('page-size', 10);
    flags.unset('new-list');
    expect(heard).toEqual(['new-list false', 'new-list false']);
    expect(flags.details('new-list', true)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' });
  });

  it('can be another type’s flag later', () => {
    flags.set('new-list', 'yes');
    expect(flags.value('new-list', '')).toBe('yes');
  });

  it('knows what was asked for', () => {
    flags.isEnabled('nobody');
    flags.forContext({ org: 'acme' }).value('greeting', '');
    flags.isEnabled('nobody');
    expect(flags.asked()).toEqual(['nobody', 'greeting']);
  });

  it('is about whom it is told, as a page’s client is', async () => {
    const [seen, heard]: [unknown[], unknown[]] = [[], []];
    const page = createTestClient({ 'new-list': true }, { context: { user: 'ana' } });
    const hooked = withHooks(page, [{ before: ({ context }) => void seen.push(context) }]);
    hooked.onChange(() => heard.push(hooked.context()));
    hooked.isEnabled('new-list');
    await hooked.identify({ user: 'ben' });
    hooked.isEnabled('new-list');
    expect(seen).toEqual([{ user: 'ana' }, { user: 'ben' }]);
    expect(heard).toEqual([{ user: 'ben' }]);
  });

  it.each([
    ['a function', () => true],
    ['no number', Number.NaN],
    ['a symbol', Symbol('x')],
  ])('refuses %s for a value, and keeps what it had', (_, value) => {
    expect(() => flags.set('new-list', value as unknown as boolean)).toThrow(/^new-list cannot serve /);
    expect(flags.isEnabled('new-list')).toBe(true);
  });

  it('says what a client would say where somebody listens', () => {
    const said: string[] = [];
    const logger = { warn: (sentence: string) => void said.push(sentence), error() {} };
    createTestClient({}, { logger }).isEnabled('nobody');
    expect(said).toEqual([expect.stringContaining('nobody')]);
  });
});

describe('withFlags', () => {
  it('gives a client with these flags, and answers what the body does', () => {
    expect(withFlags({ 'new-list': true }, (own) => own.isEnabled('new-list'))).toBe(true);
  });

  it('adds to the test’s own client for as long as the body takes, whatever that does', async () => {
    const during = withFlags(
      { 'new-list': false },
      async () => {
        await Promise.resolve();
        flags.set('page-size', 1);
        return [flags.isEnabled('new-list'), flags.value('greeting', '')];
      },
      flags,
    );
    expect(await during).toEqual([false, 'hi']);
    expect([flags.isEnabled('new-list'), flags.value('page-size', 25)]).toEqual([true, 50]);
  });

  it.each([
    ['at once', async () => expect(() => withFlags({ 'new-list': false }, fail, flags)).toThrow('too bad')],
    ['later', () => expect(withFlags({ 'new-list': false }, async () => fail(), flags)).rejects.toThrow('too bad')],
  ])('puts everything back when the body fails %s', async (_, attempt) => {
    await attempt();
    expect(flags.isEnabled('new-list')).toBe(true);
  });
});

function fail(): never {
  throw new Error('too bad');
}

describe('eachSide', () => {
  it.each([
    ['a client of its own', undefined],
    ['the test’s', createTestClient()],
  ])('runs a body with each side, one after the other, on %s', async (_, own) => {
    const seen: unknown[] = [];
    const body = async (value: unknown, { isEnabled }: TestClient): Promise<void> => {
      await Promise.resolve();
      seen.push([value, isEnabled('new-list')]);
    };
    await eachSide('new-list', body, own && { flags: own });
    expect(seen).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('has as many sides as it is told, on the client that it is told, and puts everything back', () => {
    const seen: unknown[] = [];
    eachSide('greeting', () => void seen.push(flags.value('greeting', '')), { values: ['hi', 'bye', 'yo'], flags });
    expect(seen).toEqual(['hi', 'bye', 'yo']);
    expect(flags.values()).toMatchObject({ greeting: 'hi', 'new-list': true });
  });

  it.each([
    ['at once', async () => eachSide('new-list', (value) => value && fail())],
    ['later', () => eachSide('new-list', async (value) => value && fail())],
  ])('says which side failed %s', async (_, attempt) => {
    await expect(attempt()).rejects.toThrow('new-list = true: too bad');
  });
});

describe('what can be expected of a client', () => {
  it('is that a flag serves a value', () => {
    expect(flags).toServe('new-list', true);
    expect(flags).toServe('template', { images: 3 });
    expect(flags).not.toServe('new-list', false);
    expect(() => expect(flags).toServe('new-list', false)).toThrow('new-list serves true (STATIC)');
  });

  it('is not met by a code default that happens to be the value', () => {
    expect(flags).not.toServe('nobody', true);
    expect(() => expect(flags).toServe('nobody', true)).toThrow('nobody serves the code default (FLAG_NOT_FOUND)');
  });

  it('is that a flag was asked for', () => {
    expect(() => expect(flags).toHaveAsked('new-list')).toThrow('no flag was asked for');
    flags.isEnabled('new-list');
    expect(flags).toHaveAsked('new-list');
    expect(flags).not.toHaveAsked('greeting');
  });
});
