import { createHash } from 'node:crypto';
import type { OverrideReport } from '@taffrail/schema';
import type { Acknowledged } from './acknowledged.ts';
import type { SitePlace } from './site-place.ts';
import type { SiteRow } from './sites.store.ts';

/** What is known of an install by what it said itself. */
export interface Site {
  /** What is in force there, as it said last. */
  readonly newest: Acknowledged | undefined;
  /** The first time of each shipment, the first one first; at most 100. */
  readonly acknowledged: readonly Acknowledged[];
  /** Of the overrides that its operator shares; undefined where nothing is shared. */
  readonly sharedDigest: string | undefined;
  readonly lastSeenMs: number | undefined;
  /** How many streams of it are open now. */
  readonly streams: number;
  /** The release that it named when it last asked; known while the process lives. */
  readonly release: string | undefined;
}

/** A site as it is kept in memory, and changed there. */
export type KnownSite = { -readonly [K in keyof Site]: Site[K] } & { acknowledged: Acknowledged[] };

/** What a site says in one acknowledgement. */
export interface Said extends SitePlace, Acknowledged {
  /** Absent where its operator shares nothing. */
  readonly overrides?: OverrideReport[] | undefined;
}

/** Kept of each install; the oldest are forgotten. */
const MOST_ACKNOWLEDGED = 100;

/** A site of which nothing was heard yet. */
export function unheardSite(): KnownSite {
  const unknown = { newest: undefined, sharedDigest: undefined, lastSeenMs: undefined, release: undefined };
  return { ...unknown, acknowledged: [], streams: 0 };
}

/** A site as its row has it. */
export function siteIn({ digest, revision, appliedMs, acknowledgedMs, overrides, lastSeenMs }: SiteRow): KnownSite {
  const isSaid = digest !== null && revision !== null && appliedMs !== null && acknowledgedMs !== null;
  const newest = isSaid ? { digest, revision, appliedMs, acknowledgedMs } : undefined;
  return { ...unheardSite(), newest, sharedDigest: digestOf(overrides ?? undefined), lastSeenMs };
}

/** Whether an acknowledgement says anything that is not known. */
export function isNews({ newest, sharedDigest }: Site, { digest, overrides }: Said): boolean {
  return newest?.digest !== digest || sharedDigest !== digestOf(overrides);
}

/** What is in force after an acknowledgement: what is said again was acknowledged when it was said first. */
export function newestAfter({ newest }: Site, { digest, revision, appliedMs, acknowledgedMs }: Said): Acknowledged {
  return newest?.digest === digest ? newest : { digest, revision, appliedMs, acknowledgedMs };
}

/** The acknowledgements that are forgotten where one more is too many. */
export function surplus(site: Site, said: Said): readonly Acknowledged[] {
  const { acknowledged } = site;
  return hasSaid(site, said) ? [] : acknowledged.slice(0, Math.max(0, acknowledged.length + 1 - MOST_ACKNOWLEDGED));
}

/** Keeps an acknowledgement in mind. */
export function take(site: KnownSite, said: Said): void {
  const newest = newestAfter(site, said);
  site.acknowledged.splice(0, surplus(site, said).length);
  if (!hasSaid(site, said)) site.acknowledged.push(newest);
  site.newest = newest;
  site.sharedDigest = digestOf(said.overrides);
}

const hasSaid = ({ acknowledged }: Site, { digest }: Said): boolean => acknowledged.some((one) => one.digest === digest);

const digestOf = (overrides: OverrideReport[] | undefined): string | undefined =>
  overrides && createHash('sha256').update(JSON.stringify(overrides)).digest('base64url');
