import type { Entry } from '@taffrail/shipment';
import { entryTag } from '@taffrail/shipment/browser';

/** As many as a vendor takes, and as long. */
const ENTRIES = 1_000;
const ORGS = 1_000;
const NAMES = 100;
const CHARACTERS = 500;

const cut = (text: string): string => text.slice(0, CHARACTERS);

/** The entries of an override file as its operator lets the vendor see them. */
export const sharedOverrides = (entries: readonly Entry[]): object[] => entries.slice(0, ENTRIES).map(sharedEntry);

function sharedEntry(entry: Entry): object {
  const { flag, value, orgs, expires, acknowledges, line, reason, ticket, setBy, setOn } = entry;
  const words = Object.entries({ expires, reason, ticket, setBy, setOn });
  return {
    flag,
    value,
    ...(orgs && { orgs: orgs.slice(0, ORGS).map(cut) }),
    ...(acknowledges.length > 0 && { acknowledges: acknowledges.slice(0, NAMES).map(cut) }),
    ...Object.fromEntries(words.flatMap(([name, text]) => (text === undefined ? [] : [[name, cut(text)]]))),
    line,
    hash: entryTag(entry),
  };
}
