import { describe, expect, it } from 'vitest';
import { type Comparison, type Condition, type Context, explain, type Json, type Operator } from '../index.ts';
import { allRows, flagWhen, NOW, setOf } from '../set.test-kit.ts';

type Case = readonly [
  says: string,
  values: readonly Json[],
  actual: unknown,
  answer: 'true' | 'false' | 'unknown' | 'unsupported',
  more?: Partial<Comparison>,
];

const many = (values: readonly Json[], answer: Case[3], actuals: readonly unknown[]): Case[] =>
  actuals.map((actual) => [`${JSON.stringify(values)} and ${JSON.stringify(actual)}`, values, actual, answer]);

const each = (values: readonly Json[], answer: Case[3], actual: unknown): Case[] =>
  values.flatMap((value) => many([value], answer, [actual]));

/** What each row means, by example. A row without examples fails below. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  is: [
    ['is equal', ['pro'], 'pro', 'true'],
    ['is none of one', ['pro'], 'free', 'false'],
    ['is one of several', ['free', 'pro', 'team'], 'pro', 'true'],
    ['is none of several', ['free', 'pro'], 'team', 'false'],
    ['minds case', ['pro'], 'Pro', 'false'],
    ['folds both sides', ['PRO', 'x'], 'pRo', 'true', { fold: true }],
    ['compares numbers', [1, 2], 2, 'true'],
    ['compares booleans', [true], true, 'true'],
    ['coerces nothing', ['1'], 1, 'unknown'],
    ['knows the types of all its values', ['a', 1], 2, 'false'],
    ['does not know a type that no value has', ['a', 1], true, 'unknown'],
    ['does not know an absent attribute', ['pro'], undefined, 'unknown'],
    ['takes null for absent', ['pro'], null, 'unknown'],
    ['does not know objects', ['pro'], { pro: true }, 'unknown'],
    ['has no answer without values', [], 'pro', 'unknown'],
    ['does not take null as a value', [null], null, 'unsupported'],
    ['does not take objects as values', [{ a: 1 }], 'a', 'unsupported'],
    ['finds any element', ['a'], ['b', 'a'], 'true'],
    ['finds no element', ['a'], ['b', 'c'], 'false'],
    ['finds nothing in an empty list', ['a'], [], 'false'],
    ['is unsure of an element of another type', ['a'], ['b', 1], 'unknown'],
    ['wants all elements', ['a', 'b'], ['a', 'b'], 'true', { match: 'all' }],
    ['misses one of all elements', ['a', 'b'], ['a', 'c'], 'false', { match: 'all' }],
    ['holds for all of no elements', ['a'], [], 'true', { match: 'all' }],
    ['wants no element', ['a'], ['b', 'c'], 'true', { match: 'none' }],
    ['finds one where none is wanted', ['a'], ['b', 'a'], 'false', { match: 'none' }],
    ['takes a single value for a list of one', ['a'], 'a', 'false', { match: 'none' }],
    ['does not know an absent list', ['a'], undefined, 'unknown', { match: 'none' }],
    ['answers false where told so', ['a'], undefined, 'false', { missing: 'false' }],
    ['answers true where told so', ['a'], undefined, 'true', { missing: 'negated' }],
    ['answers what it knows whatever it is told', ['a'], 'b', 'false', { missing: 'negated' }],
    ['takes absent for null', ['a'], undefined, 'unknown', { missing: 'null' }],
    ['refuses an unknown word for missing', ['a'], 'a', 'unsupported', { missing: 'constructor' as 'false' }],
    ['refuses an unknown word for match', ['a'], 'a', 'unsupported', { match: 'some' as 'any' }],
  ],
  is_hashed: [
    ['finds the value behind a digest', ['a1267fb5fca47717'], 'pro', 'true', { hashed: 'salt' }],
    ['does not find another', ['a1267fb5fca47717'], 'free', 'false', { hashed: 'salt' }],
    ['wants its salt', ['a1267fb5fca47717'], 'pro', 'unsupported'],
    ['does not know an absent attribute', ['a1267fb5fca47717'], undefined, 'unknown', { hashed: 'salt' }],
    ['does not know a type that no value had', ['a1267fb5fca47717'], 1, 'unknown', { hashed: 'salt', types: ['string'] }],
    ['takes digests only', [7], 'pro', 'unsupported', { hashed: 'salt' }],
  ],
  starts_with: [
    ['is the beginning', ['ab'], 'abc', 'true'],
    ['is not the beginning', ['bc'], 'abc', 'false'],
    ['is one of several beginnings', ['x', 'ab'], 'abc', 'true'],
    ['folds', ['AB'], 'abc', 'true', { fold: true }],
    ...many(['a'], 'unknown', [undefined, null, 1, {}]),
    ['takes texts only', [1], 'abc', 'unsupported'],
    ['has no answer without values', [], 'abc', 'unknown'],
  ],
  ends_with: [
    ['is the end', ['bc'], 'abc', 'true'],
    ['is not the end', ['ab'], 'abc', 'false'],
    ['does not know a number', ['1'], 1, 'unknown'],
  ],
  contains: [
    ['is within', ['b'], 'abc', 'true'],
    ['is not within', ['x'], 'abc', 'false'],
    ['is within any element', ['b'], ['x', 'abc'], 'true'],
  ],
  glob: [
    ...many(['a*c'], 'true', ['ac', 'abc', 'abcbc']),
    ...many(['a*c'], 'false', ['abcd', 'xac', 'a', 'c', '']),
    ...many(['ab*ba'], 'false', ['aba']),
    ...many(['*.example.*'], 'true', ['a.example.com', '.example.']),
    ...many(['a*b*c'], 'true', ['abbc', 'a-b-c']),
    ...many(['a*b*c'], 'false', ['acb']),
    ...many(['a.c?'], 'false', ['abcd', 'abc']),
    ...many(['abc'], 'true', ['abc']),
    ...many(['*'], 'true', ['', 'anything']),
    ['folds', ['A*C'], 'abc', 'true', { fold: true }],
  ],
  less_than: [...many([3], 'true', [2, -1]), ...many([3], 'false', [3, 4]), ...many([3], 'unknown', ['2', true, undefined])],
  at_most: [...many([3], 'true', [3]), ...many([3], 'false', [3.1])],
  greater_than: [...many([3], 'true', [3.1]), ...many([3], 'false', [3]), ...many(['3'], 'unsupported', [4])],
  at_least: [...many([3], 'true', [3, 4]), ...many([3], 'false', [2.9]), ...many([5, 3], 'true', [4])],
  before: [
    ...many(['2026-01-01T00:00:00Z'], 'true', ['2025-12-31T23:59:59.999Z', '2026-01-01T00:30:00+01:00', 0]),
    ...many(['2026-01-01T00:00:00Z'], 'false', ['2026-01-01T00:00:00Z', '2026-01-01t00:00:00z', 1767225600000]),
    ...many([1767225600000], 'true', ['2025-12-31T23:59:59Z']),
    ...many([0], 'unknown', ['2026-01-01', '2026-02-30T00:00:00Z', '2026-01-01T24:00:00Z', 'yesterday', '', true, undefined]),
    ...many(['2026-01-01'], 'unsupported', [0]),
  ],
  after: [
    ...many(['2026-01-01T00:00:00Z'], 'true', ['2026-01-01T00:00:00.001Z', '2025-12-31T23:30:00-01:00']),
    ...many(['2026-01-01T00:00:00Z'], 'false', ['2026-01-01T00:00:00Z']),
  ],
  exists: [...many([], 'true', ['', 0, false, {}, [], ['a']]), ...many([], 'false', [undefined, null])],
  version_is: [
    ...many(['1.2'], 'true', ['1.2', '1.2.0', '1.2.0.0', '01.02', '1.2.0+build.7']),
    ...many(['1.2'], 'false', ['1.2.1', '1.2.0-rc.1', '1', '2.1']),
    ...many(['1.2'], 'unknown', ['v1.2', '1.2.x', '', '1.', '.1', '1..2', '1.2.3.4.5', '1.2-', '1.2 ', 1.2, undefined]),
    ...many(['1.2-rc.1'], 'true', ['1.2.0-rc.1']),
    ...many(['latest'], 'unsupported', ['1.2']),
    ...many(['1234567890123456'], 'unsupported', ['1.2']),
    ...many(['1.2'], 'unknown', ['1234567890123456']),
  ],
  version_before: [
    ...many(['8.6'], 'true', ['8.5.9', '8', '8.6.0-rc.1', '7.9.9.9']),
    ...many(['8.6'], 'false', ['8.6', '8.6.0.1', '8.10', '9']),
    ...many(['1.0.0-alpha.beta'], 'true', ['1.0.0-alpha', '1.0.0-alpha.1', '0.9']),
    ...many(['1.0.0-rc.1'], 'true', ['1.0.0-beta.11', '1.0.0-beta', '1.0.0-beta.2']),
    ...many(['1.0.0-beta.11'], 'true', ['1.0.0-beta.2', '1.0.0-beta']),
    ...many(['24.1.0'], 'true', ['23.12.1']),
  ],
  version_at_most: [...many(['8.6'], 'true', ['8.6', '8.6.0', '8.5']), ...many(['8.6'], 'false', ['8.6.1'])],
  version_after: [
    ...many(['8.6'], 'true', ['8.6.1', '8.10', '9', '8.6.0.1']),
    ...many(['8.6'], 'false', ['8.6', '8.6.0-rc.1', '8.5.99']),
    ...many(['8.6-rc.1'], 'true', ['8.6', '8.6.0-rc.2', '8.6.0-rc.1.1']),
  ],
  version_at_least: [...many(['8.6'], 'true', ['8.6', '8.7']), ...many(['8.6'], 'false', ['8.5', '8.6-rc.1'])],
  in_range: [
    ...many(['>=8.4 <8.6'], 'true', ['8.4', '8.4.0', '8.5.99']),
    ...many(['>=8.4 <8.6'], 'false', ['8.3.9', '8.6', '8.6.0-rc.1', '8.5.0-rc.1', '8.4.0-rc.1']),
    ...many(['>=8.4 <8.6-rc.2'], 'true', ['8.6.0-rc.1']),
    ...many(['>=8.4 <8.6-rc.2'], 'false', ['8.5.0-rc.1', '8.6.0-rc.2']),
    ...many(['1.0 || >2  <=3'], 'true', ['1', '2.5', '3']),
    ...many(['1.0 || >2  <=3'], 'false', ['1.1', '2', '3.1']),
    ...many(['=1.2'], 'true', ['1.2.0']),
    ...each(['^1.2', '~1.2', '1.x', '', '>=', '1 ||', '> 1'], 'unsupported', '1.2'),
    ...many(['>=1'], 'unknown', ['one', 1, undefined]),
  ],
  in_network: [
    ...many(['10.0.0.0/8'], 'true', ['10.1.2.3', '::ffff:10.1.2.3', '::ffff:a01:203']),
    ...many(['10.0.0.0/8'], 'false', ['11.0.0.0', '2001:db8::1', '::10.1.2.3']),
    ...many(['192.168.1.128/25'], 'true', ['192.168.1.128', '192.168.1.255']),
    ...many(['192.168.1.128/25'], 'false', ['192.168.1.127']),
    ...many(['192.168.1.7'], 'true', ['192.168.1.7']),
    ...many(['0.0.0.0/0'], 'true', ['1.2.3.4']),
    ...many(['0.0.0.0/0'], 'false', ['2001:db8::1']),
    ...many(['2001:db8::/33'], 'true', ['2001:db8:7fff::1', '2001:DB8::1.2.3.4']),
    ...many(['2001:db8::/33'], 'false', ['2001:db8:8000::1', '2001:db9::1']),
    ...many(['::/0'], 'true', ['::1', '1.2.3.4']),
    ...many(['10.0.0.0/8'], 'unknown', [
      '10.1.2',
      '10.1.2.256',
      '010.1.2.3',
      '10.1.2.3/8',
      ' 10.1.2.3',
      '1::2::3',
      ':::',
      '1:2',
      'fe80::1%eth0',
      1,
      undefined,
    ]),
    ...many(['10.0.0.0/33'], 'unsupported', ['10.0.0.1']),
    ...many(['2001:db8::/129'], 'unsupported', ['::1']),
    ...many(['example.com'], 'unsupported', ['10.0.0.1']),
  ],
  matches: [
    ...many(['^a+b$'], 'true', ['aab']),
    ...many(['^a+b$'], 'false', ['aabc']),
    ...many(['b'], 'true', ['abc']),
    ['folds', ['ABC'], 'xabcx', 'true', { fold: true }],
    ...many(['(?i)abc'], 'true', ['ABC']),
    ...many(['a'], 'unknown', [1, undefined, 'a'.repeat(1_025)]),
    ...many(['a'], 'true', ['a'.repeat(1_024)]),
    ...each(['(a)\\1', '(?=a)', '(', 'a'.repeat(257), 'a{1001}', '(?:a{30}){30}'], 'unsupported', 'a'),
  ],
};

function answerOf(op: string, [, values, actual, , more]: Case): string | undefined {
  const when: Condition = { kind: 'user', path: ['plan'], op, values, ...more };
  const context = { user: actual === undefined ? { key: 'u' } : { key: 'u', plan: actual } } as Context;
  return explain(setOf(flagWhen('flag', when)), 'flag', false, context, NOW).trail[0]?.answer;
}

const operators: Readonly<Record<string, Operator>> = allRows.operators;

describe.each(Object.keys(operators))('%s', (op) => {
  it('has examples', () => {
    expect(cases[op]?.length).toBeGreaterThan(0);
  });

  it('has a label for the editor', () => {
    expect(operators[op]?.label).toMatch(/^[a-z].*[a-z)]$/);
  });

  it.each((cases[op] ?? []).map((one) => [one[0], one] as const))('%s', (_, one) => {
    expect(answerOf(op, one)).toBe(one[3]);
  });
});

it('a row that this engine lacks is unsupported', () => {
  for (const op of ['nope', 'constructor', '__proto__', 'toString']) {
    expect(answerOf(op, ['', ['a'], 'a', 'unsupported'])).toBe('unsupported');
  }
});
