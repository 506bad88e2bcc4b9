import {
  type Condition,
  digestOf,
  type Flag,
  formatItem,
  hideComparison,
  hidePin,
  hideSegment,
  type Item,
  type Override,
  type Segment,
} from '@taffrail/engine';
import { documents } from '../../packages/engine/src/asked.test-kit.ts';
import { examples } from '../../packages/engine/src/evaluate.test-kit.ts';
import { flag, flagWhen, itemOf, NOW } from '../../packages/engine/src/set.test-kit.ts';
import type { Group } from './file.ts';
import { type Asking, groupOf } from './group.ts';

type Scene = readonly [name: string, items: readonly Item[], askings: readonly Asking[]];

const items = (...all: readonly (Flag | Segment)[]): Item[] => all.map(itemOf);
const on = { variant: 'on' } as const;
const off = { variant: 'off' } as const;
const isPro: Condition = { kind: 'user', path: ['plan'], op: 'is', values: ['pro'] };
const unknown: Condition = { kind: 'user', path: ['nothing'], op: 'is', values: [1] };
const unsupported: Condition = { kind: 'user', path: ['plan'], op: 'from_the_future' };

/** What an evaluation is made of, beside operators. */
export const scenes = (): Group[] =>
  [evaluation(), types(), logic(), buckets(), rollouts(), time(), overrides(), hidden(), malformed(), limits(), names()].map(
    (scene) => groupOf(...scene),
  );

const evaluation = (): Scene => ['evaluation', items(...documents), examples.map(([name, key, context]) => [name, key, context])];

function types(): Scene {
  const flags = [
    flag('number', { type: 'number', variants: { big: 25 }, fallthrough: { variant: 'big' } }),
    flag('text', { type: 'string', variants: { hello: 'Zoë 🚀' }, fallthrough: { variant: 'hello' } }),
    flag('object', { type: 'json', variants: { a: { n: [1, { m: null }] } }, fallthrough: { variant: 'a' } }),
    flag('null', { type: 'json', variants: { a: null }, fallthrough: { variant: 'a' } }),
  ];
  const defaults = [false, 1, '1', {}, [], null];
  const askings = flags.flatMap(({ key }) =>
    defaults.map((codeDefault): Asking => [`${key}, asked with ${JSON.stringify(codeDefault)}`, key, {}, { codeDefault }]),
  );
  return ['the type of the code default', items(...flags), askings];
}

/** Kleene's logic with a fourth word, which nothing but a decision hides. */
function logic(): Scene {
  const truths = { true: { all: [] }, false: { any: [] }, unknown, unsupported } satisfies Record<string, Condition>;
  const words = Object.entries(truths);
  const pairs = words.flatMap(([a, one]) => words.map(([b, other]) => [`${a}-${b}`, [one, other]] as const));
  const flags = [
    ...pairs.flatMap(([name, parts]) => [flagWhen(`all-${name}`, { all: parts }), flagWhen(`any-${name}`, { any: parts })]),
    ...words.flatMap(([name, not]) => [flagWhen(`not-${name}`, { not }), flagWhen(`not-not-${name}`, { not: { not } })]),
  ];
  return ['all, any and not', items(...flags), flags.map(({ key }) => [key.replaceAll('-', ' '), key, { user: 'u1' }])];
}

/** One flag with a slice of one bucket for each of the documented vectors: who is in another bucket is not served `on`. */
function buckets(): Scene {
  const vectors = [
    ['salt', 'user', undefined, 'u1', 46_368],
    ['salt', 'user', undefined, 'u2', 22_509],
    ['salt', 'org', undefined, 'u1', 39_465],
    ['other', 'user', undefined, 'u1', 9_812],
    ['salt', 'user', ['email'], 'a@example.com', 78_127],
    ['salt', 'user', ['address', 'zip'], '94107', 23_801],
    ['salt', 'user', ['age'], 42, 14_504],
    ['salt', 'user', ['age'], 1.5e21, 72_283],
    ['salt', 'user', undefined, 'Zoë 🚀', 69_504],
    ['salt', 'user', undefined, '\ud800', 6_100],
  ] as const;
  const rows = vectors.map(([salt, kind, path, value, bucket], index) => {
    const key = `vector-${index + 1}`;
    const split = { kind, salt, ...(path && { path }) };
    const one = flag(key, { fallthrough: { split, arms: [{ ranges: [[bucket, bucket + 1]], serve: on }], rest: off } });
    return {
      one,
      bucketed: { ...one, key: `${key}-bucket`, ...ruleOf({ bucket: split, ranges: [[bucket, bucket + 1]] }) },
      context: at(kind, path, value),
      bucket,
    };
  });
  const askings = rows.flatMap(({ one, bucketed, context, bucket }): Asking[] => [
    [`is in bucket ${bucket} of a split`, one.key, context],
    [`is in bucket ${bucket} of a condition`, bucketed.key, context],
    ['has nothing to be bucketed by', bucketed.key, {}],
  ]);
  return ['buckets', items(...rows.flatMap(({ one, bucketed }) => [one, bucketed])), askings];
}

const ruleOf = (when: Condition): Partial<Flag> => ({ fallthrough: off, rules: [{ id: 'only', when, serve: on }] });

function at(kind: string, path: readonly string[] | undefined, value: unknown): unknown {
  if (!path) return { [kind]: value };
  return { [kind]: { key: 'k', ...(path.reduceRight((inner: unknown, name) => ({ [name]: inner }), value) as object) } };
}

function rollouts(): Scene {
  const arms = [
    {
      ranges: [
        [0, 10_000],
        [50_000, 60_000],
      ],
      serve: { variant: 'a' },
    },
    { ranges: [[10_000, 50_000]], serve: { variant: 'b' } },
  ] as const;
  const variants = { a: 'A', b: 'B', c: 'C' };
  const parts = { type: 'string', variants, off: 'c', salt: 'rollout' } as const;
  const flags = [
    flag('three', { ...parts, fallthrough: { split: { kind: 'user' }, arms, rest: { variant: 'c' } } }),
    flag('two', { ...parts, fallthrough: { split: { kind: 'user' }, arms } }),
    flag('by-org', { ...parts, fallthrough: { split: { kind: 'org', path: ['country'] }, arms, rest: { variant: 'c' } } }),
    flag('within', {
      ...parts,
      fallthrough: {
        split: { kind: 'user' },
        arms: [{ ranges: [[0, 50_000]], serve: { split: { kind: 'user', salt: 'inner' }, arms, rest: { variant: 'c' } } }],
        rest: { switch: [{ when: isPro, serve: { variant: 'a' } }] },
      },
    }),
  ];
  const people = ['u1', 'u2', 'u3', 'ana', 'Ωmega', '東京', 'عمر', '👩‍👩‍👧', 'a'.repeat(300), ''];
  const askings = flags.flatMap(({ key }) =>
    people.map((name, index): Asking => {
      const context = { user: { key: name, plan: index % 2 ? 'pro' : 'free' }, org: { key: 'o', country: name } };
      return [`${key}: ${name.slice(0, 20) || 'an empty key'}`, key, context, { codeDefault: 'mine' }];
    }),
  );
  return ['rollouts', items(...flags), askings];
}

function time(): Scene {
  const iso = new Date(NOW).toISOString();
  const flags = [
    flagWhen('before', { time: { before: iso } }),
    flagWhen('after', { time: { after: NOW } }),
    flagWhen('not-before', { not: { time: { before: iso } } }),
    flagWhen('never', { time: { after: '1 June 2026' } }),
    flagWhen('offset', { time: { after: '2026-01-01T01:00:00+01:00' } }),
  ];
  const moments = [NOW - 1, NOW, NOW + 1];
  const askings = flags.flatMap(({ key }) =>
    moments.map((nowMs): Asking => [`${key}, ${nowMs - NOW} ms from then`, key, {}, { nowMs }]),
  );
  return ['time', items(...flags), askings];
}

function overrides(): Scene {
  const metadata = { layer: 'override', source: 'flags.yaml:4' };
  const forAll: Override = { variant: 'on', reason: 'STATIC', metadata };
  const forBerlin: Override = {
    ...forAll,
    when: { kind: 'org', path: ['key'], op: 'is', values: ['berlin'] },
    reason: 'TARGETING_MATCH',
  };
  const killed: Override = { variant: 'off', reason: 'DISABLED', metadata: { layer: 'off', source: 'TAFFRAIL_OFF' } };
  const flags = [
    flag('for-all', { on: false, overrides: [forAll] }),
    flag('for-berlin', { overrides: [forBerlin] }),
    flag('first', { overrides: [forBerlin, killed, forAll] }),
    flag('needy', { needs: ['tomorrow'], overrides: [forBerlin] }),
    flag('unmet', { prerequisites: [{ flag: 'gone', variants: ['on'] }], overrides: [forBerlin] }),
    flag('until', { overrides: [{ ...forAll, when: { time: { before: NOW + 1 } } }] }),
    flag('to-default', { overrides: [{ reason: 'DISABLED', metadata }] }),
    flag('to-nothing', { overrides: [{ ...forAll, variant: 'gone' }] }),
    flag('asks', { prerequisites: [{ flag: 'for-berlin', variants: ['on'] }], fallthrough: on }),
  ];
  const askings = flags.flatMap(({ key }): Asking[] => [
    [`${key}: berlin`, key, { org: 'berlin' }],
    [`${key}: rome`, key, { org: 'rome' }, { codeDefault: true }],
    [`${key}: a moment later`, key, {}, { nowMs: NOW + 1 }],
  ]);
  return ['overrides of layers', items(...flags), askings];
}

/** What a client's snapshot holds in the place of literals. */
function hidden(): Scene {
  const salt = 'pepper';
  const all = ['acme', 'Ömega', 42, true];
  const is = (more: object) => hideComparison({ kind: 'user', path: ['plan'], op: 'is', values: all, ...more }, salt);
  const flags = [
    flagWhen('is', is({})),
    flagWhen('folded', is({ fold: true })),
    flag('pinned', { pins: [hidePin({ kind: 'org', variant: 'on', keys: ['acme', 'Ömega'] }, salt)] }),
    flagWhen('in', { segment: 'early' }),
  ];
  const segment = hideSegment(
    { key: 'early', kind: 'org', included: ['acme', 'Ömega'], excluded: ['berlin'], when: isPro },
    salt,
  );
  const plans = [...all, 'ACME', 'ömega', '42', 1, ['acme'], null];
  const askings: Asking[] = [
    ...['is', 'folded'].flatMap((key) =>
      plans.map((plan): Asking => [`${key}: ${JSON.stringify(plan)}`, key, { user: { key: 'u', plan } }]),
    ),
    ...['pinned', 'in'].flatMap((key) =>
      ['acme', 'Ömega', 'berlin', 'rome'].map((org): Asking => [`${key}: ${org}`, key, { org, user: { key: 'u', plan: 'pro' } }]),
    ),
  ];
  return ['digests in the place of literals', items(...flags, segment), askings];
}

/** What a newer or a broken server may have written: each must fail closed, and none may stop another. */
function malformed(): Scene {
  const conditions: Readonly<Record<string, unknown>> = {
    'a form of the future': { xor: [] },
    'no form': {},
    null: null,
    'a list': [],
    'all of no list': { all: { length: 1 } },
    'a flag without a list of variants': { flag: 'sound', variants: 'on' },
    'a bucket without pairs': { bucket: { kind: 'user' }, ranges: [['0', '1']] },
    'a bucket of another hash': { bucket: { kind: 'user', hash: 'md6' }, ranges: [[0, 100_000]] },
    'a path without a name': { kind: 'user', path: [], op: 'exists' },
    'a path that is no list': { kind: 'user', path: '  ', op: 'exists' },
    'a kind that is no text': { kind: null, path: ['key'], op: 'exists' },
    'values that are no list': { kind: 'user', path: ['key'], op: 'is', values: 'u1' },
    'a time that is neither before nor after': { time: {} },
    'an operator of the future': unsupported,
    'an operator that every object inherits': { ...unsupported, op: 'constructor' },
    'an inherited name for a hash': { bucket: { kind: 'user', hash: '__proto__' }, ranges: [[0, 100_000]] },
  };
  const rules = Object.entries(conditions).map(([name, when]) => [name, flagWhen(name, when as Condition)] as const);
  const parts: Readonly<Record<string, Partial<Flag>>> = {
    'a serve of no form': { fallthrough: {} as never },
    'a variant that is not there': { fallthrough: { variant: 'a:b' } },
    'a need of the future': { needs: ['tomorrow'], fallthrough: on },
    'a need that is inherited': { needs: ['constructor'], fallthrough: on },
    'a need of a row that nothing uses': { needs: ['op:tomorrow', 'hash:tomorrow'], fallthrough: on },
    'a need that is no text': { needs: [{ toString: 1 }] as never, fallthrough: on },
    'rules that are no list': { rules: 'all' as never, fallthrough: on },
    'an off variant that is not there': { off: 'gone', needs: ['tomorrow'] },
    'what nobody knows': { fallthrough: on, tomorrow: true } as object,
  };
  const flags = Object.entries(parts).map(([name, more]) => [name, flag(name, more)] as const);
  // A line is read as far as its key, until somebody asks for the flag.
  const torn = [
    '{"key":"torn","on":',
    '{"key":"repeated"} {}',
    '{"key":"bare"}',
    '{"key":"no variants","on":true,"variants":null}',
  ];
  const lines = torn.map((json): Item => ({
    sort: 'f',
    key: /"key":"([^"]+)"/.exec(json)?.[1] ?? '',
    digest: digestOf(json),
    json,
  }));
  const later = formatItem('x', { key: 'a sort of the future' });
  return [
    'malformed lines',
    [...items(flag('sound', { fallthrough: on }), ...[...rules, ...flags].map(([, one]) => one)), ...lines, later],
    [...rules, ...flags]
      .map(([name]) => name)
      .concat(
        lines.map(({ key }) => key),
        'sound',
        later.key,
      )
      .map((key) => [key, key, { user: 'u1' }]),
  ];
}

/** A circle, and what goes beyond the bounds of the engine's limits. */
function limits(): Scene {
  const flags = [
    needs('self', 'self'),
    needs('ping', 'pong'),
    needs('pong', 'ping'),
    ...chain('short', 15),
    ...chain('long', 40),
    flagWhen('nested', nested(60)),
    flagWhen('too-nested', nested(70)),
    flagWhen('in-circle', { segment: 'round' }),
  ];
  const round: Segment = { key: 'round', kind: 'user', when: { segment: 'round' } };
  const asked = ['self', 'ping', 'pong', 'short-0', 'long-0', 'long-30', 'nested', 'too-nested', 'in-circle'];
  return ['circles and limits', items(...flags, round), asked.map((key) => [key, key, { user: 'u1' }])];
}

const needs = (key: string, asked: string): Flag =>
  flag(key, { prerequisites: [{ flag: asked, variants: ['on'] }], fallthrough: on });

const chain = (name: string, levels: number): Flag[] =>
  Array.from({ length: levels }, (_, level) => needs(`${name}-${level}`, `${name}-${level + 1}`)).concat(
    flag(`${name}-${levels}`, { fallthrough: on }),
  );

const nested = (levels: number): Condition => (levels === 0 ? { all: [] } : { not: nested(levels - 1) });

/** Names that every object of JavaScript inherits are names like any other. */
function names(): Scene {
  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0'];
  const flags = inherited.flatMap((name) => [
    flag(name, {
      variants: parsed('{"NAME": true, "off": false}', name) as Flag['variants'],
      rules: [{ id: name, when: { kind: name, path: [name, name], op: 'is', values: ['yes'] }, serve: { variant: name } }],
    }),
    flagWhen(`kind ${name}`, { kind: name, path: ['key'], op: 'exists' }),
    flagWhen(`attribute ${name}`, { kind: 'user', path: [name], op: 'exists' }),
  ]);
  const askings = inherited.flatMap((name): Asking[] => [
    [`${name}: of a flag, a kind, an attribute`, name, parsed('{"NAME": {"key": "k", "NAME": {"NAME": "yes"}}}', name)],
    [`${name}: which nobody has`, name, {}],
    ...[`kind ${name}`, `attribute ${name}`].map((key): Asking => [`${key}: which nobody has`, key, { user: { key: 'u' } }]),
  ]);
  return ['inherited names', items(...flags), askings];
}

const parsed = (json: string, name: string): unknown => JSON.parse(json.replaceAll('NAME', name));
