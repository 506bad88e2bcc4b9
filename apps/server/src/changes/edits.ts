import { isDeepStrictEqual } from 'node:util';
import type { Flag, Segment } from '@taffrail/engine';
import { linesIn, type Lines } from '../flags/lines.ts';
import { isNarrowing } from '../flags/narrowing.ts';
import { addressOf, type Node } from '../flags/references.ts';
import type { Edits } from './affected.ts';
import { comesOrGoesAtBrowsers, givesBrowsersMore } from './browser-audience.ts';
import type { State } from './command.ts';
import type { Write } from './document.ts';

/** What writes make of an environment; `next` is the state after them. */
export function editsIn(state: State, next: State, environment: string, writes: readonly Write[]): Edits {
  const before = linesIn(state, environment);
  const after = linesIn(next, environment);
  const edited = nodesWritten(writes, environment).filter(
    (node) => !isSame(lineOf(before, node), lineOf(after, node)) || comesOrGoesAtBrowsers(state, next, environment, node),
  );
  return { environment, before, after, edited };
}

/** Whether nobody in the environment gains anything by it. */
export function narrows(edits: Edits, state: State, next: State): boolean {
  return isNarrowing(edits.before, edits.after, edits.edited) && !givesBrowsersMore(edits, state, next);
}

/** The flags and segments of an environment that writes concern: a definition concerns all environments. */
function nodesWritten(writes: readonly Write[], environment: string): Node[] {
  const written = writes.flatMap(({ sort, key, environment: place }): Node[] => {
    if (sort === 'segment') return place === environment ? [{ sort, key }] : [];
    return sort === 'flag' || (sort === 'environment-flag' && place === environment) ? [{ sort: 'flag', key }] : [];
  });
  return [...new Map(written.map((node) => [addressOf(node), node])).values()];
}

function lineOf({ flags, segments }: Lines, { sort, key }: Node): Flag | Segment | undefined {
  return sort === 'flag' ? flags.get(key) : segments.get(key);
}

/** Who owns a flag changes no answer. */
function isSame(was: Flag | Segment | undefined, is: Flag | Segment | undefined): boolean {
  if (was === is) return true;
  return isDeepStrictEqual({ ...was, metadata: undefined }, { ...is, metadata: undefined });
}
