import { Type } from 'typebox';
import { describe, expect, it, test } from 'vitest';
import type { Contract } from './contract.ts';
import { contracts } from './contracts/index.ts';
import { queryValidator, validator } from './validate.ts';

const bodyOf = (key: keyof typeof contracts) => (contracts[key] as { body: Parameters<typeof validator>[0] }).body;
const createFlag = validator(bodyOf('POST /orgs/:org/projects/:project/flags'));
const publish = validator(bodyOf('POST /orgs/:org/projects/:project/publish'));
const rollout = validator(bodyOf('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/rollout'));
const signIn = validator(bodyOf('POST /session'));
const putContexts = validator(bodyOf('PUT /orgs/:org/projects/:project/environments/:environment/contexts/:kind'));

const edit = (rule: unknown) => ({ edits: [{ environment: 'production', flag: 'f', edit: { rules: [rule] } }] });
const comparison = { kind: 'org', path: ['key'], op: 'is', values: ['acme'] };
const inRule = '/body/edits/0/edit/rules/0';

describe('a mistake says where, what and what to do', () => {
  it.each([
    [
      'an unknown field',
      createFlag,
      { key: 'a', descripton: '' },
      '/body/descripton',
      "there is no field 'descripton' here; did you mean 'description'?",
    ],
    [
      'an unknown field like no other',
      signIn,
      { email: 'a@b.example', password: 'x', orgId: 1 },
      '/body/orgId',
      "there is no field 'orgId' here; the fields are 'email', 'password'",
    ],
    ['a missing field', createFlag, {}, '/body/key', 'is missing: letters, digits and : . _ / -, at most 128'],
    ['a wrong type', createFlag, { key: 7 }, '/body/key', 'must be text, not a number'],
    ['a list for an object', createFlag, [], '/body', 'must be an object, not a list'],
    [
      'a pattern',
      createFlag,
      { key: 'no spaces' },
      '/body/key',
      "'no spaces' does not fit: letters, digits and : . _ / -, at most 128",
    ],
    [
      'an enumeration',
      createFlag,
      { key: 'a', kind: 'relase' },
      '/body/kind',
      "must be 'release', 'experiment', 'entitlement', 'config' or 'operational', not 'relase'; did you mean 'release'?",
    ],
    [
      'a text that is too long',
      createFlag,
      { key: 'a', owner: 'x'.repeat(300) },
      '/body/owner',
      'must have at most 254 characters, and has 300',
    ],
    ['a format', signIn, { email: 'nobody', password: '' }, '/body/email', 'must be an e-mail address'],
    ['a percentage out of bounds', rollout, { percent: 120 }, '/body/percent', 'must be at most 100'],
    ['a percentage too fine', rollout, { percent: 0.0001 }, '/body/percent', 'must be 0 to 100, in steps of 0.001'],
    ['an empty list', publish, { edits: [] }, '/body/edits', 'must not be empty'],
    [
      'a date where null would do',
      createFlag,
      { key: 'a', expiresOn: 'soon' },
      '/body/expiresOn',
      'must be a date, such as 2026-11-23',
    ],
    ['neither text nor null', createFlag, { key: 'a', expiresOn: 4 }, '/body/expiresOn', 'must be text or null, not a number'],
    [
      'a name that people chose',
      createFlag,
      { key: 'a', variants: { __proto__x: 1, é: 2 } },
      '/body/variants',
      "the name '__proto__x' does not fit: letters, digits, space and . _ -, at most 64",
    ],
    [
      'a mistyped member of a comparison',
      publish,
      edit({ id: 'r', when: { ...comparison, opp: 1 }, serve: { variant: 'on' } }),
      `${inRule}/when/opp`,
      "there is no field 'opp' here; did you mean 'op'?",
    ],
    [
      'a wrong operator type deep in a condition',
      publish,
      edit({ id: 'r', when: { all: [{ not: { ...comparison, op: 4 } }] }, serve: { variant: 'on' } }),
      `${inRule}/when/all/0/not/op`,
      'must be text, not a number',
    ],
    [
      'a slice of buckets with three ends',
      publish,
      edit({ id: 'r', when: { bucket: { kind: 'org' }, ranges: [[0, 1, 2]] }, serve: { variant: 'on' } }),
      `${inRule}/when/ranges/0`,
      'must have at most 2 items, and has 3',
    ],
    [
      'nothing that can be served',
      publish,
      edit({ id: 'r', when: comparison, serve: { varaint: 'on' } }),
      `${inRule}/serve`,
      "must be an object with 'variant', 'split', 'switch' or 'codeDefault'",
    ],
    [
      'one key twice',
      publish,
      { edits: [{ environment: 'e', flag: 'f', edit: { pins: [{ kind: 'org', variant: 'on', keys: ['b', 'a', 'a'] }] } }] },
      '/body/edits/0/edit/pins/0/keys',
      "names 'a' twice",
    ],
  ] as const)('%s', (_, validate, body, at, message) => {
    expect(validate(body, '/body')).toContainEqual({ at, message });
  });

  it('reports all mistakes at once, and nothing but them', () => {
    const places = createFlag({ key: '!', owner: 1, foo: 2 }).map(({ at }) => at);
    expect(places.sort()).toEqual(['/foo', '/key', '/owner']);
  });

  it('names only the shape that was meant, without the noise of the others', () => {
    const rule = {
      id: 'r',
      when: { segment: 'Ä' },
      serve: { split: { kind: 'org' }, arms: [{ ranges: [], serve: { varaint: 'on' } }] },
    };
    expect(publish(edit(rule), '/body').map(({ at }) => at)).toEqual([`${inRule}/when/segment`, `${inRule}/serve/arms/0/serve`]);
  });
});

describe('names that people choose', () => {
  it.each(['__proto__', 'constructor', 'toString'])('an attribute called %s is data', (name) => {
    const body: unknown = JSON.parse(`{"contexts":[{"key":"acme","attributes":{"${name}":1}}]}`);
    expect(putContexts(body)).toEqual([]);
  });

  it('a variant called __proto__ is refused, not overlooked', () => {
    expect(createFlag(JSON.parse('{"key":"a","variants":{"__proto__":1}}'))).toHaveLength(1);
  });

  it('a field called __proto__ is unknown', () => {
    expect(createFlag(JSON.parse('{"key":"a","__proto__":{"type":"json"}}'))).toHaveLength(1);
  });
});

test('a body is never coerced, filled in or cleaned', () => {
  const body = { percent: '10' };
  expect(rollout(body)).toHaveLength(1);
  expect(body).toEqual({ percent: '10' });
});

test('a query string is coerced by its schema', () => {
  const validate = queryValidator(
    Type.Object({ limit: Type.Integer({ minimum: 1 }), deep: Type.Boolean() }, { additionalProperties: false }),
  );
  const query = { limit: '20', deep: 'true' };
  expect(validate(query)).toEqual([]);
  expect(query).toEqual({ limit: 20, deep: true });
  expect(validate({ limit: 'many', deep: 'true' }, '/query')).toEqual([
    { at: '/query/limit', message: 'must be a whole number, not text' },
  ]);
});

test('a body made of mistakes costs little: only the first is named', () => {
  const body = { contexts: Array.from({ length: 400_000 }, () => 0) };
  expect(putContexts(body)).toEqual([{ at: '/contexts', message: 'must have at most 10000 items, and has 400000' }]);
});

test.each(Object.entries<Contract>(contracts))('every schema of %s compiles', (_, { query, body, response }) => {
  const schemas = [query, body, response].filter((schema) => schema !== undefined);
  for (const schema of schemas) expect(() => validator(schema)(undefined)).not.toThrow();
});

describe('an instant is one that a Date holds and writes', () => {
  const checkInstant = validator(Type.String({ format: 'date-time' }));

  it.each(['2026-11-23T12:00:00Z', '2026-11-23T12:00:00.25+01:00', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    '%s is one',
    (text) => expect(checkInstant(text)).toEqual([]),
  );

  it.each([
    '2016-12-31T23:59:60Z',
    '2026-11-23T12:00:00+01',
    '9999-12-31T23:59:59-23:59',
    '0000-01-01T00:00:00+23:59',
    '2026-11-23',
  ])('%s is none', (text) =>
    expect(checkInstant(text)).toMatchObject([{ message: expect.stringContaining('a date and time with its zone') }]),
  );
});
