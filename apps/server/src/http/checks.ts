import { commandQuery, pathParameters, strict, type Contract, type ContractKey, type Mistake } from '@taffrail/schema';
import { queryValidator, validator } from '@taffrail/schema/validate';
import { refuseMistakes } from '../changes/mistakes.ts';

/** What a contract accepts. Everything that is wrong is said at once. */
export interface Checks {
  /** The parameters below the place that admission has looked at, with numbers read. */
  params(params: Readonly<Record<string, string>>): Readonly<Record<string, unknown>>;
  query(query: object): Readonly<Record<string, unknown>>;
  body(body: unknown): unknown;
}

/** These are looked up by admission: a name that cannot exist simply does not. */
const places: ReadonlySet<string> = new Set(['org', 'project', 'environment']);

/** The checks of a contract; their validators are compiled when they are first used. */
export function checksOf(key: ContractKey, contract: Contract): Checks {
  const checkParams = queryValidator(paramsSchema(key));
  const checkQuery = queryValidator(querySchema(contract));
  const checkBody = validator(contract.body ?? strict({}));
  return {
    params: (params) => checked({ ...params }, checkParams, '/params'),
    query: (query) => checked({ ...query }, checkQuery, '/query'),
    body: (body) => checked(body ?? {}, checkBody, '/body'),
  };
}

function checked<T>(value: T, check: (value: unknown, at: string) => readonly Mistake[], at: string): T {
  const mistakes = check(value, at);
  refuseMistakes(mistakes);
  return value;
}

/** An object of these members and no others. */
const only = (properties: Readonly<Record<string, TSchema>>, required: readonly string[]): TSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

function paramsSchema(key: ContractKey): TSchema {
  const names = [...key.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return only(Object.fromEntries(names.map((name) => [name, paramSchema(name)])), names);
}

const paramSchema = (name: string): TSchema => (places.has(name) ? undefined : pathParameters[name]) ?? { type: 'string' };

interface Members {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
}

function querySchema({ query, command }: Contract): TSchema {
  const { properties = {}, required = [] }: Members = query ?? {};
  return only(command ? { ...properties, ...commandQuery } : properties, required);
}

type TSchema = NonNullable<Contract['body']>;
