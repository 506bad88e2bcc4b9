import { nearest } from '@taffrail/schema/validate';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';

/** An environment of the project; refuses an unknown one, naming what was probably meant. */
export function environmentOf(state: State, key: string): Document<'environment'> {
  const found = state.get('environment', key);
  if (found !== undefined) return found;
  const keys = environmentsOf(state).map((environment) => environment.key);
  return fail('NOT_FOUND', `There is no environment '${key}'. ${suggestion(key, keys)}`);
}

/** All environments, in the order that people gave them. */
export function environmentsOf(state: State): readonly Document<'environment'>[] {
  return [...state.list('environment')].sort((a, b) => a.body.order - b.body.order);
}

/** What to do about an unknown name: the nearest known one, or a few that exist. */
export function suggestion(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `Did you mean '${meant}'?`;
  if (known.length === 0) return 'There is none yet.';
  const more = known.length > 5 ? ` and ${known.length - 5} more` : '';
  return `There are ${known
    .slice(0, 5)
    .map((key) => `'${key}'`)
    .join(', ')}${more}.`;
}
