import type { RequestDocument } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { Deps } from '../deps.ts';
import type { Caller } from '../http/route.ts';

/** Somebody who had a hand in a request. */
export type Author = RequestDocument['authors'][number];

/** The id of the person behind a caller, whatever they call with: for a service token, of who answers for it. */
export function personBehind({ actor, personId }: Caller, org: string, { commits }: Pick<Deps, 'commits'>): string | undefined {
  return personId ?? commits.state({ org }).get('token', actor.id)?.body.createdBy;
}

/** Who asks for something. Refuses a token that nobody answers for: then nobody could be told from a second person. */
export function authorOf(caller: Caller, org: string, deps: Pick<Deps, 'commits' | 'identity'>): Author {
  const person = deps.identity.people.byId(personBehind(caller, org, deps) ?? '');
  if (person !== undefined) return { person: person.id, name: person.name };
  return fail('SECOND_PERSON', `Nobody is known who answers for ${caller.actor.name}. Create another token and ask with that.`);
}
