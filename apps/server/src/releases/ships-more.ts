import type { OnpremPolicy } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';

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
