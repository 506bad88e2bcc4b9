import type { Flag } from '@taffrail/engine';
import type { Entry } from './entry.ts';
import { isKilled } from './layers.ts';
import { variantFor } from './variant-for.ts';

/** How an entry stands, for one context at one moment. */
export type Standing =
  /** It decides. */
  | 'wins'
  /** Its last day is over. */
  | 'expired'
  /** It is for other orgs. */
  | 'not-for-this-org'
  /** Its value is not of the flag's type. */
  | 'wrong-type'
  /** The flag was killed. */
  | 'beaten-by-kill'
  /** `TAFFRAIL_OFF` names the flag. */
  | 'beaten-by-off';

/** What is asked about: a flag as the environment has it, somebody's org, a moment, and whether `TAFFRAIL_OFF` names the flag. */
interface Asked {
  readonly flag: Flag;
  readonly org: string | undefined;
  readonly nowMs: number;
  readonly isOff: boolean;
}

/** How each entry of a flag stands, in the order of the file. No two entries of a flag are for the same org, so at most one wins. */
export function standings(entries: readonly Entry[], asked: Asked): { readonly entry: Entry; readonly standing: Standing }[] {
  return entries.filter(({ flag }) => flag === asked.flag.key).map((entry) => ({ entry, standing: standingOf(entry, asked) }));
}

/** Why an entry does not decide, most telling first. */
const reasons: readonly (readonly [Standing, (entry: Entry, asked: Asked) => boolean])[] = [
  ['wrong-type', ({ value }, { flag }) => variantFor(flag, value) === undefined],
  ['expired', ({ untilMs = Infinity }, { nowMs }) => nowMs >= untilMs],
  ['not-for-this-org', ({ orgs }, { org }) => orgs !== undefined && (org === undefined || !orgs.includes(org))],
  ['beaten-by-off', (_, { isOff }) => isOff],
  ['beaten-by-kill', (_, { flag }) => isKilled(flag)],
];

const standingOf = (entry: Entry, asked: Asked): Standing => reasons.find(([, holds]) => holds(entry, asked))?.[0] ?? 'wins';
