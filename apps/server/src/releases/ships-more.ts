import type { OnpremPolicy, Release } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { gaVariant } from './general.ts';

/** From what lets a site have least. */
const rank: Readonly<Record<OnpremPolicy['mode'], number>> = { 'opt-in': 0, rules: 1, on: 2 };

/** Whether a write lets a flag be more in releases than it might be before. */
export const shipsMore =
  (state: State) =>
  ({ sort, key, body }: Write): boolean => {
    if (sort !== 'onprem' || body === undefined) return false;
    const [before, after] = [state.get('onprem', key)?.body, body as OnpremPolicy];
    return before === undefined || before.releases !== after.releases || rank[after.mode] > rank[before.mode];
  };

/**
 * Whether a write cuts a release by an environment where nobody asks for a second person, and a flag is on in it that is not `ga` in the
 * environment that does ask for one.
 */
export const cutsAround =
  (state: State, gating: string) =>
  ({ sort, key, body }: Write): boolean => {
    if (sort !== 'release' || body === undefined || state.get('release', key) !== undefined) return false;
    const { environment, entries } = body as Release;
    const isGated = state.get('environment', environment)?.body.policies?.onprem === 'second-person';
    return !isGated && entries.some((entry) => entry.why === 'ga' && !isGa(state, gating, entry.key));
  };

function isGa(state: State, environment: string, key: string): boolean {
  const flag = state.get('environment-flag', key, environment)?.body;
  return flag !== undefined && gaVariant(state, environment, flag) !== undefined;
}
