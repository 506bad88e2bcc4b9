import type { Actor, Contract, Grant, Permission } from '@taffrail/schema';
import { allows, allowsWithin, sees } from '@taffrail/schema';
import type { IncomingMessage } from 'node:http';
import { fail } from '../changes/app-error.ts';
import type { Deps } from '../deps.ts';
import type { Proof } from '../members/proof.ts';
import { exists } from './exists.ts';
import { refuseForeignPage } from './hosts.ts';
import type { Caller } from './route.ts';

type Params = Readonly<Record<string, string>>;

/** What a request asks to be let in for. */
export interface Wanted {
  readonly contract: Contract;
  readonly params: Params;
  /** The environments that a project's command concerns, if it says; none while its body is still unread. */
  readonly environments?: readonly string[] | undefined;
}

const nobody: Caller = { actor: { type: 'system', id: 'nobody', name: 'Nobody' }, grants: [] };

/**
 * Lets a call in, or refuses it. What the caller may not see is refused with the very words for what does not exist; that they
 * lack a role, only who sees the place is told. Synchronous, so that asking once more just before a commit leaves no gap.
 */
export function admit(request: IncomingMessage, { contract, params, environments }: Wanted, deps: Deps): Caller {
  const proof = deps.identity.prove(request);
  if (!isSafe(request)) refuseForeignPage(request, proof?.via === 'session', deps.config.url);
  if (contract.permission === 'public') return proof ? callerOf(proof, []) : nobody;
  if (!proof) fail('NOT_SIGNED_IN', 'Sign in, or send a personal or service token as a bearer token.');
  if (contract.permission === 'signed-in') return callerOf(proof, []);
  const grants = grantsAt(proof, params, deps);
  const isReading = isSafe(request) && params['project'] !== undefined;
  const admits = isReading ? allowsWithin : allows;
  refuseLackingRole(admits, grants, contract.permission as Permission, params, environments);
  return callerOf(proof, grants);
}

const isSafe = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

function grantsAt(proof: Proof, params: Params, deps: Deps): readonly Grant[] {
  const { org = '', project, environment } = params;
  const grants = deps.identity.grants(proof, org);
  const isSeen = grants.length > 0 && sees(grants, { project, environment });
  const isThere = project === undefined || exists({ org, project, environment }, deps.commits, deps.storage);
  if (!isSeen || !isThere) fail('NOT_FOUND', nothingHere);
  return grants;
}

/** Who may read one environment is let in to read its project; what is answered tells of no other: `Call.reads` says which. */
function refuseLackingRole(
  admits: typeof allows,
  grants: readonly Grant[],
  permission: Permission,
  { project, environment }: Params,
  environments: readonly (string | undefined)[] = [environment],
): void {
  if (environments.every((place) => admits(grants, permission, { project, environment: place }))) return;
  fail('FORBIDDEN', `Your role does not allow this here: it needs the permission ${permission}. Ask an admin for it.`);
}

/** The same for what is hidden and for what is not there. */
export const nothingHere = 'There is nothing here that you may see. Check the address.';

function callerOf(proof: Proof, grants: readonly Grant[]): Caller {
  if (proof.via === 'service') return { actor: { type: 'service', id: proof.tokenId, name: proof.name }, grants };
  const { id, name } = proof.person;
  const actor: Actor = { type: 'member', id, name, ...(proof.via === 'token' && { token: proof.tokenId }) };
  return { actor, personId: id, grants, ...(proof.via === 'session' && { sessionId: proof.sessionId }) };
}
