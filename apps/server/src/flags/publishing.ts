import { isDeepStrictEqual } from 'node:util';
import type { EnvironmentFlag, EnvironmentFlagEdit, Mistake } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import type { Outcome, State } from '../changes/command.ts';
import { outcomeOfEdits, type Edited } from './changes.ts';
import { definitionOf } from './find.ts';
import { aroundIn } from './mistakes/around.ts';
import { mistakesBetween } from './mistakes/between-flags.ts';
import { mistakesInFlag } from './mistakes/in-flag.ts';

/** An edit with its place in the request's body, for the mistakes in it. */
export interface PlacedEdit extends Edited {
  readonly at: string;
}

/** The outcome of edits, unless one makes a mistake: then all mistakes are named, each at its place. */
export function checkedOutcome(state: State, edits: readonly PlacedEdit[], warnings: readonly string[] = []): Outcome {
  const real = edits.filter(({ before, after }) => !isDeepStrictEqual(before, after));
  const outcome = outcomeOfEdits(real, warnings);
  const next = state.after(outcome.write);
  refuseMistakes(real.flatMap((edit) => mistakesOf(state, next, edit)));
  return outcome;
}

/** A flag with some of its fields replaced. */
export function withEdit(flag: EnvironmentFlag, { off, ...edit }: EnvironmentFlagEdit): EnvironmentFlag {
  const { off: present, ...rest } = flag;
  const wanted = off === undefined ? present : (off ?? undefined);
  return { ...rest, ...given(edit), ...(wanted !== undefined && { off: wanted }) };
}

/** An edit answers for the mistakes that it makes, not for those that it found: turning off must always be possible. */
function mistakesOf(state: State, next: State, { environment, before, after, at }: PlacedEdit): Mistake[] {
  const found = new Set(mistakesIn(state, environment, before).map(textOf));
  return mistakesIn(next, environment, after)
    .filter((mistake) => !found.has(textOf(mistake)))
    .map((mistake) => ({ at: `${at}${mistake.at}`, message: mistake.message }));
}

function mistakesIn(state: State, environment: string, flag: EnvironmentFlag): Mistake[] {
  const { type } = definitionOf(state, flag.key).body;
  return [
    ...mistakesInFlag({ type, flag, around: aroundIn(state, environment) }),
    ...mistakesBetween(state, environment, { sort: 'flag', key: flag.key }),
  ];
}

function textOf({ at, message }: Mistake): string {
  return `${at}\n${message}`;
}

function given<T extends object>(edit: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as never;
}
