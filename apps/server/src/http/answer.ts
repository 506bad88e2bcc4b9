import { allows, contracts, limits, type Contract, type Operation, type Permission } from '@taffrail/schema';
import type { Request, RequestHandler } from 'express';
import type { Deps } from '../deps.ts';
import { admit } from './admission.ts';
import type { Allowance } from './allowance.ts';
import { checksOf } from './checks.ts';
import { addressOfClient } from './client-address.ts';
import { obey } from './order.ts';
import { readJson } from './read-json.ts';
import { sendJson } from './send-json.ts';
import type { Reads } from '../changes/seen.ts';
import type { Call, Caller, Route } from './route.ts';

/** Answers the calls of one route: who, where, may they, what exactly; then the command or the handler. */
export function answer(row: Route, deps: Deps, callers: Allowance): RequestHandler {
  const contract: Contract = contracts[row.key];
  const checks = checksOf(row.key, contract);
  const named = row.command?.environments;
  const admitted = (request: Request, environments?: readonly string[]) =>
    admit(request, { contract, params: request.params as Record<string, string>, environments }, deps);
  const path = `/api/v1${row.key.slice(row.key.indexOf(' ') + 1)}`;
  return async (request, response) => {
    response.locals['route'] = path;
    const { actor } = admitted(request, named && []);
    callers.take(contract.permission === 'public' ? addressOfClient(request) : actor.id, deps.clock().getTime());
    const raw = await readJson(request, contract.bodyLimitBytes ?? limits.managementBodyBytes);
    const params = checks.params(request.params as Record<string, string>);
    const query = checks.query(request.query);
    const body = checks.body(raw);
    // Once more: the role may have been taken while the body was on its way.
    const caller = admitted(request, named?.(body));
    const reads = readsOf(caller, contract, request.params as Record<string, string>);
    const call = { params, query, body, caller, reads, now: deps.clock(), request, response };
    const result = row.command
      ? await obey(row.command, call as Parameters<typeof obey>[1], deps)
      : await row.handler?.(call as unknown as Call<Operation>, deps);
    if (result !== undefined) await sendJson(request, response, result);
  };
}

function readsOf({ grants }: Caller, { permission }: Contract, { project }: Readonly<Record<string, string>>): Reads {
  return (environment) => allows(grants, permission as Permission, { project, environment });
}
