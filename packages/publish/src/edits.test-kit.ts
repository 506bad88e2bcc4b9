import type { Condition, Flag, Json, Segment, Serve } from '@taffrail/engine';
import * as fc from 'fast-check';
import type { Edit } from './audience.ts';

/** A small world, so that random documents refer to each other, are removed and come back. */
export const flagKeys = ['alpha', 'beta', 'gamma', 'delta'];
export const segmentKeys = ['early', 'late', 'inner'];
const orgKeys = ['acme', 'berlin', 'cairo', 'Ömega'];
const variants = { yes: true, no: false, spare: 'unused' } satisfies Record<string, Json>;

const names = fc.constantFrom(...orgKeys, 'free', 'pro');
const path = fc.constantFrom(['key'], ['plan'], ['address', 'city']);
const variant = fc.constantFrom('yes', 'no');

const comparison = fc.oneof(
  fc.record(
    {
      kind: fc.constant('org'),
      path,
      op: fc.constant('is'),
      values: fc.array(fc.oneof(names, fc.integer({ max: 3 }), fc.boolean()), { maxLength: 3 }),
      fold: fc.boolean(),
    },
    { requiredKeys: ['kind', 'path', 'op', 'values'] },
  ),
  fc.record({
    kind: fc.constant('org'),
    path,
    op: fc.constantFrom('starts_with', 'less_than', 'exists'),
    values: fc.constant([2]),
  }),
);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  comparison,
  fc.record({ segment: fc.constantFrom(...segmentKeys) }),
  fc.record({ flag: fc.constantFrom(...flagKeys), variants: fc.array(variant, { minLength: 1, maxLength: 2 }) }),
  fc.record({ bucket: fc.record({ kind: fc.constant('org') }), ranges: fc.constant([[0, 50_000]] as const) }),
);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: leaf },
  fc.record({ all: fc.array(leaf, { maxLength: 2 }) }),
  fc.record({ any: fc.array(leaf, { maxLength: 2 }) }),
  fc.record({ not: leaf }),
);

const serve: fc.Arbitrary<Serve> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ variant }) },
  fc.record({
    split: fc.record({ kind: fc.constant('org') }),
    arms: fc.constant([{ ranges: [[0, 30_000]] as const, serve: { variant: 'yes' } }]),
    rest: fc.record({ variant }),
  }),
  fc.record({ switch: fc.array(fc.record({ when: leaf, serve: fc.record({ variant }) }), { maxLength: 2 }) }),
);

const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 2 });

export const flag = (key: string): fc.Arbitrary<Flag> =>
  fc.record(
    {
      key: fc.constant(key),
      type: fc.constant('boolean' as const),
      on: fc.boolean(),
      variants: fc.constant(variants),
      off: fc.constant('no'),
      salt: fc.constantFrom('one', 'two'),
      fallthrough: serve,
      prerequisites: few(fc.record({ flag: fc.constantFrom(...flagKeys), variants: fc.constant(['yes']) })),
      pins: few(fc.record({ kind: fc.constant('org'), variant, keys: few(fc.constantFrom(...orgKeys)) })),
      rules: few(
        fc.record({ id: fc.uuid(), when: condition, serve, note: fc.string() }, { requiredKeys: ['id', 'when', 'serve'] }),
      ),
      metadata: fc.record({ owner: fc.constantFrom('ann', 'bob') }),
    },
    { requiredKeys: ['key', 'type', 'on', 'variants', 'salt', 'fallthrough'] },
  );

export const segment = (key: string): fc.Arbitrary<Segment> =>
  fc.record(
    {
      key: fc.constant(key),
      kind: fc.constant('org'),
      included: few(fc.constantFrom(...orgKeys)),
      excluded: few(fc.constantFrom(...orgKeys)),
      when: condition,
    },
    { requiredKeys: ['key', 'kind'] },
  );

/** An edit of one document; without a line it is removed. */
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.constantFrom(...flagKeys).chain((key) =>
    fc.record({
      sort: fc.constant('f' as const),
      key: fc.constant(key),
      line: fc.option(flag(key), { nil: undefined }),
      client: fc.boolean(),
    }),
  ),
  fc
    .constantFrom(...segmentKeys)
    .chain((key) =>
      fc.record({ sort: fc.constant('s' as const), key: fc.constant(key), line: fc.option(segment(key), { nil: undefined }) }),
    ),
);

/** The edits of one commit: each document at most once. */
export const commit: fc.Arbitrary<Edit[]> = fc.uniqueArray(edit, {
  selector: ({ sort, key }) => `${sort} ${key}`,
  minLength: 1,
  maxLength: 3,
});
