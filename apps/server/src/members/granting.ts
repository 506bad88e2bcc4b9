import { mayGive, type Actor, type Grant } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';

/** What an actor holds in the organization. The server itself, and who has its shell, hold everything. */
function heldBy(state: State, actor: Actor): readonly Grant[] {
  if (actor.type === 'member') return state.get('member', actor.id)?.body.grants ?? [];
  if (actor.type === 'service') return state.get('token', actor.id)?.body.grants ?? [];
  return [{ role: 'owner' }];
}

/** Refuses grants beyond the actor's own. Asked inside the transaction, so that nobody gives what they have just lost. */
export function refuseBeyond(state: State, actor: Actor, grants: readonly Grant[]): void {
  const held = heldBy(state, actor);
  const beyond = grants.find((grant) => !mayGive(held, grant));
  if (beyond) fail('FORBIDDEN', `You cannot decide about ${inWords(beyond)}: it is more than you have.`);
}

/** A grant as a sentence says it: `editor in shop/production`. */
const inWords = ({ role, project, environment }: Grant): string =>
  project === undefined ? role : `${role} in ${project}${environment === undefined ? '' : `/${environment}`}`;

/** Several grants: `viewer, editor in shop/production`. */
export const allInWords = (grants: readonly Grant[]): string => grants.map(inWords).join(', ');

/** Whether somebody manages the whole organization. */
export const isOwner = (grants: readonly Grant[]): boolean =>
  grants.some(({ role, project }) => role === 'owner' && project === undefined);
