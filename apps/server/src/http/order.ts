import { allows, type Committed, type Preview } from '@taffrail/schema';
import type { IncomingMessage } from 'node:http';
import { fail } from '../changes/app-error.ts';
import type { Order } from '../changes/command.ts';
import type { Scope } from '../changes/document.ts';
import type { Deps } from '../deps.ts';
import type { Caller, CommandRoute } from './route.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Commits a command, or with `?preview=1` says what it would do. */
export function obey(
  row: CommandRoute<Fields>,
  call: { params: Fields; query: Fields; body: Fields; caller: Caller; request: IncomingMessage },
  deps: Deps,
): Committed | Promise<Preview> {
  const order = orderOf(row, call);
  row.check?.(call.params as Record<string, string>, order.input, deps);
  return call.query['preview'] === undefined ? deps.commits.commit(order) : deps.commits.preview(order);
}

function orderOf(row: CommandRoute<Fields>, { params, body, caller, request }: Parameters<typeof obey>[1]): Order<Fields> {
  const { org, project, ...below } = params as Record<string, string>;
  const { reason, ...fields } = body as { reason?: string };
  const input = { ...(row.scope && project !== undefined && { project }), ...below, ...fields };
  const scope: Scope = row.scope?.(org ?? '', input) ?? { org: org ?? '', project };
  return {
    scope,
    command: row.command,
    input,
    actor: caller.actor,
    may: (permission, environment) => allows(caller.grants, permission, { project: scope.project, environment }),
    reason,
    ifMatch: ifMatchOf(row, request, params as Record<string, string>),
    idempotencyKey: idempotencyKeyOf(request),
  };
}

function ifMatchOf({ document }: CommandRoute<Fields>, { headers }: IncomingMessage, params: Record<string, string>) {
  const header = headers['if-match'];
  if (header === undefined) return undefined;
  const [, revision] = /^"(\d{1,15})"$/.exec(header) ?? [];
  if (revision === undefined) fail('BAD_REQUEST', `If-Match must be the document's revision in quotes, such as "42".`);
  if (!document) fail('BAD_REQUEST', 'This change concerns no single document, so If-Match cannot be obeyed. Leave it out.');
  return { id: document(params), revision: Number(revision) };
}

function idempotencyKeyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && !/^[\x21-\x7e]{1,128}$/.test(key)) {
    fail('BAD_REQUEST', 'Idempotency-Key must have 1 to 128 visible characters.');
  }
  return typeof key === 'string' ? key : undefined;
}
