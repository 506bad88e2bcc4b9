import type { Condition, Context, Segment } from '@taffrail/engine';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createAlarms } from './alarms.ts';
import type { Client } from './client.ts';
import { switchFlag, Truth } from './truth.test-kit.ts';
import { createStates } from './states.ts';
import type { ClientParts } from './upkeep.ts';
import { TestClock, World } from './world.test-kit.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MIDNIGHT_MS = Date.parse('2026-01-02T00:00:00Z');

let world = new World();
const clients: Client[] = [];

function create(parts?: Partial<ClientParts>): Client {
  const client = world.client(parts);
  clients.push(client);
  return client;
}

/** A client whose stream has brought a state. */
function live(truth: Truth, parts?: Partial<ClientParts>): Client {
  const client = create(parts);
  bring(truth);
  return client;
}

const bring = (truth: Truth): void => world.say(['hello', truth.hello()], ['snapshot', truth.snapshot()]);
const change = (truth: Truth, edit: Parameters<Truth['edit']>[0]): void => {
  const from = truth.revision;
  world.last.on.received('patch', ...truth.edit(edit).patch(from));
};

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  world = new World();
});

const sized = {
  key: 'size',
  type: 'number',
  on: true,
  variants: { big: 50, small: 10 },
  salt: 's',
  fallthrough: { variant: 'big' },
} as const;
const unset = { key: 'text', type: 'string', on: false, variants: { a: 'A' }, salt: 's', fallthrough: { variant: 'a' } } as const;
const broken = switchFlag('broken', true, { needs: ['tomorrow'] });

describe('an answer', () => {
  it.each<[string, (client: Client) => unknown, object]>([
    ['is the flag’s', (client) => client.details('size', 25), { value: 50, variant: 'big', reason: 'STATIC' }],
    [
      'is the code default of a flag that nobody declared',
      (client) => client.details('nobody', 25),
      { value: 25, errorCode: 'FLAG_NOT_FOUND' },
    ],
    ['is the code default of another type', (client) => client.details('size', 'M'), { value: 'M', errorCode: 'TYPE_MISMATCH' }],
    [
      'is the code default of a flag that is off without an off variant',
      (client) => client.details('text', 'B'),
      { value: 'B', reason: 'DISABLED' },
    ],
    [
      'is off where a flag means what this SDK does not know',
      (client) => client.details('broken', true),
      { value: false, errorCode: 'GENERAL' },
    ],
    [
      'names the revision and the environment',
      (client) => client.details('size', 25),
      { flagMetadata: { revision: 1, environment: 'production' } },
    ],
  ])('%s', (_, ask, expected) => {
    expect(ask(live(new Truth([sized, unset, broken])))).toMatchObject(expected);
  });

  it.each<[string, (client: Client) => unknown, unknown]>([
    ['the flag’s', (client) => client.value('size', 25), 50],
    ['a code default of another type', (client) => client.value('size', 'M'), 'M'],
    ['a code default', (client) => client.value('text', 'B'), 'B'],
    ['a boolean', (client) => client.isEnabled('dark'), true],
    ['false for a flag of another type', (client) => client.isEnabled('size'), false],
    ['false where nothing is known', (client) => client.isEnabled('nobody'), false],
    ['off where it is not understood', (client) => client.value('broken', true), false],
    ['about the context', (client) => client.isEnabled('pinned', { org: 'acme' }), true],
    ['about a context given before', (client) => client.forContext({ org: 'acme' }).isEnabled('pinned'), true],
  ])('without its account is the same: %s', (_, ask, expected) => {
    const pinned = switchFlag('pinned', false, { pins: [{ kind: 'org', variant: 'yes', keys: ['acme'] }] });
    expect(ask(live(new Truth([sized, unset, broken, pinned, switchFlag('dark', true)])))).toBe(expected);
  });

  it.each<[string, unknown, unknown]>([
    ['no key', undefined, {}],
    ['a key that is no text', Symbol('dark'), {}],
    ['an empty key', '', {}],
    ['a key that every object has', '__proto__', {}],
    ['a context that is no object', 'dark', 'acme'],
    ['null for a context', 'dark', null],
    ['a context that throws', 'pinned', new Proxy({}, { get: () => { throw new Error('hostile'); } })], // prettier-ignore
  ])('is the code default with an error code for %s', (_, key, context) => {
    const pinned = switchFlag('pinned', false, { pins: [{ kind: 'org', variant: 'yes', keys: ['acme'] }] });
    const client = live(new Truth([switchFlag('dark', false), pinned]));
    expect(client.details(key as string, true, context as Context)).toMatchObject({
      value: true,
      reason: 'ERROR',
      errorCode: expect.any(String),
    });
    expect(client.value(key as string, true, context as Context)).toBe(true);
  });

  it('is as wide as the code default’s type', () => {
    const client = live(new Truth());
    expectTypeOf(client.value('size', 25)).toEqualTypeOf<number>();
    expectTypeOf(client.details('text', 'A').value).toEqualTypeOf<string>();
    expectTypeOf(client.isEnabled('dark')).toEqualTypeOf<boolean>();
  });

  it('that is a mistake is remarked once, whoever asks how often', () => {
    const client = live(new Truth());
    for (let times = 0; times < 3; times++) client.isEnabled('nobody');
    expect(world.said).toEqual([expect.stringMatching(/^warn: Taffrail: nobody: /)]);
  });

  it('does not depend on a logger that throws', () => {
    const log = { warn: () => { throw new Error('full'); }, error: () => {} }; // prettier-ignore
    const client = live(new Truth(), { platform: { ...world.platform, log } });
    expect(client.isEnabled('nobody')).toBe(false);
  });
});

describe('ready', () => {
  it('resolves to READY with the first state', async () => {
    const client = create();
    const ready = client.ready();
    bring(new Truth());
    expect(await ready).toBe('READY');
    expect(await client.ready()).toBe('READY');
  });

  it.each([
    ['2 s', undefined, 2_000],
    ['as long as it is told', { timeoutMs: 500 }, 500],
  ])('waits for %s, then resolves to NOT_READY while the work goes on', async (_, options, timeoutMs) => {
    const client = create();
    let state: string | undefined;
    void client.ready(options).then((resolved) => (state = resolved));
    world.clock.advance(timeoutMs - 1);
    await Promise.resolve();
    expect(state).toBeUndefined();
    world.clock.advance(1);
    await Promise.resolve();
    expect(state).toBe('NOT_READY');
    bring(new Truth());
    expect(client.state).toBe('READY');
  });

  it('resolves to ERROR as soon as the key is refused', async () => {
    const client = create();
    const ready = client.ready();
    world.end({ status: 401 });
    expect(await ready).toBe('ERROR');
  });

  it('does not settle for old values while there is time', async () => {
    world.shelf.kept = new Truth().snapshot();
    const client = create();
    let state: string | undefined;
    void client.ready({ timeoutMs: MINUTE }).then((resolved) => (state = resolved));
    world.end();
    world.clock.advance(11_000);
    await Promise.resolve();
    expect([client.state, state]).toEqual(['STALE', undefined]);
    bring(new Truth());
    await Promise.resolve();
    expect(state).toBe('READY');
  });

  it('leaves no timer once it has resolved', async () => {
    const clock = new TestClock();
    const states = createStates(createAlarms(clock), () => {});
    const ready = states.ready();
    expect(clock.timers.size).toBe(1);
    states.enter('READY', true);
    await ready;
    expect(clock.timers.size).toBe(0);
  });

  it('resolves when the client is closed', async () => {
    const client = create();
    const ready = client.ready();
    await client.close();
    expect(await ready).toBe('NOT_READY');
    expect(await client.ready()).toBe('NOT_READY');
  });

  it('resolves to FATAL for a mistake in the program, which is said once', async () => {
    const client = create({ source: undefined, mistake: 'no key' });
    expect(await client.ready()).toBe('FATAL');
    expect(client.details('dark', true)).toMatchObject({ value: true, errorCode: 'PROVIDER_FATAL' });
    client.isEnabled('other');
    expect(world.said).toEqual(['error: Taffrail: no key', expect.stringContaining('see its log')]);
    expect(world.begun).toHaveLength(0);
  });
});

describe('onState', () => {
  it('tells of each state that is entered, once, whatever another listener throws', () => {
    const client = create();
    const seen: string[] = [];
    client.onState(() => {
      throw new Error('ours');
    });
    const end = client.onState((state) => seen.push(state));
    bring(new Truth());
    bring(new Truth());
    world.end();
    world.clock.advance(11_000);
    expect(seen).toEqual(['READY', 'STALE']);
    end();
    world.end({ status: 401 });
    expect(seen).toHaveLength(2);
  });
});

describe('the last good state', () => {
  it('is kept, and is what the next client begins with, until the server has spoken', async () => {
    const truth = new Truth([switchFlag('dark', true)]);
    live(truth);
    change(truth, { put: [switchFlag('other', true)] });
    world.clock.advance(1_000);
    await Promise.resolve();

    const next = create();
    expect(next.state).toBe('STALE');
    expect(next.isEnabled('other')).toBe(true);
    expect(next.details('dark', false)).toMatchObject({
      value: true,
      reason: 'CACHED',
      flagMetadata: { reason: 'STATIC', revision: 2 },
    });
    expect(world.last.from.position).toBe('e1.2');

    world.say(['hello', truth.hello()]);
    expect(next.details('dark', false)).toMatchObject({ value: true, reason: 'STATIC' });
  });

  it('is called what it is for as long as the server is out of reach', () => {
    world.shelf.kept = new Truth([switchFlag('dark', true)]).snapshot();
    const client = create();
    world.end();
    for (let second = 0; second < 20; second++) {
      world.clock.advance(1_000);
      if (world.open) world.end();
    }
    expect(client.details('dark', false)).toMatchObject({ value: true, reason: 'CACHED' });
    expect(world.said).toEqual([expect.stringContaining('last good values')]);
  });

  it('is written once for changes that follow each other, and when the client closes', async () => {
    const writes: string[] = [];
    const shelf = { read: () => undefined, write: (text: string) => void writes.push(text) };
    const truth = new Truth();
    const client = live(truth, { platform: { ...world.platform, shelf } });
    change(truth, { put: [switchFlag('a', true)] });
    world.clock.advance(1_000);
    await Promise.resolve();
    expect(writes).toEqual([truth.snapshot()]);

    change(truth, { put: [switchFlag('b', true)] });
    await client.close();
    expect(writes[1]).toBe(truth.snapshot());
    expect(writes).toHaveLength(2);
  });

  it('is written within a second though changes never cease', async () => {
    const truth = new Truth();
    live(truth);
    for (let changes = 0; changes < 4; changes++) {
      world.clock.advance(400);
      change(truth, { put: [switchFlag(`flag-${changes}`, true)] });
    }
    await Promise.resolve();
    expect(world.shelf.kept).toBeDefined();
  });

  it.each<[string, (text: string) => string]>([
    ['is empty', () => ''],
    ['is cut', (text) => text.slice(0, -20)],
    ['has one other character', (text) => text.replace('dark', 'bark')],
    ['is of a later format', (text) => text.replace('"format":1', '"format":2')],
    ['is not text at all', () => '\0\0\0'],
  ])('is not used when it %s', (_, damage) => {
    world.shelf.kept = damage(new Truth([switchFlag('dark', true)]).snapshot());
    const client = create();
    expect(client.state).toBe('NOT_READY');
    expect(client.isEnabled('dark')).toBe(false);
  });

  it('is not used when it is of another environment than the program says', () => {
    world.shelf.kept = new Truth([switchFlag('dark', true)]).snapshot();
    expect(create({ environment: 'staging' }).isEnabled('dark')).toBe(false);
  });

  it('gives way to the server’s when the key is of another environment, though it names the same revision', () => {
    world.shelf.kept = new Truth([switchFlag('dark', true)]).snapshot();
    const client = create();
    const staging = Object.assign(new Truth(), { environment: 'staging' });
    world.say(['hello', staging.hello()]);
    expect(client.state).not.toBe('READY');
    world.clock.advance(1_000);
    expect(world.last.from.position).toBeUndefined();
    bring(staging);
    expect(client.details('dark', true)).toMatchObject({ value: false, flagMetadata: { environment: 'staging' } });
  });

  it('gives way to a bootstrap that is newer, not to one that is older', () => {
    const truth = new Truth();
    const old = truth.snapshot();
    const young = truth.edit({ put: [switchFlag('dark', true)] }).snapshot();
    world.shelf.kept = old;
    expect(create({ bootstrap: young }).isEnabled('dark')).toBe(true);
    world.shelf.kept = young;
    expect(create({ bootstrap: old }).isEnabled('dark')).toBe(true);
    const ofOtherEpoch = Object.assign(new Truth(), { epoch: 'e0' }).snapshot();
    expect(create({ bootstrap: ofOtherEpoch }).isEnabled('dark')).toBe(false);
  });

  it('of two clients is never mixed', async () => {
    const [one, other] = [new World(), new World()];
    const clients = [one, other].map((of) => of.client());
    one.say(['snapshot', new Truth([switchFlag('dark', true)]).snapshot()]);
    other.say(['snapshot', new Truth([switchFlag('dark', false)]).snapshot()]);
    expect(clients.map((client) => client.isEnabled('dark'))).toEqual([true, false]);
    await Promise.all(clients.map((client) => client.close()));
    expect(one.shelf.kept).not.toBe(other.shelf.kept);
  });
});

const asks = (key: string, when: Condition) => switchFlag(key, false, { rules: [{ id: 'r', when, serve: { variant: 'yes' } }] });

describe('a listener', () => {
  const beta: Segment = { key: 'beta', kind: 'org', included: ['acme'] };
  const inner: Segment = { key: 'inner', kind: 'org', when: { segment: 'beta' } };
  const flags = [
    switchFlag('plain', false),
    switchFlag('base', true),
    asks('segmented', { any: [{ not: { segment: 'inner' } }] }),
    switchFlag('dependent', false, { prerequisites: [{ flag: 'base', variants: ['yes'] }] }),
    asks('asking', { all: [{ flag: 'dependent', variants: ['yes'] }] }),
  ];

  it.each<[string, Parameters<Truth['edit']>[0], readonly string[]]>([
    ['the flag itself', { put: [switchFlag('plain', true)] }, ['plain']],
    ['a segment within a segment', { segments: [{ ...beta, included: [] }] }, ['segmented']],
    [
      'a prerequisite, and a flag that asks for the one that has it',
      { put: [switchFlag('base', false)] },
      ['base', 'dependent', 'asking'],
    ],
    ['a flag that is gone', { del: ['f plain'] }, ['plain']],
    ['a flag that nobody listens to', { put: [switchFlag('new', true)] }, []],
  ])('hears of %s, and of nothing else', (_, edit, expected) => {
    const truth = new Truth(flags, [beta, inner]);
    const client = live(truth);
    const heard: string[] = [];
    for (const { key } of flags) client.onChange(key, () => heard.push(key));
    client.onChange(() => heard.push('any'));

    change(truth, edit);
    expect(heard).toEqual([...expected, 'any']);
  });

  it('hears what a whole snapshot changes, and not what it leaves', () => {
    const truth = new Truth(flags, [beta, inner]);
    const client = live(truth);
    const heard: string[] = [];
    for (const { key } of flags) client.onChange(key, () => heard.push(key));
    truth.edit({ put: [switchFlag('plain', true)] });
    bring(truth);
    expect(heard).toEqual(['plain']);
  });

  it('sees the new state, READY, also in its first call', () => {
    const client = create();
    const seen: unknown[] = [];
    client.onChange('dark', () => seen.push(client.state, client.details('dark', false)));
    bring(new Truth([switchFlag('dark', true)]));
    expect(seen).toEqual(['READY', expect.objectContaining({ value: true, reason: 'STATIC' })]);
  });

  it('that throws, now or later, hurts nobody', async () => {
    const truth = new Truth();
    const client = live(truth);
    let heard = 0;
    client.onChange(() => { throw new Error('mine'); }); // prettier-ignore
    client.onChange(() => Promise.reject(new Error('later')));
    client.onChange(() => heard++);
    change(truth, { put: [switchFlag('dark', true)] });
    await new Promise((resolve) => setImmediate(resolve));

    expect(heard).toBe(1);
    expect(client.isEnabled('dark')).toBe(true);
    expect(world.said).toEqual([expect.stringContaining('mine'), expect.stringContaining('later')]);
  });

  it('hears nothing more once it is taken back, nor once the client is closed', async () => {
    const truth = new Truth();
    const client = live(truth);
    const heard: string[] = [];
    const stop = client.onChange(() => heard.push('taken back'));
    client.onChange(() => heard.push('closed'));
    stop();
    change(truth, { put: [switchFlag('a', true)] });
    await client.close();
    world.last.on.received('patch', ...truth.edit({ put: [switchFlag('b', true)] }).patch(2));
    expect(heard).toEqual(['closed']);
  });

  it('hears when its SDK says that every answer may be another, until the client is closed', async () => {
    const { client, announce } = world.compose();
    bring(new Truth());
    let heard = 0;
    client.onChange('dark', () => heard++);
    announce();
    await client.close();
    announce();
    expect(heard).toBe(1);
  });

  it('may close the client, and take others back, in its call', async () => {
    const truth = new Truth();
    const client = live(truth);
    client.onChange(() => void client.close());
    change(truth, { put: [switchFlag('a', true)] });
    await client.close();
    expect(client.state).toBe('NOT_READY');
  });
});

describe('time', () => {
  const timed = switchFlag('timed', false, {
    rules: [{ id: 'r', when: { time: { after: '2026-01-02T00:00:00Z' } }, serve: { variant: 'yes' } }],
  });

  it('changes an answer by itself, and listeners hear of it then, once', () => {
    const client = live(new Truth([timed]));
    const heard: unknown[] = [];
    client.onChange('timed', () => heard.push(client.isEnabled('timed')));
    const beat = (untilMs: number): void => {
      while (world.clock.wallMs < untilMs) {
        world.clock.advance(Math.min(20_000, untilMs - world.clock.wallMs));
        world.last.on.received('beat', new Truth([timed]).beat());
      }
    };
    beat(MIDNIGHT_MS - 1);
    expect([client.isEnabled('timed'), heard]).toEqual([false, []]);
    beat(MIDNIGHT_MS);
    expect([client.isEnabled('timed'), heard]).toEqual([true, [true]]);
    beat(MIDNIGHT_MS + 5 * MINUTE);
    expect(heard).toEqual([true]);
    expect(world.clock.timers.size).toBe(1);
  });

  it('that is set on or back is noticed within a minute', () => {
    const client = live(new Truth([timed]));
    let heard = 0;
    client.onChange('timed', () => heard++);
    world.clock.wallMs += 2 * DAY;
    world.clock.advance(MINUTE);
    expect(heard).toBe(1);
    expect(client.isEnabled('timed')).toBe(true);
  });

  it('that passed just before a change is heard of all the same', () => {
    const truth = new Truth([timed]);
    const client = live(truth);
    let heard = 0;
    client.onChange('timed', () => heard++);
    world.clock.wallMs += 2 * DAY;
    change(truth, { put: [switchFlag('other', true)] });
    world.clock.advance(MINUTE);
    expect(heard).toBe(1);
  });

  it('is watched for what a patch brings too', () => {
    const truth = new Truth();
    const client = live(truth);
    let heard = 0;
    client.onChange('timed', () => heard++);
    change(truth, { put: [timed] });
    world.clock.wallMs = MIDNIGHT_MS - 10;
    world.clock.advance(MINUTE);
    expect(heard).toBe(2);
  });
});

describe('close', () => {
  it('leaves no timer, exchange or listener, and the last good values', async () => {
    const client = live(new Truth([switchFlag('dark', true)]));
    client.onChange(() => {});
    void client.ready();
    await client.close();
    expect(world.open).toBeUndefined();
    expect(world.host).toBeUndefined();
    expect(world.clock.timers.size).toBe(0);
    expect(client.state).toBe('NOT_READY');
    expect(client.details('dark', false)).toMatchObject({ value: true, reason: 'STALE' });
    world.clock.advance(10 * MINUTE);
    expect(world.begun).toHaveLength(1);
  });

  it('does not wait longer than 3 s for the disk', async () => {
    const shelf = { read: () => undefined, write: () => new Promise<void>(() => {}) };
    const client = live(new Truth(), { platform: { ...world.platform, shelf } });
    const closed = client.close();
    world.clock.advance(3_000);
    await closed;
    expect(world.clock.timers.size).toBe(0);
  });

  it('survives a disk that fails', async () => {
    const shelf = { read: () => undefined, write: () => Promise.reject(new Error('full')) };
    await expect(live(new Truth(), { platform: { ...world.platform, shelf } }).close()).resolves.toBeUndefined();
  });

  it('is the same twice', async () => {
    const client = live(new Truth());
    await Promise.all([client.close(), client.close()]);
    expect(world.said).toEqual([]);
  });
});
