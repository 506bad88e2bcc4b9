import { flagNarrows } from '../flags/narrowing.ts';
import { readableLiterals } from '../flags/readable-literals.ts';
import { dependentFlags, type Node } from '../flags/references.ts';
import type { Edits } from './affected.ts';
import type { State } from './command.ts';

/** Whether a flag is sent to browsers from now on, or no longer. */
export function comesOrGoesAtBrowsers(state: State, next: State, environment: string, { sort, key }: Node): boolean {
  return sort === 'flag' && isClient(state, environment, key) !== isClient(next, environment, key);
}

/** To a browser, a flag that it is not sent does not exist: it serves the code default. */
export function givesBrowsersMore({ environment, before, after, edited }: Edits, state: State, next: State): boolean {
  const moved = edited.filter((node) => comesOrGoesAtBrowsers(state, next, environment, node));
  return moved.some(({ key }) => {
    const was = isClient(state, environment, key) ? before.flags.get(key) : undefined;
    const is = isClient(next, environment, key) ? after.flags.get(key) : undefined;
    return !flagNarrows(was, is);
  });
}

/** What a flag for browsers publishes that it did not before. */
export function newlyReadable({ environment, before, after, edited }: Edits, state: State, next: State): string[] {
  const concerned = new Set([
    ...edited.filter(({ sort }) => sort === 'flag').map(({ key }) => key),
    ...dependentFlags(after, edited),
  ]);
  return [...concerned].sort().flatMap((flag) => {
    if (!isClient(next, environment, flag)) return [];
    const known = isClient(state, environment, flag) ? readableLiterals(before, flag) : new Set<string>();
    const fresh = [...readableLiterals(after, flag)].filter((literal) => !known.has(literal));
    if (fresh.length === 0) return [];
    return [
      `Browsers get ${flag} in ${environment}, so anybody can read there: ${fresh.map((literal) => `'${literal}'`).join(', ')}.`,
    ];
  });
}

function isClient(state: State, environment: string, flag: string): boolean {
  return state.get('environment-flag', flag, environment)?.body.client === true;
}
