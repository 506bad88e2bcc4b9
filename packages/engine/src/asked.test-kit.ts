import { bucketOf, type Condition, type Context, type Flag, type Segment, type Serve } from './index.ts';
import { flag, flagWhen } from './set.test-kit.ts';

const isPro: Condition = { kind: 'user', path: ['plan'], op: 'is', values: ['pro'] };
const unsupported: Condition = { kind: 'user', path: ['plan'], op: 'from_the_future', values: [] };
const on: Serve = { variant: 'on' };
const everyone = { split: { kind: 'user' }, arms: [{ ranges: [[0, 100_000]], serve: on }] } as const;
const nobody = { split: { kind: 'user' }, arms: [{ ranges: [], serve: on }] } as const;

/** Where `u1` falls in the flags with the salt `slices`. */
const bucket = bucketOf('slices', 'user', undefined, 'u1');

/** What the examples ask. */
export const documents: readonly (Flag | Segment)[] = [
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
export const pro: Context = { user: { key: 'u1', plan: 'pro' } };
export const free: Context = { user: { key: 'u1', plan: 'free' } };
