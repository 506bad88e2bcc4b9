import type { ErrorObject } from 'ajv/dist/2020.js';
import { nearest } from './nearest.ts';

type Sentence = (error: ErrorObject) => string;

/** What to say when a keyword of JSON Schema does not hold. */
export const keywords: Readonly<Record<string, Sentence>> = {
  type: ({ schema, data }) => `must be ${typeName(schema)}, not ${kindOf(data)}`,
  anyOf: ({ schema, data }) => `must be ${listOf((schema as Typed[]).map(({ type }) => typeName(type)))}, not ${kindOf(data)}`,
  additionalProperties: ({ params, parentSchema }) => unknownField(String(params['additionalProperty']), parentSchema),
  required: ({ params, parentSchema }) => missingField(String(params['missingProperty']), parentSchema),
  enum: ({ schema, data }) => oneOf(schema as unknown[], data),
  not: ({ parentSchema }) => `must be ${described(parentSchema) ?? 'something else'}`,
  const: ({ schema }) => `must be ${JSON.stringify(schema)}`,
  pattern: ({ schema, parentSchema, data, propertyName }) =>
    `${propertyName === undefined ? `${shown(data)} ` : ''}does not fit: ${described(parentSchema) ?? `it must match ${String(schema)}`}`,
  format: ({ schema }) => `must be ${formats[String(schema)] ?? `a ${String(schema)}`}`,
  minLength: ({ schema }) => (schema === 1 ? 'must not be empty' : `must have at least ${count(schema, 'character')}`),
  maxLength: ({ schema, data }) => `must have at most ${count(schema, 'character')}, and has ${String(data).length}`,
  minimum: ({ schema }) => `must be at least ${String(schema)}`,
  maximum: ({ schema }) => `must be at most ${String(schema)}`,
  multipleOf: ({ schema, parentSchema }) => `must be ${described(parentSchema) ?? `a multiple of ${String(schema)}`}`,
  minItems: ({ schema }) => (schema === 1 ? 'must not be empty' : `must have at least ${count(schema, 'item')}`),
  maxItems: ({ schema, data }) => `must have at most ${count(schema, 'item')}, and has ${(data as unknown[]).length}`,
  uniqueItems: ({ params, data }) => `names ${shown((data as unknown[])[Number(params['i'])])} twice`,
  minProperties: ({ schema }) => (schema === 1 ? 'must not be empty' : `must have at least ${count(schema, 'field')}`),
  maxProperties: ({ schema }) => `must have at most ${count(schema, 'field')}`,
};

type Typed = { readonly type?: unknown };

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const formats: Readonly<Record<string, string>> = {
  'date-time': 'a date and time with its zone, such as 2026-11-23T12:00:00Z',
  date: 'a date, such as 2026-11-23',
  email: 'an e-mail address',
  uri: 'an address, such as https://example.org/page',
};

const typeName = (type: unknown): string => types[String(type)] ?? 'something else';

function kindOf(data: unknown): string {
  if (data === null) return 'null';
  if (Array.isArray(data)) return 'a list';
  return typeName(typeof data);
}

function unknownField(name: string, parent: unknown): string {
  const known = Object.keys((parent as { properties?: object }).properties ?? {});
  if (known.length === 0) return `there is no field '${name}' here`;
  const meant = nearest(name, known);
  return meant
    ? `there is no field '${name}' here; did you mean '${meant}'?`
    : `there is no field '${name}' here; the fields are ${known.map((field) => `'${field}'`).join(', ')}`;
}

function missingField(name: string, parent: unknown): string {
  const hint = described((parent as { properties?: Record<string, unknown> }).properties?.[name]);
  return `is missing${hint ? `: ${hint}` : ''}`;
}

function oneOf(values: readonly unknown[], data: unknown): string {
  const meant = typeof data === 'string' ? nearest(data, values.map(String)) : undefined;
  return `must be ${listOf(values.map(shown))}, not ${shown(data)}${meant ? `; did you mean '${meant}'?` : ''}`;
}

const described = (schema: unknown): string | undefined => (schema as { description?: string } | undefined)?.description;

/** A value as a sentence quotes it. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const listOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const count = (bound: unknown, noun: string): string => `${String(bound)} ${noun}${bound === 1 ? '' : 's'}`;
