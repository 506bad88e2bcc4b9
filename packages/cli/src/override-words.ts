import type { Entry, StandingEntry } from '@taffrail/shipment';

/** How an entry of an override file stands, in words. `backOuts` are those that it would have to acknowledge. */
export const standingWords: Readonly<Record<StandingEntry['standing'], (entry: Entry, backOuts?: readonly string[]) => string>> =
  {
    wins: () => 'decides',
    expired: ({ expires }) => `expired on ${expires}`,
    'not-for-this-org': ({ orgs = [] }) => `is for ${orgs.join(', ')}`,
    'wrong-type': ({ value }) => `${JSON.stringify(value)} is not of the flag's type`,
    'not-overridable': () => 'the release says that no site changes this flag',
    'needs-acknowledgement': (_, backOuts = []) => `INERT: needs acknowledges: [${backOuts.join(', ')}]`,
    'beaten-by-kill': () => 'the flag was killed',
    'beaten-by-off': () => 'TAFFRAIL_OFF turns the flag off',
  };

/** Why an entry is there, for whom and until when: `, "pilot" (SUP-4411, j.doe, 2026-12-20, until 2027-01-31)`. */
export function noteWords({ reason, ticket, setBy, setOn, expires }: Entry): string {
  const facts = [ticket, setBy, setOn, expires === undefined ? undefined : `until ${expires}`].filter(
    (fact) => fact !== undefined,
  );
  return `${reason === undefined ? '' : `, "${reason}"`}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}
