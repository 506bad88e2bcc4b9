import type { Entry } from '../entry.ts';

/** What two entries cannot both say. */
export interface Clash {
  readonly entry: Entry;
  readonly message: string;
}

/** An entry and where it stands among all. */
interface Placed {
  readonly entry: Entry;
  readonly index: number;
}

/** Undefined: everyone. */
type Org = string | undefined;
/** The first entry of a flag for each org, and for everyone. */
type Holders = Map<Org, Placed>;

/** Entries of one flag that are for the same org: which of them counts would be a guess. An expired one is still in the way. */
export function clashes(entries: readonly Entry[]): Clash[] {
  const first = new Map<string, Entry>();
  const held = new Map<string, Holders>();
  return entries.flatMap((entry, index) => {
    const holders: Holders = held.get(entry.flag) ?? new Map();
    const message = clashOf(entry, first.get(entry.flag), holders);
    if (!first.has(entry.flag)) first.set(entry.flag, entry);
    held.set(entry.flag, holders);
    for (const org of entry.orgs ?? [undefined]) if (!holders.has(org)) holders.set(org, { entry, index });
    return message === undefined ? [] : [{ entry, message }];
  });
}

function clashOf({ flag, orgs }: Entry, first: Entry | undefined, holders: Holders): string | undefined {
  const other = orgs === undefined ? first : earliest([undefined, ...orgs], holders);
  if (other === undefined) return undefined;
  if (!other.orgs) return `${flag} is overridden for everyone in line ${other.line} already: keep one of the two`;
  if (!orgs)
    return `${flag} is overridden in line ${other.line} already, and this is for everyone: name orgs here, or keep one of the two`;
  const shared = orgs.filter((org) => holders.get(org)?.entry === other);
  return `${flag} is overridden for ${shared.join(', ')} in line ${other.line} already: keep one of the two`;
}

/** Of all that hold any of these, the one that stands first. */
function earliest(names: readonly Org[], holders: Holders): Entry | undefined {
  let found: Placed | undefined;
  for (const name of names) {
    const holder = holders.get(name);
    if (holder !== undefined && holder.index < (found?.index ?? Infinity)) found = holder;
  }
  return found?.entry;
}
