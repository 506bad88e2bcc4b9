import type { Entry } from '../entry.ts';

/** What two entries cannot both say. */
export interface Clash {
  readonly entry: Entry;
  readonly message: string;
}

/** Entries of one flag that are for the same org: which of them counts would be a guess. An expired one is still in the way. */
export function clashes(entries: readonly Entry[]): Clash[] {
  const before = new Map<string, Entry[]>();
  return entries.flatMap((entry) => {
    const others = before.get(entry.flag) ?? [];
    before.set(entry.flag, [...others, entry]);
    const clash = others.map((other) => clashOf(entry, other)).find((found) => found !== undefined);
    return clash === undefined ? [] : [{ entry, message: clash }];
  });
}

function clashOf({ flag, orgs }: Entry, other: Entry): string | undefined {
  if (!other.orgs) return `${flag} is overridden for everyone in line ${other.line} already: keep one of the two`;
  if (!orgs)
    return `${flag} is overridden in line ${other.line} already, and this is for everyone: name orgs here, or keep one of the two`;
  const shared = orgs.filter((org) => other.orgs?.includes(org));
  if (shared.length === 0) return undefined;
  return `${flag} is overridden for ${shared.join(', ')} in line ${other.line} already: keep one of the two`;
}
