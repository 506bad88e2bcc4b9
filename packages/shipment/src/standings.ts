import type { Flag } from '@taffrail/engine';
import { isOverridable, unacknowledged } from './acknowledgement.ts';
import type { Entry } from './entry.ts';
import { isKilled, isTurnedOff } from './layers.ts';
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
  /** The release says that no site changes the flag. */
  | 'not-overridable'
  /** The flag is backed out, and the entry does not acknowledge every back-out that requires it. */
  | 'needs-acknowledgement'
  /** The flag was killed. */
  | 'beaten-by-kill'
  /** `TAFFRAIL_OFF` names the flag. */
  | 'beaten-by-off';

/** What is asked about: a flag as the environment or the shipment has it, back-outs laid over it, somebody's org, a moment, and whether `TAFFRAIL_OFF` names the flag. */
interface Asked {
  readonly flag: Flag;
  readonly org: string | undefined;
  readonly nowMs: number;
  readonly isOff: boolean;
}

/** An entry of a flag, and how it stands. */
export interface StandingEntry {
  readonly entry: Entry;
  readonly standing: Standing;
  /** The back-outs that it would have to acknowledge, where that is what it lacks. */
  readonly backOuts?: readonly string[];
}

/** How each entry of a flag stands, in the order of the file. No two entries of a flag are for the same org, so at most one wins. */
export const standings = (entries: readonly Entry[], asked: Asked): StandingEntry[] =>
  entries.filter(({ flag }) => flag === asked.flag.key).map((entry) => standingOf(entry, asked));

/** Why an entry does not decide, most telling first. */
const reasons: readonly (readonly [Standing, (entry: Entry, asked: Asked) => boolean])[] = [
  ['wrong-type', ({ value }, { flag }) => variantFor(flag, value) === undefined],
  ['not-overridable', (_, { flag }) => !isOverridable(flag)],
  ['expired', ({ untilMs = Infinity }, { nowMs }) => nowMs >= untilMs],
  ['not-for-this-org', ({ orgs }, { org }) => orgs !== undefined && (org === undefined || !orgs.includes(org))],
  ['beaten-by-off', (_, { flag, isOff }) => isOff || isTurnedOff(flag)],
  ['beaten-by-kill', (_, { flag }) => isKilled(flag)],
  ['needs-acknowledgement', (entry, { flag }) => unacknowledged(flag, entry).length > 0],
];

function standingOf(entry: Entry, asked: Asked): StandingEntry {
  const standing = reasons.find(([, holds]) => holds(entry, asked))?.[0] ?? 'wins';
  return { entry, standing, ...(standing === 'needs-acknowledgement' && { backOuts: unacknowledged(asked.flag, entry) }) };
}
