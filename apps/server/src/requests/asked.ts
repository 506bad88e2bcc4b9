import type { Actor, RequestDocument } from '@taffrail/schema';
import type { Applied, Command, Occasion, State } from '../changes/command.ts';
import type { Scope } from '../changes/document.ts';
import { idsDrawnFrom } from '../changes/drawn-ids.ts';
import { editsIn } from '../changes/edits.ts';
import { environmentsOf } from '../environments/find.ts';

/** A command's input: JSON by name, as its contract's schemas have let it through. */
export type Input = RequestDocument['input'];

/** What somebody asked for, and where it stands among the requests of its project. */
export interface Asked {
  readonly command: Command<Input>;
  readonly input: Input;
  /** The request's. */
  readonly id: string;
  /** Who asked: what is done is done in their name, as if it had been done at once, but with the permissions of who approves it. */
  readonly actor: Actor;
}

/** The id of the request that the next commit makes: its revision. */
export function nextRequestId({ revision }: State): string {
  return String(revision + 1);
}

/** What ids are drawn from, so that a request makes the same thing whenever it is applied. */
export function seedOf({ org, project = '' }: Scope, id: string): string {
  return [org, project, 'request', id].join('\n');
}

/** What a request does to a state. */
export function applyAsked(state: State, { command, input, id, actor }: Asked, occasion: Occasion): Applied {
  const own = { ...occasion, actor, newId: idsDrawnFrom(seedOf(state.scope, id)) };
  return { state, occasion: own, outcome: command.apply(state, input, own), action: command.action };
}

/** The environments that an applied command concerns: those it writes to, and those where a flag or segment becomes another. */
export function environmentsOfEffect({ state, outcome: { write } }: Applied): string[] {
  const next = state.after(write);
  const isConcerned = (environment: string) =>
    write.some(({ sort, key, environment: place }) => place === environment || (sort === 'environment' && key === environment)) ||
    editsIn(state, next, environment, write).edited.length > 0;
  return environmentsOf(next)
    .map(({ key }) => key)
    .filter(isConcerned);
}
