import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { environmentOf, suggestion } from '../environments/find.ts';

/** A segment of an environment; refuses an unknown one, naming what was probably meant. */
export function segmentOf(state: State, environment: string, key: string): Document<'segment'> {
  environmentOf(state, environment);
  const found = state.get('segment', key, environment);
  if (found !== undefined) return found;
  const keys = state.list('segment', environment).map((segment) => segment.key);
  return fail('NOT_FOUND', `There is no segment '${key}' in ${environment}. ${suggestion(key, keys)}`);
}
