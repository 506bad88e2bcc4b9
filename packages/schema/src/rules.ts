import type { Condition, Json, Range, Serve } from '@taffrail/engine';
import { Type, type TSchema } from 'typebox';
import { contextKey, contextKind, flagKey, id, strict, text, variantName } from './atoms.ts';
import { limits } from './limits.ts';

/** A schema known by name, so that recursive shapes and OpenAPI components can refer to it. */
const ref = <T>(name: string) => Type.Unsafe<T>({ $ref: name });

export const json = ref<Json>('Json');
export const condition = ref<Condition>('Condition');
export const serve = ref<Serve>('Serve');

const hashSpace = 100_000;
const range = Type.Unsafe<Range>({
  type: 'array',
  items: Type.Integer({ minimum: 0, maximum: hashSpace }),
  minItems: 2,
  maxItems: 2,
  description: `a half-open slice [from, to) of ${hashSpace} buckets`,
});
const path = Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { minItems: 1, maxItems: 8 });

export const bucketing = strict({
  kind: contextKind,
  path: Type.Optional(path),
  salt: Type.Optional(Type.String({ maxLength: 128 })),
  hash: Type.Optional(Type.String({ maxLength: 64 })),
});

const comparison = strict({
  kind: contextKind,
  path,
  op: Type.String({ maxLength: 64 }),
  values: Type.Optional(Type.Array(json, { maxItems: limits.valuesPerComparison })),
  match: Type.Optional(Type.Enum(['any', 'all', 'none'])),
  fold: Type.Optional(Type.Boolean()),
  missing: Type.Optional(Type.Enum(['unknown', 'false', 'negated', 'null'])),
});

const moment = Type.Union([Type.String({ format: 'date-time' }), Type.Number()]);

/** What stands where no shape was recognised: the description says what may stand there. */
const nothingBut = (description: string): TSchema => ({ not: {}, description });

/** Chooses a shape by the member that is present, so that an error names the real mistake and not every alternative. */
function byMember(shapes: readonly (readonly [member: string, shape: TSchema])[], otherwise: TSchema): TSchema {
  return shapes.reduceRight<TSchema>(
    (rest, [member, shape]) => ({ type: 'object', if: { required: [member] }, then: shape, else: rest }),
    otherwise,
  );
}

const time = byMember(
  [
    ['before', strict({ before: moment })],
    ['after', strict({ after: moment })],
  ],
  nothingBut("an object with 'before' or 'after'"),
);

const conditionShape = byMember(
  [
    ['all', strict({ all: Type.Array(condition, { maxItems: 100 }) })],
    ['any', strict({ any: Type.Array(condition, { maxItems: 100 }) })],
    ['not', strict({ not: condition })],
    ['segment', strict({ segment: flagKey })],
    ['variants', strict({ flag: flagKey, variants: Type.Array(variantName, { minItems: 1 }) })],
    ['time', strict({ time })],
    ['bucket', strict({ bucket: bucketing, ranges: Type.Array(range) })],
  ],
  comparison,
);

const serveShape = byMember(
  [
    ['variant', strict({ variant: variantName })],
    [
      'split',
      strict({
        split: bucketing,
        arms: Type.Array(strict({ ranges: Type.Array(range), serve }), { minItems: 1, maxItems: limits.variantsPerFlag }),
        rest: Type.Optional(serve),
      }),
    ],
    ['switch', strict({ switch: Type.Array(strict({ when: condition, serve }), { maxItems: 100 }) })],
    ['codeDefault', strict({ codeDefault: Type.Literal(true) })],
  ],
  nothingBut("an object with 'variant', 'split', 'switch' or 'codeDefault'"),
);

export const rule = strict({
  id,
  when: condition,
  serve,
  onMiss: Type.Optional(strict({ stop: serve })),
  note: Type.Optional(text),
});
export const pin = strict({
  kind: contextKind,
  variant: variantName,
  keys: Type.Array(contextKey, { maxItems: limits.pinnedKeysPerFlag, uniqueItems: true }),
});
export const prerequisite = strict({
  flag: flagKey,
  variants: Type.Array(variantName, { minItems: 1 }),
  unmet: Type.Optional(Type.Enum(['off', 'codeDefault'])),
});

/** The shapes that others refer to by name; added to every validator and to OpenAPI's components. */
export const namedSchemas: Readonly<Record<string, TSchema>> = {
  Json: Type.Unknown(),
  Condition: conditionShape,
  Serve: serveShape,
};
