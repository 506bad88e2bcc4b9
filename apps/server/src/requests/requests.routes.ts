import { allows, type RequestDocument, type RequestRow } from '@taffrail/schema';
import { fail, type AppError } from '../changes/app-error.ts';
import type { Command } from '../changes/command.ts';
import type { Reads } from '../changes/seen.ts';
import type { Deps } from '../deps.ts';
import { route, type Caller, type Route } from '../http/route.ts';
import { authorOf } from './authors.ts';
import { approveRequest, editRequest, rejectRequest, reviewEmergency, withdrawRequest } from './deciding.commands.ts';
import { freshOf, requestRows, requestSeen } from './requests.views.ts';
import { checkPlace, foresee, orderFor, withBody, withPreview } from './reviewing.ts';
import { hurdleFor, hurdleOfAuthors, lackingPermission, type Decision } from './second-person.ts';
import { assertStatus } from './status.ts';
import type { Waitables } from './waitable.ts';
import { isAuthor, nothing, yoursOf } from './yours.ts';

const requests = '/orgs/:org/projects/:project/requests';
const one = `${requests}/:request` as const;

/** The routes of requests, over the commands that may wait. */
export function requestRoutes(waitables: Waitables): readonly Route[] {
  return [
    route(`GET ${requests}`, ({ params: { org, project }, query, reads, now }, { commits }) => {
      const state = commits.state({ org, project });
      return { requests: requestRows(state, reads, now).filter((row) => isAskedFor(row, query)), revision: state.revision };
    }),

    route(`GET ${one}`, (call, deps) => show(call, waitables, deps)),

    route(`PUT ${one}`, async (call, deps) => {
      const { edited, reason } = withBody(decisionOf(call, waitables, deps, 'open'), call.body.body);
      const { request, waitable } = edited;
      refuse(lackingPermission(edited, call.caller.grants));
      checkPlace(edited, deps);
      const author = authorOf(call.caller, edited.org, deps);
      const command = editRequest(waitable, await foresee(edited, deps), author);
      return deps.commits.commit(orderFor(edited, command, { request: request.id, input: request.input, reason }, reason));
    }),

    route(`POST ${one}/approve`, async (call, deps) => {
      try {
        return deps.storage.transact(() => approve(decisionOf(call, waitables, deps, 'open'), call.body, deps));
      } catch (error) {
        throw await withPreview(error, () => foresee(decisionOf(call, waitables, deps, 'open'), deps));
      }
    }),

    route(`POST ${one}/reject`, (call, deps) =>
      deps.storage.transact(() => decide(rejectRequest, decisionOf(call, waitables, deps, 'open'), call.body, deps)),
    ),
    route(`POST ${one}/review`, (call, deps) =>
      deps.storage.transact(() => decide(reviewEmergency, decisionOf(call, waitables, deps, 'emergency'), call.body, deps)),
    ),
    route(`POST ${one}/withdraw`, (call, deps) => withdraw(call, call.body, deps)),
  ];
}

interface RequestCall {
  readonly params: { readonly org: string; readonly project: string; readonly request: string };
  readonly caller: Caller;
  readonly now: Date;
}

interface Reasoned {
  readonly reason?: string | undefined;
}

interface Deciding extends Reasoned {
  readonly request: string;
}

interface Query {
  readonly status?: string | undefined;
  readonly environment?: string | undefined;
}

function isAskedFor({ status, environments }: RequestRow, query: Query): boolean {
  const isOfStatus = query.status === undefined || query.status === status;
  return isOfStatus && (query.environment === undefined || environments.includes(query.environment));
}

async function show(call: RequestCall & { readonly reads: Reads }, waitables: Waitables, deps: Deps) {
  const request = requestSeen(deps.commits.state(scopeOf(call)), call.params.request, call.reads, call.now);
  const { revision } = deps.commits.state(scopeOf(call));
  const waitable = waitables(request.command);
  if (waitable === undefined) return { request, revision, yours: { ...nothing, sentence: unknown(request) } };
  const decision = { ...scopeOf(call), request, waitable, caller: call.caller };
  const yours = yoursOf(decision, deps);
  const now = request.status === 'open' ? await freshOf(request, () => foresee(decision, deps)) : undefined;
  return { request, revision, ...(now && { now }), yours };
}

/** Within one transaction: who may, what it would do now, and doing it. */
function approve(decision: Decision, { digest, reason }: Reasoned & { readonly digest: string }, deps: Deps) {
  refuse(hurdleFor(decision, deps) ?? hurdleOfAuthors(decision, deps));
  checkPlace(decision, deps);
  const { request, waitable } = decision;
  const order = orderFor(decision, approveRequest(waitable), { request: request.id, digest, reason }, reason ?? request.reason);
  return deps.commits.commit(order);
}

function decide(command: Command<Deciding>, decision: Decision, { reason }: Reasoned, deps: Deps) {
  refuse(hurdleFor(decision, deps));
  return deps.commits.commit(orderFor(decision, command, { request: decision.request.id, reason }, reason));
}

function withdraw(call: RequestCall, { reason }: Reasoned, deps: Deps) {
  const request = requestOf(call, deps);
  if (!isAuthor(request, call.caller, call.params.org, deps)) {
    fail('FORBIDDEN', 'Only who asked for it may withdraw it. Reject it instead, saying why.');
  }
  const at = { ...scopeOf(call), caller: call.caller };
  return deps.commits.commit(orderFor(at, withdrawRequest, { request: request.id, reason }, reason));
}

/** What is closed may have been erased, so nobody looks into it. */
function decisionOf(call: RequestCall, waitables: Waitables, deps: Deps, wanted: 'open' | 'emergency'): Decision {
  const request = requestOf(call, deps);
  assertStatus(request, wanted, call.now);
  const waitable = waitables(request.command) ?? fail('REQUEST_CLOSED', unknown(request));
  return { ...scopeOf(call), request, waitable, caller: call.caller };
}

function requestOf(call: RequestCall, { commits }: Deps): RequestDocument {
  return requestSeen(commits.state(scopeOf(call)), call.params.request, readsOf(call), call.now);
}

/** Whoever decides about a request must be able to read it, whatever the route itself asks for. */
function readsOf({ params: { project }, caller: { grants } }: RequestCall): Reads {
  return (environment) => allows(grants, 'flag.read', { project, environment });
}

function scopeOf({ params: { org, project } }: RequestCall) {
  return { org, project };
}

/** A command of another version may mean something else, so it is never applied. */
const unknown = ({ command: { name, version } }: RequestDocument): string =>
  `This server does not know the command ${name} in version ${version}. Ask for it anew.`;

function refuse(refusal: AppError | undefined): void {
  if (refusal !== undefined) throw refusal;
}
