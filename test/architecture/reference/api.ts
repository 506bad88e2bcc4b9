import { contracts, ofrepContracts, problems, sdkContracts, type Contract } from '@taffrail/schema';
import { openApi, operationsOf } from '@taffrail/schema/openapi';
import { code, table } from './table.ts';

/** The page of the API, from the contracts that the server, the UI and the CLI are held to. */
export function apiPage(): string {
  return [
    '# The API',
    'Written by `npm run docs` from the contracts. Shapes of bodies and answers: `/api/openapi.json`, or `/api/docs` to read.',
    'Paths are relative to `/api/v1`, those of SDKs to `/`. A route that is a **command** takes `?preview=1`, `If-Match: "<revision>"` and `Idempotency-Key`.',
    ...tags().flatMap((tag) => [`## ${titleOf(tag)}`, routesOf(tag)]),
    '## Problems',
    'Errors are `application/problem+json` with a `code`, a `title` and a `detail` that says what to do.',
    table(
      ['Code', 'Status', 'Says'],
      Object.entries(problems).map(([name, { status, title }]) => [code(name), String(status), title]),
    ),
  ].join('\n\n');
}

const every: Readonly<Record<string, Contract>> = { ...contracts, ...sdkContracts, ...ofrepContracts };
const operations = operationsOf(openApi(''));
const tagOf = (operation: string) => operations.find((listed) => listed.operation.operationId === operation)?.operation.tags[0];
const tags = () => [...new Set(Object.values(every).map(({ operation }) => tagOf(operation) ?? ''))];
const titleOf = (tag: string) => tag.charAt(0).toUpperCase() + tag.slice(1);

function routesOf(tag: string): string {
  const rows = Object.entries(every).filter(([, { operation }]) => tagOf(operation) === tag);
  return table(
    ['Route', '', 'Wants', 'Its own problems'],
    rows.map(([key, { summary, command, permission, errors }]) => [
      code(key),
      summary + (command ? ' (command)' : ''),
      permission,
      errors.map(code).join(' '),
    ]),
  );
}
