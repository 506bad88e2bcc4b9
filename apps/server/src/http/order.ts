import { allows, type Committed, type commandQuery, type Preview } from '@taffrail/schema';
import type { IncomingMessage } from 'node:http';
import { fail } from '../changes/app-error.ts';
import type { Order } from '../changes/command.ts';
import type { Scope } from '../changes/document.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import type { Deps } from '../deps.ts';
import type { Input } from '../requests/asked.ts';
import { authorOf as authorBehind } from '../requests/authors.ts';
import { ask, inEmergency } from '../requests/making.ts';
import { mayWait } from '../requests/waitable.ts';
import type { Caller, CommandRoute } from './route.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Commits a command; or does with it what the address asks for instead. */
export async function obey(row: CommandRoute<Fields>, call: CommandCall, deps: Deps): Promise<Committed | Preview> {
  const order = orderOf(row, call);
  row.check?.(call.params as Record<string, string>, order.input, deps);
  const way = ways.find(({ asked }) => call.query[asked] !== undefined);
  return way === undefined ? deps.commits.commit(order) : way.go(order, { row, call, deps });
}

interface CommandCall {
  readonly params: Fields;
  readonly query: Fields;
  readonly body: Fields;
  readonly caller: Caller;
  readonly request: IncomingMessage;
}

interface Circumstances {
  readonly row: CommandRoute<Fields>;
  readonly call: CommandCall;
  readonly deps: Deps;
}

/** What may be done with a command but committing it. The first that the address asks for is done. */
const ways: readonly {
  readonly asked: keyof typeof commandQuery;
  go(order: Order<Fields>, circumstances: Circumstances): Committed | Promise<Committed | Preview>;
}[] = [
  { asked: 'preview', go: (order, { deps }) => deps.commits.preview(order) },
  { asked: 'request', go: (order, around) => ask(around.deps.commits, waiting(order, around), authorOf(around, order)) },
  { asked: 'emergency', go: commitInEmergency },
];

function commitInEmergency(order: Order<Fields>, around: Circumstances): Committed {
  const { reason } = order;
  if (reason === undefined)
    refuseMistakes([{ at: '/query/reason', message: 'is missing: an emergency is reviewed, so say why' }]);
  const { command, ...rest } = waiting(order, around);
  return around.deps.commits.commit({ ...rest, command: inEmergency(command, { author: authorOf(around, order), reason }) });
}

const authorOf = ({ call, deps }: Circumstances, { scope }: Order<Fields>) => authorBehind(call.caller, scope.org, deps);

/** An order that may wait. Its input came through the contract's schemas, so it is JSON. */
function waiting(order: Order<Fields>, { row }: Circumstances): Order<Input> {
  if (mayWait(row, order.scope.project !== undefined)) return order as unknown as Order<Input>;
  return fail('INVALID', 'Only what changes a project waits for a second person. Leave request and emergency out.');
}

function orderOf(row: CommandRoute<Fields>, { params, query, body, caller, request }: CommandCall): Order<Fields> {
  const { org, project, ...below } = params as Record<string, string>;
  const { reason = query['reason'] as string | undefined, ...fields } = body as { reason?: string };
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
