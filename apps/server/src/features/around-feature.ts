import type { Feature } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { linesIn } from '../flags/lines.ts';
import { askersOf } from '../flags/references.ts';
import { prerequisitesOf } from './order.ts';
import { variantGiven } from './staged-flag.ts';

/** A flag of a feature and one that it waits for. */
interface Waiting {
  readonly flag: string;
  readonly asked: string;
}

/** The flags outside a feature that its flags wait for, and whether each is on. */
export function flagsWaitedFor(state: State, environment: string, feature: Feature): (Waiting & { readonly isOn: boolean })[] {
  const lines = linesIn(state, environment);
  return feature.flags.flatMap((flag) =>
    prerequisitesOf(state, environment, flag)
      .filter((asked) => !feature.flags.includes(asked))
      .map((asked) => ({ flag, asked, isOn: lines.flags.get(asked)?.on === true })),
  );
}

/** The flags of a feature that wait for another variant of each other than the feature gives: they would never be on. */
export function variantsMissed(state: State, environment: string, feature: Feature): (Waiting & { readonly given: string })[] {
  const flagHere = (flag: string) => state.get('environment-flag', flag, environment)?.body;
  return feature.flags.flatMap((flag) =>
    (flagHere(flag)?.prerequisites ?? []).flatMap(({ flag: asked, variants }) => {
      const other = feature.flags.includes(asked) ? flagHere(asked) : undefined;
      const given = other && variantGiven(feature, other);
      return given === undefined || variants.includes(given) ? [] : [{ flag, asked, given }];
    }),
  );
}

/** What asks a feature's flags without being one of them: `flag checkout in production`. */
export function askersAbroad(state: State, environment: string, { flags }: Feature): string[] {
  const lines = linesIn(state, environment);
  const askers = flags.flatMap((key) => askersOf(lines, { sort: 'flag', key }));
  const abroad = askers.filter(({ sort, key }) => sort !== 'flag' || !flags.includes(key));
  return [...new Set(abroad.map(({ sort, key }) => `${sort} ${key} in ${environment}`))];
}
