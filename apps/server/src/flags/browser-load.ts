import { clientLoad, type ClientLoad } from '@taffrail/publish';
import { limits } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import type { State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { environmentsOf } from '../environments/find.ts';
import { linesIn } from './lines.ts';
import { isNarrowing } from './narrowing.ts';
import type { Node } from './references.ts';

/**
 * Refuses what makes the snapshot for browsers too large, or larger still; flags that are off count as if they were on, so that
 * turning on is never refused. Nor is what makes the snapshot smaller or takes something from somebody, however large it is.
 */
export function refuseLoadingBrowsers(state: State, writes: readonly Write[]): void {
  const next = state.after(writes);
  refuseMistakes(
    environmentsOf(next).flatMap(({ key: environment }) => {
      const edited = writes.flatMap((write) => concerned(state, next, environment, write));
      if (edited.length === 0) return [];
      const load = loadOf(next, environment);
      if (load.characters <= loadOf(state, environment).characters || !load.isTooLarge()) return [];
      if (takesFromSomebody(state, next, environment, edited)) return [];
      return [{ at: '/body', message: sentence(load, environment) }];
    }),
  );
}

/** The flag or segment of an environment that a write concerns, unless browsers neither get it nor did. */
function concerned(state: State, next: State, environment: string, { sort, key, environment: place }: Write): Node[] {
  if (place !== undefined && place !== environment) return [];
  if (sort === 'segment') return [{ sort, key }];
  const isFlag = sort === 'flag' || sort === 'environment-flag';
  return isFlag && [state, next].some((either) => isClient(either, environment, key)) ? [{ sort: 'flag', key }] : [];
}

/** A pin to the off variant is a few letters more, and may be urgent. What is off is taken from nobody. */
function takesFromSomebody(state: State, next: State, environment: string, edited: readonly Node[]): boolean {
  const isShown = (either: State, { sort, key }: Node) =>
    sort === 'flag' && isClient(either, environment, key) && linesIn(either, environment).flags.get(key)?.on === true;
  const areShown = edited.every((node) => isShown(state, node) && isShown(next, node));
  return areShown && isNarrowing(linesIn(state, environment), linesIn(next, environment), edited);
}

const isClient = (state: State, environment: string, key: string): boolean =>
  state.get('environment-flag', key, environment)?.body.client === true;

function loadOf(state: State, environment: string): ClientLoad {
  const { flags, segments } = linesIn(state, environment);
  return clientLoad({
    flags: flags
      .keys()
      .filter((key) => isClient(state, environment, key))
      .flatMap((key) => [flags.get(key) ?? []].flat().map((line) => ({ line, client: true }))),
    segments: segments.keys().flatMap((key) => segments.get(key) ?? []),
  });
}

function sentence({ largest }: ClientLoad, environment: string): string {
  const most = `${limits.clientSnapshotGzipBytes / 1_024} kB`;
  const cause = `the ${largest?.sort} ${largest?.key}`;
  const advice =
    largest?.sort === 'segment'
      ? 'shorten it, or let no flag that is sent to browsers ask it'
      : 'shorten it, or do not send it to browsers';
  return `would make browsers load more than ${most} of ${environment}, most of it ${cause}: ${advice}`;
}
