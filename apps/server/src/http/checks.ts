import { pathParameters, strict, type Contract, type ContractKey, type Mistake } from '@taffrail/schema';
import { queryValidator, validator } from '@taffrail/schema/validate';
import { Type } from 'typebox';
import { refuseMistakes } from './mistakes.ts';

/** What a contract accepts. Everything that is wrong is said at once. */
export interface Checks {
  /** The parameters below the place that admission has looked at, with numbers read. */
  params(params: Readonly<Record<string, string>>): Readonly<Record<string, unknown>>;
  query(query: object): Readonly<Record<string, unknown>>;
  body(body: unknown): unknown;
}

/** These are looked up by admission: a name that cannot exist simply does not. */
const places: ReadonlySet<string> = new Set(['org', 'project', 'environment']);
const preview = { preview: Type.Optional(Type.Enum(['1', 'true'])) };

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
  if (mistakes.length > 0) refuseMistakes(mistakes);
  return value;
}

function paramsSchema(key: ContractKey) {
  const names = [...key.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return strict(
    Object.fromEntries(names.map((name) => [name, (places.has(name) ? undefined : pathParameters[name]) ?? Type.String()])),
  );
}

function querySchema({ query, command }: Contract) {
  const { properties = {} }: { properties?: Parameters<typeof strict>[0] } = query ?? {};
  return strict(command ? { ...properties, ...preview } : properties);
}
