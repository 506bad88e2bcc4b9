import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { context, flag as anyFlag, keys, segment as anySegment } from './documents.test-kit.ts';
import {
  compile,
  type Condition,
  type Context,
  evaluate,
  evaluateAll,
  explain,
  type Flag,
  formatItem,
  type Item,
  type Json,
} from './index.ts';
import { allRows, flag, flagWhen, NOW, setOf, setOfJson, snapshotOf } from './set.test-kit.ts';

describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0'])(
  '%s is a name like any other',
  (name) => {
    /** Parsed, for only so a `__proto__` is an object's own. */
    const parsed = (json: string): unknown => JSON.parse(json.replaceAll('NAME', name));
    const when: Condition = { kind: name, path: [name, name], op: 'is', values: ['yes'] };
    const variants = parsed('{"NAME": true, "off": false}') as Flag['variants'];
    const set = setOf(
      flag(name, { variants, rules: [{ id: name, when, serve: { variant: name } }] }),
      flagWhen('kind', { kind: name, path: ['key'], op: 'exists' }),
      flagWhen('attribute', { kind: 'user', path: [name], op: 'exists' }),
      flagWhen('deep', { kind: 'user', path: ['list', name], op: 'exists' }),
    );

    it('of a flag, a variant, a kind, an attribute', () => {
      const about = parsed('{"NAME": {"key": "k", "NAME": {"NAME": "yes"}}}') as Context;
      expect(evaluate(set, name, false, about, NOW)).toMatchObject({ value: true, variant: name });
    });

    it.each([
      ['an empty context', {}],
      ['an entity that is its key', { user: 'u1' }],
      ['an entity without it', { user: { key: 'u1', list: [1] } }],
      ['a list for an entity', { user: [1] }],
    ])('which %s does not have', (_, about) => {
      for (const key of [name, 'kind', 'attribute', 'deep']) {
        expect(evaluate(set, key, true, about as Context, NOW)).toMatchObject({ value: false, reason: 'DEFAULT' });
      }
    });
  },
);

/** An item whose JSON is not what its digest was made of: only lines are checked. */
const raw = (sort: string, key: string, json: string): Item => ({ ...formatItem(sort, { key }), json });

const parts = (json: unknown): number =>
  typeof json === 'object' && json !== null ? Object.values(json).reduce((sum: number, part) => sum + parts(part), 1) : 1;

/** The document with junk in the place of one of its parts. */
function spoiled(document: object, junk: Json, where: number): object {
  let count = 0;
  const copy = (json: unknown): unknown => {
    if (count++ === 1 + (where % (parts(document) - 1))) return junk;
    if (Array.isArray(json)) return json.map(copy);
    const isObject = typeof json === 'object' && json !== null;
    return isObject ? Object.fromEntries(Object.entries(json).map(([name, part]) => [name, copy(part)])) : json;
  };
  return copy(document) as object;
}

const spoil = (document: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(document, fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>, fc.nat()).map((given) => spoiled(...given));

describe('evaluating never throws', () => {
  test('for any JSON in the place of any part of a flag and a segment', () => {
    fc.assert(
      fc.property(spoil(anyFlag), spoil(anySegment), context, (any, part, about) => {
        const items = [
          raw('f', 'alpha', JSON.stringify({ ...any, key: 'alpha' })),
          raw('s', 'beta', JSON.stringify({ ...part, key: 'beta' })),
        ];
        const set = compile(snapshotOf(items), allRows);
        const resolution = evaluate(set, 'alpha', 'mine', about, NOW);
        expect(resolution.variant === undefined ? resolution.value : 'mine').toBe('mine');
        expect(resolution.errorCode ?? 'none').not.toBe('INVALID_CONTEXT');
        expect(explain(set, 'alpha', 'mine', about, NOW).resolution).toEqual(resolution);
      }),
      { numRuns: 300 },
    );
  });

  test('for needs that are no texts: the flag is malformed, and nothing is said of the context', () => {
    const set = setOf(flag('k', { needs: [{ toString: 1 }] as never, fallthrough: { variant: 'on' } }));
    expect(evaluate(set, 'k', 'mine', {}, NOW)).toMatchObject({
      value: 'mine',
      errorCode: 'GENERAL',
      errorMessage: expect.stringContaining('malformed') as string,
    });
  });

  test('for any JSON, or none, as a flag', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), context, (json, about) => {
        const set = setOfJson('k', json);
        expect(evaluate(set, 'k', true, about, NOW)).toMatchObject({ value: true, errorCode: 'GENERAL' });
        expect(set.flag('k')).toBeUndefined();
      }),
    );
  });

  test('for any value as a context, a key, a default, a moment', () => {
    const when: Condition = { kind: 'user', path: ['deep', 'er'], op: 'is', values: ['a'] };
    const split = { split: { kind: 'user', path: ['plan'] }, arms: [] };
    const set = setOf(
      ...keys.map((key) => flag(key, { rules: [{ id: 'r', when, serve: { variant: 'on' } }], fallthrough: split })),
    );
    const anything = fc.anything({ withNullPrototype: true, withMap: true, withDate: true, withBigInt: true });
    fc.assert(
      fc.property(anything, fc.anything(), fc.anything(), (about, key, fallback) => {
        const asked = [set, key as string, fallback as Json, about as Context, key as number] as const;
        expect(evaluate(...asked).value).toBe(fallback);
        expect(explain(...asked).resolution).toEqual(evaluate(...asked));
        expect(evaluateAll(set, about as Context, NOW)).toHaveLength(keys.length);
      }),
    );
  });
});

const trap = (): never => {
  throw new Error('trap');
};
const trapping = new Proxy({}, { get: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap });
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe.each([
  ['a getter that throws', Object.defineProperty({}, 'user', { get: trap })],
  ['a getter that throws within', { user: Object.defineProperty({}, 'key', { get: trap }) }],
  ['a proxy', trapping],
  ['a proxy within', { user: trapping }],
  ['a proxy whose target is gone', revoked.proxy],
])('%s', (_, about) => {
  const set = setOf(flagWhen('asks', { kind: 'user', path: ['key'], op: 'exists' }), flagWhen('refers', { segment: 's' }), {
    key: 's',
    kind: 'user',
    included: ['u'],
  });

  it.each(['asks', 'refers'])('is a context that cannot be read: %s', (key) => {
    const resolution = evaluate(set, key, true, about as Context, NOW);
    expect(resolution).toMatchObject({ value: true, reason: 'ERROR', errorCode: 'INVALID_CONTEXT' });
    expect(explain(set, key, true, about as Context, NOW).resolution).toEqual(resolution);
  });

  it('leaves what was being followed as it was', () => {
    expect(evaluate(set, 'refers', true, about as Context, NOW).errorCode).toBe('INVALID_CONTEXT');
    expect(evaluate(set, 'refers', false, { user: 'u' }, NOW)).toMatchObject({ value: true, errorCode: undefined });
  });
});

const withDeepValue = (levels: number): string =>
  `{"key":"k","type":"json","on":true,"variants":{"a":${'['.repeat(levels)}${']'.repeat(levels)}},"salt":"","fallthrough":{"variant":"a"}}`;

describe('depth', () => {
  it('of JSON is bounded', () => {
    expect(evaluate(setOfJson('k', withDeepValue(200)), 'k', {}, {}, NOW)).toMatchObject({ reason: 'STATIC', variant: 'a' });
    const refused = evaluate(setOfJson('k', withDeepValue(100_000)), 'k', {}, {}, NOW);
    expect(refused).toMatchObject({ errorCode: 'GENERAL', flagMetadata: { unsupported: 'malformed' } });
  });

  it("of the caller's stack spoils no flag for good", () => {
    const set = setOf(...keys.map((key) => flagWhen(key, { all: [{ any: [{ not: { all: [] } }, { all: [] }] }] })));
    let left = 200;
    /** Evaluates where the stack is full, and then where it is less and less so. */
    const dive = (): void => {
      try {
        dive();
      } catch {
        // The stack was full.
      }
      if (left-- > 0) evaluateAll(set, {}, NOW);
    };
    dive();
    for (const key of keys) expect(evaluate(set, key, false, {}, NOW)).toMatchObject({ value: true });
  });
});
