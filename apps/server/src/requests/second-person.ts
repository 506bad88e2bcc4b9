import { allows, type Grant, type Permission, type RequestDocument } from '@taffrail/schema';
import { AppError } from '../changes/app-error.ts';
import type { Deps } from '../deps.ts';
import type { Caller } from '../http/route.ts';
import { grantsOf } from '../members/membership.ts';
import { sameMailbox } from '../members/same-email.ts';
import { placesOf, type Waitable } from './waitable.ts';

type Facts = Pick<Deps, 'commits' | 'identity' | 'storage'>;

/** A request, the command that waits in it, and who would decide about it. */
export interface Decision {
  readonly org: string;
  readonly project: string;
  readonly request: RequestDocument;
  readonly waitable: Waitable;
  readonly caller: Caller;
}

type Hurdle = (decision: Decision, facts: Facts) => AppError | undefined;

/**
 * What keeps somebody from being the second person. Who somebody is goes by the person, whatever session or token they come with, and
 * counts at this moment: what they were when it was asked for does not.
 */
const hurdles: readonly Hurdle[] = [
  ({ caller }) =>
    caller.personId === undefined
      ? new AppError('SECOND_PERSON', 'A service token is nobody: a person must look at this. Sign in, or use a personal token.')
      : undefined,
  ({ request, caller }) =>
    request.authors.some(({ person }) => person === caller.personId)
      ? new AppError('SECOND_PERSON', 'You had a hand in this yourself. Somebody else must look at it.')
      : undefined,
  ({ request, caller }, { identity }) => {
    const mailbox = (person: string) => identity.people.byId(person)?.email ?? '';
    const own = mailbox(caller.personId ?? '');
    const same = request.authors.find(({ person }) => sameMailbox(mailbox(person), own));
    return same && new AppError('SECOND_PERSON', `You and ${same.name} have one mailbox. Somebody else must look at it.`);
  },
  ({ org, request, caller }, { commits }) => {
    const joinedAt = commits.state({ org }).get('member', caller.personId ?? '')?.body.joinedAt ?? '';
    const isNew = joinedAt >= request.requestedAt;
    return isNew
      ? new AppError('SECOND_PERSON', 'You joined after this was asked for. Somebody who was here before must look at it.')
      : undefined;
  },
  (decision) => lackingPermission(decision, decision.caller.grants),
];

/** Why somebody may not decide about a request; undefined if they may. */
export function hurdleFor(decision: Decision, facts: Facts): AppError | undefined {
  for (const hurdle of hurdles) {
    const refusal = hurdle(decision, facts);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Two people stand behind what is approved: one who asked for it must still be allowed to do it. */
export function hurdleOfAuthors(decision: Decision, { storage }: Facts): AppError | undefined {
  const { authors } = decision.request;
  const isHeld = authors.some(({ person }) => !lackingPermission(decision, grantsOf(storage, decision.org, person)));
  if (isHeld) return undefined;
  const names = authors.map(({ name }) => name).join(', ');
  return new AppError('SECOND_PERSON', `${names} may no longer do this. Somebody who may must edit it, or ask for it anew.`);
}

/** Whether grants let somebody do what the request asks for, wherever it does it. */
export function lackingPermission(
  { project, request, waitable }: Omit<Decision, 'caller'>,
  grants: readonly Grant[],
): AppError | undefined {
  const permission = waitable.contract.permission as Permission;
  const places = [...placesOf(waitable.row, request.input), ...request.environments];
  const lacking = places.filter((environment) => !allows(grants, permission, { project, environment }));
  if (lacking.length === 0) return undefined;
  return new AppError('FORBIDDEN', `This needs the permission ${permission} in ${lacking[0] ?? project}. Ask an admin for it.`);
}
