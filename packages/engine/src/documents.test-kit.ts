import * as fc from 'fast-check';
import type { Arm, Bucketing, Condition, Context, Flag, Json, Range, Segment, Serve } from './index.ts';

/** Names of a small world, so that random documents refer to each other; some are names that every object inherits. */
export const keys = ['alpha', 'beta', 'gamma', '__proto__', 'constructor', 'toString'] as const;
const key = fc.constantFrom(...keys);
const kind = fc.constantFrom('user', 'org', '__proto__');
const path = fc.constantFrom(
  ['key'],
  ['plan'],
  ['constructor'],
  ['__proto__'],
  ['length'],
  ['deep', 'er'],
  ['deep', 'constructor'],
);
const text = fc.constantFrom('acme', 'free', 'pro', 'Pro', '1.2.3', '10.0.0.1', '2026-01-01T00:00:00Z', '__proto__', '');
const scalar = fc.oneof(text, fc.integer({ min: -1, max: 3 }), fc.boolean());
const variant = fc.constantFrom('on', 'off', '__proto__');

const op = fc.constantFrom(
  'is',
  'is',
  'starts_with',
  'contains',
  'glob',
  'less_than',
  'before',
  'exists',
  'version_after',
  'in_range',
  'in_network',
  'matches',
  'is_hashed',
  'from_the_future',
);

const range: fc.Arbitrary<Range> = fc.tuple(fc.nat(100_000), fc.nat(100_000)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
const bucketing: fc.Arbitrary<Bucketing> = fc.record(
  { kind, path, salt: text, hash: fc.constant('from_the_future') },
  { requiredKeys: ['kind'] },
);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      {
        kind,
        path,
        op,
        values: fc.array(scalar, { maxLength: 3 }),
        match: fc.constantFrom('any', 'all', 'none'),
        fold: fc.boolean(),
        missing: fc.constantFrom('unknown', 'false', 'negated', 'null'),
        hashed: fc.constant('salt'),
      },
      { requiredKeys: ['kind', 'path', 'op', 'values'] },
    ),
  },
  fc.record({ segment: key }),
  fc.record({ flag: key, variants: fc.array(variant, { maxLength: 2 }) }),
  fc.record({ time: fc.oneof(fc.record({ before: fc.constant(0) }), fc.record({ after: fc.constant('2020-01-01T00:00:00Z') })) }),
  fc.record({ bucket: bucketing, ranges: fc.array(range, { maxLength: 2 }) }),
);

export const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
})).condition;

const arm = (serve: fc.Arbitrary<Serve>): fc.Arbitrary<Arm> => fc.record({ ranges: fc.array(range, { maxLength: 2 }), serve });

const serve: fc.Arbitrary<Serve> = fc.letrec<{ serve: Serve }>((tie) => ({
  serve: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.record({ variant }),
    fc.constant({ codeDefault: true as const }),
    fc.record(
      { split: bucketing, arms: fc.array(arm(tie('serve')), { maxLength: 3 }), rest: tie('serve') },
      { requiredKeys: ['split', 'arms'] },
    ),
    fc.record({ switch: fc.array(fc.record({ when: condition, serve: tie('serve') }), { maxLength: 2 }) }),
  ),
})).serve;

const variants = fc.constant(JSON.parse('{"on":true,"off":false,"__proto__":{"deep":["value"]}}') as Flag['variants']);

export const flag: fc.Arbitrary<Flag> = fc.record(
  {
    key,
    type: fc.constantFrom('boolean', 'json'),
    on: fc.boolean(),
    variants,
    off: variant,
    salt: text,
    fallthrough: serve,
    prerequisites: fc.array(
      fc.record({ flag: key, variants: fc.array(variant, { maxLength: 2 }), unmet: fc.constantFrom('off', 'codeDefault') }),
      { maxLength: 1 },
    ),
    pins: fc.array(fc.record({ kind, variant, keys: fc.array(text, { maxLength: 3 }) }), { maxLength: 2 }),
    rules: fc.array(
      fc.record(
        { id: fc.uuid(), when: condition, serve, onMiss: fc.record({ stop: serve }) },
        { requiredKeys: ['id', 'when', 'serve'] },
      ),
      { maxLength: 3 },
    ),
    needs: fc.array(fc.constantFrom('op:from_the_future', 'hash:from_the_future', 'from_the_future'), { maxLength: 1 }),
    metadata: fc.record({ owner: text }),
  },
  { requiredKeys: ['key', 'type', 'on', 'variants', 'salt', 'fallthrough'] },
);

export const segment: fc.Arbitrary<Segment> = fc.record(
  { key, kind, included: fc.array(text, { maxLength: 3 }), excluded: fc.array(text, { maxLength: 3 }), when: condition },
  { requiredKeys: ['key', 'kind'] },
);

const unique = <T extends { key: string }>(document: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.uniqueArray(document, { selector: ({ key: name }) => name, maxLength: 5 });

/** The flags and segments of one environment. */
export const documents: fc.Arbitrary<(Flag | Segment)[]> = fc
  .tuple(unique(flag), unique(segment))
  .map(([flags, segments]) => [...flags, ...segments]);

const attributes = fc.dictionary(
  fc.constantFrom('plan', 'constructor', '__proto__', 'length', 'deep'),
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.constant(null),
    fc.constant({ er: 'pro', constructor: 1 }),
  ) as fc.Arbitrary<Json>,
);
const entity = fc.oneof(
  text,
  fc.tuple(text, attributes).map(([name, rest]) => ({ ...rest, key: name })),
);

/** Contexts of that world. */
export const context: fc.Arbitrary<Context> = fc.dictionary(kind, entity);

/** Any text: any UTF-16 units, whole characters of any length and lone surrogates among them. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.integer({ max: 0x7f, min: 0 }), fc.integer({ max: 0xffff, min: 0 }), fc.constantFrom(0xd83d, 0xde80)), {
    maxLength: 40,
  })
  .map((units) => String.fromCharCode(...units));
