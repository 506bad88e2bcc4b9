import { allows, type Preview } from '@taffrail/schema';
import { AppError } from '../changes/app-error.ts';
import type { Command, Order } from '../changes/command.ts';
import type { Deps } from '../deps.ts';
import { checksOf } from '../http/checks.ts';
import { seedOf, type Input } from './asked.ts';
import type { Decision } from './second-person.ts';

/** What a request would do now, with the caller's permissions. */
export function foresee(decision: Decision, { commits }: Deps): Promise<Preview> {
  const { request, waitable } = decision;
  const order = orderFor(decision, waitable.row.command, request.input, undefined);
  return commits.preview({ ...order, actor: request.requestedBy, seed: seedOf(order.scope, request.id) });
}

/** An order of the caller's in the request's project. */
export function orderFor<I>(
  { org, project, caller }: Pick<Decision, 'org' | 'project' | 'caller'>,
  command: Command<I>,
  input: I,
  reason: string | undefined,
): Order<I> {
  const { actor, grants } = caller;
  const may: Order<I>['may'] = (permission, environment) => allows(grants, permission, { project, environment });
  return { scope: { org, project }, command, input, actor, may, reason };
}

/** Looks at what only the whole server can see, as the command's own route does. */
export function checkPlace({ org, project, request, waitable }: Decision, deps: Deps): void {
  waitable.row.check?.({ org, project, ...namesIn(waitable.key, request.input) }, request.input, deps);
}

/** The request with another body for its command, which that command's contract has let through. */
export function withBody(decision: Decision, body: Input): { readonly edited: Decision; readonly reason: string | undefined } {
  const { key, contract } = decision.waitable;
  checksOf(key, contract).body(body);
  const { reason, ...fields } = body;
  const input = { ...namesIn(key, decision.request.input), ...fields };
  return {
    edited: { ...decision, request: { ...decision.request, input } },
    reason: typeof reason === 'string' ? reason : undefined,
  };
}

/** The parts of an input that stand in the command's path: all of them are texts. */
function namesIn(key: string, input: Input): Record<string, string> {
  const names = [...key.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, input[name]] as const);
  return Object.fromEntries(names.filter((named): named is [string, string] => typeof named[1] === 'string'));
}

/** A refusal of what would do something else by now shows what that is. */
export async function withPreview(error: unknown, foreseeNow: () => Promise<Preview>): Promise<unknown> {
  if (!(error instanceof AppError) || error.code !== 'REQUEST_CHANGED') return error;
  const preview = await foreseeNow();
  return new AppError('REQUEST_CHANGED', error.message, { current: { preview } });
}
