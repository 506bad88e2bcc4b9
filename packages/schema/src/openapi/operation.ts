import type { TSchema } from 'typebox';
import type { Contract, ContractKey } from '../contract.ts';
import { preview } from '../changes.ts';
import { commandQuery } from '../command-query.ts';
import { pathParameters } from '../parameters.ts';
import { problems, type ProblemCode } from '../problem.ts';
import { plain } from './plain.ts';

/** One operation of the document. */
export function operationOf(key: ContractKey, contract: Contract) {
  return {
    operationId: contract.operation,
    summary: contract.summary,
    description: needs(contract),
    tags: [tagOf(key)],
    security: securityOf(contract),
    parameters: [...inPath(key), ...inQuery(contract), ...(contract.command ? ofCommands : [])],
    ...(contract.body && { requestBody: { required: true, content: { 'application/json': { schema: plain(contract.body) } } } }),
    responses: { 200: success(contract), ...failures(contract) },
  };
}

function securityOf({ permission }: Contract): readonly object[] {
  if (permission === 'public') return [];
  return permission === 'sdk-key' ? [{ sdkKey: [] }] : [{ token: [] }, { session: [] }];
}

const needs = ({ permission }: Contract): string => {
  if (permission === 'sdk-key') return 'Wants an SDK key, which leads to exactly one environment.';
  if (permission === 'public') return 'Anyone may call this.';
  if (permission === 'signed-in') return 'Wants a session or a token.';
  return `Wants the permission \`${permission}\`.`;
};

/** The noun that the path is about: its first fixed part below the organization, project or environment. */
function tagOf(key: string): string {
  const parts = key.split('/').slice(1);
  const below = parts.slice(Math.max(...scopes.map((scope) => parts.indexOf(scope))) + 1);
  return [...below, ...parts].find((part) => !part.startsWith(':')) ?? 'server';
}
const scopes = [':org', ':project', ':environment'];

const inPath = (key: string) =>
  [...key.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: plain(pathParameters[name] ?? { type: 'string' }),
  }));

function inQuery({ query }: Contract) {
  const { properties = {}, required = [] }: { properties?: Record<string, TSchema>; required?: readonly string[] } = query ?? {};
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: plain(schema),
  }));
}

const ofCommands = [
  ...Object.entries(commandQuery).map(([name, schema]) => {
    const { description, ...rest } = plain(schema) as { description?: string };
    return { name, in: 'query', required: false, description, schema: rest };
  }),
  {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The revision of the document that was edited, in quotes. Refused with CONFLICT if it has changed since.',
    schema: { type: 'string', pattern: '^"[0-9]+"$' },
  },
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'A retry with the same key answers what the first one did. Kept for a day.',
    schema: { type: 'string', minLength: 1, maxLength: 128 },
  },
];

function success({ command, media = 'application/json', response }: Contract) {
  const schema = command ? { anyOf: [plain(response), plain(preview)] } : plain(response);
  return { description: command ? 'Committed, or previewed' : 'Done', content: { [media]: { schema } } };
}

/** Problems grouped by status, each with its codes. */
function failures({ errors, ...contract }: Contract): Record<string, object> {
  const codes = new Set<ProblemCode>([...errors, ...usual(contract)]);
  const grouped: Record<string, object> = {};
  for (const status of new Set([...codes].map((code) => problems[code].status))) {
    const here = [...codes].filter((code) => problems[code].status === status);
    grouped[status] = {
      description: here.map((code) => `${code}: ${problems[code].title}`).join('; '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return grouped;
}

function usual({ permission, body, command }: Pick<Contract, 'permission' | 'body' | 'command'>): ProblemCode[] {
  return [
    'BAD_REQUEST',
    'INVALID',
    ...(command ? (['APPROVAL_NEEDED'] as const) : []),
    'TOO_MANY_REQUESTS',
    'INTERNAL',
    ...(body ? (['TOO_LARGE', 'NOT_JSON'] as const) : []),
    ...(permission === 'public' ? [] : (['NOT_SIGNED_IN', 'KEY_REJECTED', 'FORBIDDEN', 'NOT_FOUND'] as const)),
  ];
}
