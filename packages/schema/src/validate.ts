import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { TSchema } from 'typebox';
import type { Mistake } from './problem.ts';
import { namedSchemas } from './rules.ts';
import { inWords } from './validate/in-words.ts';
import { isLarge } from './validate/size.ts';

export { nearest } from './validate/nearest.ts';

/** A list of mistakes long enough to work through; a body made of mistakes does not become an answer made of them. */
const mostMistakes = 50;

/** Checks a value and says everything that is wrong with it; an empty list means that it fits. `at` is where the value stands. */
export type Validator = (value: unknown, at?: string) => readonly Mistake[];

const { validate: isWritten } = fullFormats['date-time'] as { readonly validate: (text: string) => boolean };
/** The years 0 to 9999 in UTC: before and after them a `Date` is not written as RFC 3339 has it. */
const [firstMs, endMs] = [Date.parse('0000-01-01T00:00:00Z'), Date.UTC(10_000, 0)];

/** RFC 3339 also writes leap seconds, which no `Date` holds: by them nothing is ever over, and answers cannot be written. */
function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  return isWritten(text) && ms >= firstMs && ms < endMs;
}

const shared: Options = {
  strict: true,
  strictTypes: false,
  strictRequired: false,
  verbose: true,
  messages: false,
  formats: { 'date-time': isInstant, date: fullFormats.date, email: fullFormats.email, uri: fullFormats.uri },
  schemas: namedSchemas,
};

/**
 * Checks JSON bodies. Nothing is coerced, filled in or removed. The first look stops at the first mistake, so that a right
 * body is cheap and a hostile one cannot be made expensive; only then are all mistakes looked for.
 */
export function validator(schema: TSchema): Validator {
  const fits = lazily(schema, shared);
  const judges = lazily(schema, { ...shared, allErrors: true });
  return (value, at = '') => {
    const first = fits();
    if (first(value)) return [];
    const judge = isLarge(value) ? first : judges();
    if (judge !== first) judge(value);
    return inWords(judge.errors ?? [], at).slice(0, mostMistakes);
  };
}

/** Checks a query string's object and turns its texts into the numbers and booleans that the schema asks for, in place. */
export function queryValidator(schema: TSchema): Validator {
  const judges = lazily(schema, { ...shared, allErrors: true, coerceTypes: true });
  return (value, at = '') => {
    const judge = judges();
    return judge(value) ? [] : inWords(judge.errors ?? [], at).slice(0, mostMistakes);
  };
}

const instances = new Map<string, Ajv2020>();

/** Compiled when it is first asked for: a server has a hundred schemas and meets a few of them in its first minute. */
function lazily(schema: TSchema, options: Options): () => ValidateFunction {
  let compiled: ValidateFunction | undefined;
  return () => (compiled ??= instanceOf(options).compile(schema));
}

function instanceOf(options: Options): Ajv2020 {
  const name = `${options.allErrors}/${options.coerceTypes}`;
  const instance = instances.get(name) ?? new Ajv2020(options);
  instances.set(name, instance);
  return instance;
}
