import type { BackOutDocument } from '@taffrail/schema';
import type { BackOutDecision } from '@taffrail/shipment';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { isFixedIn, isInRange } from '../releases/versions.ts';

/** A back-out; refuses an unknown one. */
export function backOutOf(state: State, key: string): Document<'back-out'> {
  return state.get('back-out', key) ?? fail('NOT_FOUND', `There is no back-out ${key} in this project.`);
}

/** Back-outs, the first one first. */
export function allBackOuts(state: State): readonly BackOutDocument[] {
  const found = numbered.get(state) ?? sorted(state.list('back-out').map(({ body }) => body));
  numbered.set(state, found);
  return found;
}

/** Each release of a list asks for all of them. */
const numbered = new WeakMap<State, readonly BackOutDocument[]>();
const sorted = (all: BackOutDocument[]): readonly BackOutDocument[] => all.sort((a, b) => numberOf(a) - numberOf(b));

/** The back-outs that a release must carry: those whose range holds it and that are not fixed in it. */
export function backOutsOf(state: State, release: string): BackOutDecision[] {
  return allBackOuts(state)
    .filter((one) => isInRange(one.releases, release) && !isFixedIn(one.resolved?.fixedIn ?? [], release))
    .map(({ key: id, flags, severity, reason, link }) => ({ id, flags, severity, reason, ...(link !== undefined && { link }) }));
}

/** The key of the next back-out: they are counted from 1, and none is ever taken away. */
export function nextBackOutKey(state: State): string {
  return `BO-${state.list('back-out').length + 1}`;
}

export const numberOf = ({ key }: BackOutDocument): number => Number(key.slice('BO-'.length));
