import type { Change, Release } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { Occasion, State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { installsInWords, type Running, runningIn } from '../installs/running.ts';
import { isSupported, releasesOf } from './find.ts';

const releasesNamed = 10;

/** When it is asked, and what installs have said by then. */
type AtReading = Pick<Occasion, 'now' | 'sites'>;

/** The supported releases whose code reads a flag, or whose flags ask it. */
export function readersOf(state: State, flag: string, now: Date): Release[] {
  return releasesOf(state).filter((release) => isSupported(release, now) && release.entries.some(({ key }) => key === flag));
}

/** `8.4.0 (supported until 2027-01-31; 2 installs: Globex, Initech), 8.5.0`. */
export function releasesInWords(releases: readonly Release[], running: Running = new Map()): string {
  const named = releases.slice(0, releasesNamed).map(({ key, supportedUntil }) => {
    const until = supportedUntil === undefined ? '' : `supported until ${supportedUntil}`;
    const facts = [until, installsInWords(running.get(key))].filter((fact) => fact !== '');
    return facts.length === 0 ? key : `${key} (${facts.join('; ')})`;
  });
  const more = releases.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/**
 * Nobody can take a flag from a release that has left, so one that supported releases read is not archived, unless somebody takes that
 * risk: then the history says who, and which releases and installs.
 */
export function riskOfArchiving(state: State, flag: string, { now, sites }: AtReading, accepts: boolean): Change[] {
  const readers = readersOf(state, flag, now);
  if (readers.length === 0) return [];
  const inWords = releasesInWords(readers, runningIn(state, sites()));
  if (!accepts) {
    const how = 'Wait until their support ends, or accept that they do (--accept).';
    fail('STILL_USED', `Supported releases still read ${flag}: ${inWords}. ${how}`);
  }
  const summary = `accepted that supported releases still read it: ${inWords}`;
  return [{ kind: 'flag.risk-accepted', sort: 'flag', key: flag, summary }];
}

/** The same for what an undo takes away: it is archived by itself where that is wanted. */
export function refuseTakingFromReleases(state: State, writes: readonly Write[], at: AtReading): void {
  const next = state.after(writes);
  for (const { sort, key } of writes) {
    const isThere = state.get('flag', key)?.body.archivedAt === undefined;
    const isLeft = next.get('flag', key)?.body.archivedAt === undefined && next.get('flag', key) !== undefined;
    if (sort === 'flag' && isThere && !isLeft) riskOfArchiving(state, key, at, false);
  }
}
