import { describe, expect, it } from 'vitest';
import {
  bucketOf,
  type Condition,
  type Context,
  evaluate,
  evaluateAll,
  type Flag,
  resolve,
  type Segment,
  type Serve,
} from './index.ts';
import { flag, flagWhen, NOW, setOf } from './set.test-kit.ts';

const isPro: Condition = { kind: 'user', path: ['plan'], op: 'is', values: ['pro'] };
const unsupported: Condition = { kind: 'user', path: ['plan'], op: 'from_the_future', values: [] };
const on: Serve = { variant: 'on' };
const everyone = { split: { kind: 'user' }, arms: [{ ranges: [[0, 100_000]], serve: on }] } as const;
const nobody = { split: { kind: 'user' }, arms: [{ ranges: [], serve: on }] } as const;

/** Where `u1` falls in the flags with the salt `slices`. */
const bucket = bucketOf('slices', 'user', undefined, 'u1');

const documents: readonly (Flag | Segment)[] = [
  flag('static', { fallthrough: on }),
  flag('off', { on: false, fallthrough: on }),
  flag('null-gate', { rules: [{ id: 'gate', when: { any: [] }, serve: on, onMiss: null as never }] }),
  flag('null-rest', { fallthrough: { ...nobody, rest: null as never } }),
  flag('neither', { on: 'yes' as never, fallthrough: on }),
  flag('off-to-default', { on: false, variants: { on: true }, off: undefined as never }),
  flagWhen('rule', isPro),
  flag('two-rules', {
    rules: [
      { id: 'deny', when: { kind: 'user', path: ['banned'], op: 'is', values: [true] }, serve: { variant: 'off' } },
      { id: 'allow', when: isPro, serve: on },
    ],
  }),
  flag('pinned', {
    pins: [
      { kind: 'org', variant: 'on', keys: ['acme', 'constructor'] },
      { kind: 'user', variant: 'off', keys: ['u1'] },
    ],
    rules: [{ id: 'all', when: { all: [] }, serve: { variant: 'off' } }],
  }),
  flag('needs-static', { prerequisites: [{ flag: 'static', variants: ['on'] }], fallthrough: on }),
  flag('needs-off', { prerequisites: [{ flag: 'off', variants: ['on'] }], fallthrough: on }),
  flag('needs-off-or-default', { prerequisites: [{ flag: 'off', variants: ['on'], unmet: 'codeDefault' }], fallthrough: on }),
  flag('needs-off-to-default', { prerequisites: [{ flag: 'off-to-default', variants: ['on'] }], fallthrough: on }),
  flag('needs-nothing-known', { prerequisites: [{ flag: 'gone', variants: ['on'] }], fallthrough: on }),
  flag('rollout', { fallthrough: everyone }),
  flag('rollout-rule', { rules: [{ id: 'split', when: { all: [] }, serve: everyone }] }),
  flag('rollout-to-nobody', { rules: [{ id: 'split', when: { all: [] }, serve: nobody }], fallthrough: { codeDefault: true } }),
  flag('rollout-with-rest', { fallthrough: { ...nobody, rest: on } }),
  flag('switch', { fallthrough: { switch: [{ when: isPro, serve: on }] } }),
  flag('default', { fallthrough: { codeDefault: true } }),
  flag('stop', { rules: [{ id: 'gate', when: isPro, serve: on, onMiss: { stop: { variant: 'off' } } }], fallthrough: on }),
  flag('deny-unsupported', { rules: [{ id: 'deny', when: unsupported, serve: { variant: 'off' } }], fallthrough: on }),
  flag('late-unsupported', {
    rules: [
      { id: 'early', when: isPro, serve: on },
      { id: 'late', when: unsupported, serve: on },
    ],
  }),
  flag('unsupported-without-off', {
    off: undefined as never,
    rules: [{ id: 'deny', when: unsupported, serve: on }],
    fallthrough: on,
  }),
  flag('unknown-need', { needs: ['op:nowhere', 'from-the-future'], fallthrough: on }),
  flag('off-with-unknown-need', { needs: ['from-the-future'], on: false }),
  flag('unknown-hash', { fallthrough: { ...everyone, split: { kind: 'user', hash: 'md6' } } }),
  flag('no-such-variant', { fallthrough: { variant: 'toString' } }),
  flag('owned', { metadata: { owner: 'ann', ruleId: 'mine' }, rules: [{ id: 'r1', when: isPro, serve: on }] }),
  flagWhen('in-segment', { segment: 'early' }),
  flagWhen('in-no-segment', { segment: 'gone' }),
  flagWhen('not-in-segment', { not: { segment: 'early' } }),
  flag('first-slice', {
    salt: 'slices',
    fallthrough: { ...nobody, arms: [{ ranges: [[0, bucket]], serve: on }], rest: { variant: 'off' } },
  }),
  flag('own-slice', {
    salt: 'slices',
    fallthrough: { ...nobody, arms: [{ ranges: [[bucket, bucket + 1]], serve: on }], rest: { variant: 'off' } },
  }),
  flag('rollout-by-age', { fallthrough: { ...everyone, split: { kind: 'user', path: ['age'] } } }),
  flag('switch-unsupported', {
    fallthrough: {
      switch: [
        { when: unsupported, serve: { variant: 'off' } },
        { when: { all: [] }, serve: on },
      ],
    },
  }),
  flag('two-unsupported', {
    rules: [
      { id: 'decided', when: { all: [{ ...unsupported, op: 'other' }, { any: [] }] }, serve: on },
      { id: 'stops', when: unsupported, serve: on },
    ],
  }),
  flagWhen('asks-rule', { flag: 'rule', variants: ['on'] }),
  flagWhen('asks-not-rule', { not: { flag: 'rule', variants: ['on'] } }),
  flagWhen('asks-not-default', { not: { flag: 'off-to-default', variants: ['on'] } }),
  { key: 'early', kind: 'org', included: ['acme'], excluded: ['berlin', 'acme'], when: isPro },
];
const set = setOf(...documents);

const pro: Context = { user: { key: 'u1', plan: 'pro' } };
const free: Context = { user: { key: 'u1', plan: 'free' } };

it.each([
  ['serves the fallthrough of a flag without targeting', 'static', {}, { value: true, variant: 'on', reason: 'STATIC' }],
  ['serves the off variant while off', 'off', pro, { value: false, variant: 'off', reason: 'DISABLED' }],
  ['does not understand a gate that is null', 'null-gate', {}, { value: false, flagMetadata: { unsupported: 'malformed' } }],
  [
    'does not understand a rest that is null',
    'null-rest',
    { user: 'u1' },
    { value: false, flagMetadata: { unsupported: 'malformed' } },
  ],
  ['takes anything but true for off', 'neither', {}, { value: false, reason: 'DISABLED' }],
  ['is not known to be outside of a segment without a key', 'not-in-segment', free, { value: false, reason: 'DEFAULT' }],
  ['is in no slice that ends at its bucket', 'first-slice', { user: 'u1' }, { value: false, reason: 'SPLIT' }],
  ['is in the slice that begins at its bucket', 'own-slice', { user: 'u1' }, { value: true, reason: 'SPLIT' }],
  ['is not bucketed by a key that is no text', 'rollout', { user: { key: 42 } }, { errorCode: 'TARGETING_KEY_MISSING' }],
  ['is bucketed by a number', 'rollout-by-age', { user: { key: 'u1', age: 42 } }, { value: true }],
  [
    'is not bucketed by what JSON has not',
    'rollout-by-age',
    { user: { key: 'u1', age: Infinity } },
    { errorCode: 'TARGETING_KEY_MISSING' },
  ],
  ['is not bucketed by a list', 'rollout-by-age', { user: { key: 'u1', age: [42] } }, { errorCode: 'TARGETING_KEY_MISSING' }],
  ['stops at a case that it does not understand', 'switch-unsupported', {}, { value: false, errorCode: 'GENERAL' }],
  ['names only what stopped it', 'two-unsupported', {}, { flagMetadata: { unsupported: 'op:from_the_future', ruleId: 'stops' } }],
  [
    'serves the code default while off without an off variant',
    'off-to-default',
    {},
    { value: false, variant: undefined, reason: 'DISABLED' },
  ],
  ['serves the rule that matches', 'rule', pro, { value: true, reason: 'TARGETING_MATCH', flagMetadata: { ruleId: 'only' } }],
  [
    'serves the fallthrough where no rule matches',
    'rule',
    free,
    { value: false, variant: 'off', reason: 'DEFAULT', flagMetadata: {} },
  ],
  ['treats a missing attribute as no match', 'rule', { user: 'u1' }, { value: false, reason: 'DEFAULT' }],
  ['treats a missing kind as no match', 'rule', { org: 'acme' }, { value: false, reason: 'DEFAULT' }],
  [
    'takes the first rule that matches',
    'two-rules',
    { user: { key: 'u1', plan: 'pro', banned: true } },
    { flagMetadata: { ruleId: 'deny' } },
  ],
  ['goes on where a rule is unknown', 'two-rules', pro, { value: true, flagMetadata: { ruleId: 'allow' } }],
  [
    'serves a pin before all rules',
    'pinned',
    { org: 'acme' },
    { value: true, reason: 'TARGETING_MATCH', flagMetadata: { pin: 'org' } },
  ],
  ['finds a pin by the key of an entity', 'pinned', { org: { key: 'acme' } }, { value: true, flagMetadata: { pin: 'org' } }],
  ['takes the first pin that matches', 'pinned', { org: 'acme', user: 'u1' }, { flagMetadata: { pin: 'org' } }],
  ['pins a key like any other', 'pinned', { org: 'constructor' }, { value: true }],
  ['pins nobody without the kind', 'pinned', { team: 'acme' }, { value: false, flagMetadata: { ruleId: 'all' } }],
  ['goes on where a prerequisite is met', 'needs-static', {}, { value: true, reason: 'DEFAULT' }],
  [
    'is off where a prerequisite is not met',
    'needs-off',
    {},
    { value: false, variant: 'off', reason: 'DISABLED', flagMetadata: { prerequisite: 'off' } },
  ],
  [
    'serves the code default where an unmet prerequisite says so',
    'needs-off-or-default',
    {},
    { value: false, variant: undefined, flagMetadata: { prerequisite: 'off' } },
  ],
  [
    'takes a served code default for no variant',
    'needs-off-to-default',
    {},
    { reason: 'DISABLED', flagMetadata: { prerequisite: 'off-to-default' } },
  ],
  [
    'does not understand a prerequisite that is not there',
    'needs-nothing-known',
    {},
    { variant: 'off', errorCode: 'GENERAL', flagMetadata: { unsupported: 'flag:gone' } },
  ],
  ['serves a split', 'rollout', { user: 'u1' }, { value: true, variant: 'on', reason: 'SPLIT', flagMetadata: {} }],
  [
    'serves a split of a rule',
    'rollout-rule',
    { user: 'u1' },
    { value: true, reason: 'SPLIT', flagMetadata: { ruleId: 'split' } },
  ],
  [
    'passes a split over without its key',
    'rollout-rule',
    { org: 'acme' },
    { value: false, variant: 'off', reason: 'DEFAULT', errorCode: undefined },
  ],
  [
    'says that the key is missing when nothing else serves',
    'rollout',
    { org: 'acme' },
    { value: false, variant: undefined, reason: 'ERROR', errorCode: 'TARGETING_KEY_MISSING' },
  ],
  [
    'goes on where a bucket is in no arm',
    'rollout-to-nobody',
    { user: 'u1' },
    { variant: undefined, reason: 'DEFAULT', errorCode: undefined },
  ],
  ['serves the rest where a bucket is in no arm', 'rollout-with-rest', { user: 'u1' }, { value: true, reason: 'SPLIT' }],
  ['serves the case that matches', 'switch', pro, { value: true, reason: 'TARGETING_MATCH' }],
  ['serves the code default where no case matches', 'switch', free, { variant: undefined, reason: 'DEFAULT' }],
  ['serves the code default where it is told to', 'default', {}, { value: false, variant: undefined, reason: 'STATIC' }],
  ['goes past a gate that holds', 'stop', pro, { value: true, flagMetadata: { ruleId: 'gate' } }],
  [
    'stops at a gate that does not hold',
    'stop',
    free,
    { value: false, reason: 'TARGETING_MATCH', flagMetadata: { ruleId: 'gate' } },
  ],
  ['stops at a gate that is unknown', 'stop', {}, { value: false, flagMetadata: { ruleId: 'gate' } }],
  [
    'is off where it does not understand a rule, though the rule denies',
    'deny-unsupported',
    {},
    {
      value: false,
      variant: 'off',
      reason: 'ERROR',
      errorCode: 'GENERAL',
      flagMetadata: { unsupported: 'op:from_the_future', ruleId: 'deny' },
    },
  ],
  ['decides before a rule that it does not understand', 'late-unsupported', pro, { value: true, errorCode: undefined }],
  [
    'stops at a later rule that it does not understand',
    'late-unsupported',
    free,
    { errorCode: 'GENERAL', flagMetadata: { ruleId: 'late' } },
  ],
  [
    'serves the code default where it does not understand and has no off variant',
    'unsupported-without-off',
    {},
    { value: false, variant: undefined, errorCode: 'GENERAL' },
  ],
  [
    'stops for an unknown need, but not for a row that nothing uses',
    'unknown-need',
    {},
    { value: false, flagMetadata: { unsupported: 'from-the-future' } },
  ],
  ['is off whatever it needs', 'off-with-unknown-need', {}, { value: false, reason: 'DISABLED', errorCode: undefined }],
  [
    'does not understand another hash',
    'unknown-hash',
    { user: 'u1' },
    { value: false, flagMetadata: { unsupported: 'hash:md6' } },
  ],
  [
    'does not understand a variant that is not there',
    'no-such-variant',
    {},
    { value: false, variant: 'off', flagMetadata: { unsupported: 'variant:toString' } },
  ],
  ["adds the flag's metadata, its own on top", 'owned', pro, { flagMetadata: { owner: 'ann', ruleId: 'r1' } }],
  ['is in a segment that includes the key, though it excludes it too', 'in-segment', { org: 'acme' }, { value: true }],
  [
    'is not in a segment that excludes the key, whatever its condition',
    'in-segment',
    { org: 'berlin', ...pro },
    { value: false },
  ],
  ["asks the segment's condition where no list has the key", 'in-segment', { org: 'cairo', ...pro }, { value: true }],
  ['is in the segment by its condition without a key', 'in-segment', pro, { value: true }],
  ['is not in the segment without a key and a match', 'in-segment', free, { value: false, errorCode: undefined }],
  [
    'does not understand a segment that is not there',
    'in-no-segment',
    {},
    { value: false, flagMetadata: { unsupported: 'segment:gone' } },
  ],
  ['asks another flag', 'asks-rule', pro, { value: true }],
  ['asks another flag that serves something else', 'asks-rule', free, { value: false }],
  ['negates the answer about another flag', 'asks-not-rule', free, { value: true }],
  ['takes the code default for none of the variants', 'asks-not-default', {}, { value: true }],
  [
    'reports an unknown flag',
    'constructor',
    pro,
    { value: false, variant: undefined, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' },
  ],
])('%s', (_, key, context, expected) => {
  expect(evaluate(set, key, false, context as Context, NOW)).toMatchObject(expected);
});

describe('the type of the default', () => {
  const typed = setOf(
    flag('number', { type: 'number', variants: { big: 25 }, fallthrough: { variant: 'big' } }),
    flag('object', { type: 'json', variants: { a: { n: [1] } }, fallthrough: { variant: 'a' } }),
    flag('null', { type: 'json', variants: { a: null }, fallthrough: { variant: 'a' } }),
  );

  it.each([
    ['number', 1, 25],
    ['object', {}, { n: [1] }],
    ['object', null, { n: [1] }],
    ['object', [], { n: [1] }],
    ['null', {}, null],
  ])('%s: asked with %j gives %j', (key, fallback, value) => {
    expect(evaluate(typed, key, fallback, {}, NOW)).toMatchObject({ value, reason: 'STATIC' });
  });

  it.each([
    ['number', '1'],
    ['number', {}],
    ['object', 'text'],
    ['null', false],
  ])('%s: asked with %j is a mismatch', (key, fallback) => {
    const resolution = evaluate(typed, key, fallback, {}, NOW);
    expect(resolution).toMatchObject({ value: fallback, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' });
    expect(resolution.variant).toBeUndefined();
    expect(resolution.errorMessage).toMatch(/change the default/);
  });

  it('is not asked for by resolve', () => {
    expect(resolve(typed, 'number', {}, NOW).value).toBe(25);
    expect(resolve(set, 'default', {}, NOW).value).toBeUndefined();
  });
});

describe('a context that is none', () => {
  it.each([null, undefined, 7, 'acme', true, () => ({}), Symbol('user')])('%s', (context) => {
    expect(evaluate(set, 'rule', true, context as never, NOW)).toMatchObject({ value: true, errorCode: 'INVALID_CONTEXT' });
    expect(evaluate(set, 'static', false, context as never, NOW)).toMatchObject({ value: false, errorCode: 'INVALID_CONTEXT' });
  });
});

describe('a resolution', () => {
  it('is made once for an outcome, and shared', () => {
    for (const key of ['static', 'rule', 'rollout', 'off', 'pinned']) {
      expect(evaluate(set, key, false, pro, NOW)).toBe(evaluate(set, key, true, { ...pro }, NOW));
    }
  });

  it('is frozen to its leaves', () => {
    const values = setOf(flag('deep', { type: 'json', variants: { a: { list: [{ n: 1 }] } }, fallthrough: { variant: 'a' } }));
    const resolution = evaluate(values, 'deep', { list: [{}] }, {}, NOW);
    const parts = [resolution, resolution.value, resolution.value.list, resolution.value.list[0], resolution.flagMetadata];
    expect(parts.map(Object.isFrozen)).toEqual(parts.map(() => true));
  });

  it('leaves the default as it is', () => {
    const fallback = { mine: [1] };
    expect(evaluate(set, 'default', fallback, {}, NOW).value).toBe(fallback);
    expect(Object.isFrozen(fallback)).toBe(false);
  });
});

it('evaluates all flags in their order, as one by one', () => {
  for (const context of [pro, free, {}, null as never]) {
    const all = evaluateAll(set, context, NOW);
    expect(all.map(([key]) => key)).toEqual([...set.keys()]);
    for (const [key, resolution] of all) expect(resolution).toEqual(resolve(set, key, context, NOW));
  }
});
