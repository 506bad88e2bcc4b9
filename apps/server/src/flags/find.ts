import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { backedOut } from '../features/bringing-back.ts';
import { environmentOf, suggestion } from '../environments/find.ts';

/** A flag in one environment: what it is everywhere, and what it is here. */
export interface FoundFlag {
  readonly definition: Document<'flag'>;
  readonly flag: Document<'environment-flag'>;
}

/** A flag's definition; refuses an unknown one, naming what was probably meant. */
export function definitionOf(state: State, key: string): Document<'flag'> {
  const found = state.get('flag', key);
  if (found !== undefined) return found;
  const keys = state.list('flag').map((flag) => flag.key);
  return fail('NOT_FOUND', `There is no flag '${key}' in this project. ${suggestion(key, keys)}`);
}

/** A flag in an environment, archived or not. */
export function flagIn(state: State, environment: string, key: string): FoundFlag {
  environmentOf(state, environment);
  const definition = definitionOf(state, key);
  const flag = state.get('environment-flag', key, environment);
  return { definition, flag: flag ?? fail('NOT_FOUND', `There is no flag '${key}' in ${environment}.`) };
}

/** A flag in an environment that may be changed: not an archived one. */
export function activeFlagIn(state: State, environment: string, key: string): FoundFlag {
  const found = flagIn(state, environment, key);
  if (found.definition.body.archivedAt === undefined) return found;
  return fail('FLAG_ARCHIVED', `${key} is archived. Restore it first.`);
}

/** Refuses to turn on what was killed: that is lifted by an act of its own. */
export function refuseLocked({ flag }: FoundFlag): never {
  return fail('FLAG_LOCKED', `${flag.key} was killed in ${flag.environment}. Unlock it first, saying why; then turn it on.`);
}

/** The same of an act of somebody on the flag alone: one of a feature that is backed out comes back with the feature. */
export function refuseTurningOn(state: State, found: FoundFlag): never {
  const { key, environment = '' } = found.flag;
  const out = backedOut(state, environment, key);
  if (out === undefined) return refuseLocked(found);
  const sentence = `${key} is locked in ${environment}, as feature ${out.feature} was backed out there.`;
  return fail('FLAG_LOCKED', `${sentence} Bring the feature back: "${out.how}".`);
}
