import type { RequestDocument } from '@taffrail/schema';
import type { Deps } from '../deps.ts';
import type { Caller } from '../http/route.ts';
import { personBehind } from './authors.ts';
import { isPending } from './status.ts';
import { hurdleFor, hurdleOfAuthors, lackingPermission, type Decision } from './second-person.ts';

/** What the caller may do with a request, and why they may not approve or review it. */
export function yoursOf(decision: Decision, deps: Deps) {
  const { org, request, caller } = decision;
  if (!isPending(request)) return nothing;
  const isOpen = request.status === 'open';
  const hurdle = hurdleFor(decision, deps);
  const refusal = hurdle ?? (isOpen ? hurdleOfAuthors(decision, deps) : undefined);
  return {
    approve: isOpen && refusal === undefined,
    reject: isOpen && hurdle === undefined,
    edit: isOpen && lackingPermission(decision, caller.grants) === undefined,
    withdraw: isOpen && isAuthor(request, caller, org, deps),
    review: request.status === 'emergency' && hurdle === undefined,
    ...(refusal && { sentence: refusal.message }),
  };
}

/** What can be done with a request that is closed, or not known. */
export const nothing = { approve: false, reject: false, edit: false, withdraw: false, review: false };

/** Whether the person behind a caller had a hand in a request. */
export function isAuthor({ authors }: RequestDocument, caller: Caller, org: string, deps: Deps): boolean {
  const own = personBehind(caller, org, deps);
  return authors.some(({ person }) => person === own);
}
