import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OverrideReport } from '@taffrail/schema';
import { ifDiskTakes } from '../db/failures.ts';
import type { Storage } from '../db/storage.ts';
import { PathMap } from '../streams/path-map.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { ProjectScope, SitePlace } from './site-place.ts';
import * as store from './sites.store.ts';

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

/** What a site says in one acknowledgement. */
export interface Said extends SitePlace, Acknowledged {
  /** Absent where its operator shares nothing. */
  readonly overrides?: OverrideReport[] | undefined;
}

/** What sites said, as rows of the database and in memory: there are thousands, and boards ask for all of them at once. */
export interface Sites {
  /** All of a project that were ever heard of, by install. */
  of(scope: ProjectScope): ReadonlyMap<string, Site>;
  /** Whether an acknowledgement says anything new; if not, it was at least heard. */
  isNews(said: Said): boolean;
  /** Writes acknowledgements in one transaction: when this returns they are on disk. Throws `AppError`; then none is. */
  write(batch: readonly Said[]): void;
  /** A site has asked for something. */
  heard(place: SitePlace, release: string | undefined, nowMs: number): void;
  opened(place: SitePlace): void;
  closed(place: SitePlace, nowMs: number): void;
  /** What an install shares, and since when. */
  overrides(place: SitePlace): { readonly entries: OverrideReport[]; readonly atMs: number } | undefined;
  /** Calls back when what is known of a project's sites is another. */
  onNews(listener: (scope: ProjectScope) => void): void;
  /** Writes when each was last heard of, in slices; what the disk refuses stays noted until the next time. */
  flush(): Promise<void>;
  /** The same at once: the server ends. */
  close(): void;
}

/** Kept of each install; the oldest are forgotten. */
const MOST_ACKNOWLEDGED = 100;
/** So many are written in one transaction while others wait for their turn. */
const SLICE_SITES = 500;

type Known = { -readonly [K in keyof Site]: Site[K] } & { acknowledged: Acknowledged[] };
const nothing = (): Known => ({
  newest: undefined,
  acknowledged: [],
  sharedDigest: undefined,
  lastSeenMs: undefined,
  streams: 0,
  release: undefined,
});

export function createSites(storage: Storage): Sites {
  const projects = new PathMap<Map<string, Known>>();
  const listeners: ((scope: ProjectScope) => void)[] = [];
  const unwritten = new PathMap<Unwritten>();

  function of({ org, project }: ProjectScope): Map<string, Known> {
    const known = projects.get([org, project]) ?? load(storage, { org, project });
    projects.set([org, project], known);
    return known;
  }

  function siteAt(place: SitePlace): Known {
    const all = of(place);
    const site = all.get(place.install) ?? nothing();
    all.set(place.install, site);
    return site;
  }

  const tell = ({ org, project }: ProjectScope) => listeners.forEach((listener) => listener({ org, project }));

  function see(place: SitePlace, nowMs: number): Known {
    const site = siteAt(place);
    site.lastSeenMs = nowMs;
    unwritten.set([place.org, place.project, place.install], { place, site });
    return site;
  }

  function writeSeen(those: readonly Unwritten[]): boolean {
    return ifDiskTakes(() =>
      storage.transact((db) => those.forEach(({ place, site }) => store.putSeen(db, place, site.lastSeenMs ?? 0))),
    );
  }

  function forget(those: readonly Unwritten[]): void {
    for (const { place } of those) unwritten.set([place.org, place.project, place.install], undefined);
  }

  return {
    of,
    isNews(said) {
      const { newest, sharedDigest } = siteAt(said);
      return newest?.digest !== said.digest || sharedDigest !== digestOf(said.overrides);
    },
    write(batch) {
      const last = new Map(batch.map((said) => [siteAt(said), said]));
      storage.transact((db) => {
        for (const said of batch) {
          const forgotten = surplus(siteAt(said), said).map(({ digest }) => digest);
          store.addAcknowledgement(db, said, said);
          if (forgotten.length > 0) store.removeAcknowledgements(db, said, forgotten);
        }
        for (const [site, said] of last) store.putNewest(db, said, newestOf(site, said), sharedBy(said), said.acknowledgedMs);
      });
      for (const said of batch) take(see(said, said.acknowledgedMs), said);
      for (const said of batch) tell(said);
    },
    heard(place, release, nowMs) {
      const site = see(place, nowMs);
      if (release !== undefined) site.release = release;
    },
    opened(place) {
      siteAt(place).streams += 1;
      tell(place);
    },
    closed(place, nowMs) {
      see(place, nowMs).streams -= 1;
      tell(place);
    },
    overrides(place) {
      const row = storage.query((db) => store.readSite(db, place));
      const { overrides: entries = null, overridesMs: atMs = null } = row ?? {};
      return entries === null || atMs === null ? undefined : { entries, atMs };
    },
    onNews: (listener) => void listeners.push(listener),
    async flush() {
      const all = [...unwritten.within()];
      for (let from = 0; from < all.length; from += SLICE_SITES) {
        const slice = all.slice(from, from + SLICE_SITES);
        if (!writeSeen(slice)) return;
        forget(slice);
        await nextTurn();
      }
    },
    close() {
      const all = [...unwritten.within()];
      if (all.length > 0 && writeSeen(all)) forget(all);
    },
  };
}

interface Unwritten {
  readonly place: SitePlace;
  readonly site: Known;
}

function load(storage: Storage, scope: ProjectScope): Map<string, Known> {
  const [rows, acknowledged] = storage.query(
    (db) => [store.readSites(db, scope), store.readAcknowledgements(db, scope)] as const,
  );
  const known = new Map(rows.map((row) => [row.install, knownIn(row)]));
  for (const { install, digest, revision, appliedMs, acknowledgedMs } of acknowledged) {
    known.get(install)?.acknowledged.push({ digest, revision, appliedMs, acknowledgedMs });
  }
  return known;
}

function knownIn({ digest, revision, appliedMs, acknowledgedMs, overrides, lastSeenMs }: store.SiteRow): Known {
  const isSaid = digest !== null && revision !== null && appliedMs !== null && acknowledgedMs !== null;
  const newest = isSaid ? { digest, revision, appliedMs, acknowledgedMs } : undefined;
  return { ...nothing(), newest, sharedDigest: digestOf(overrides ?? undefined), lastSeenMs };
}

const isSame = (a: Pick<Acknowledged, 'digest'> | undefined, b: Pick<Acknowledged, 'digest'>): boolean => a?.digest === b.digest;

/** What was said before and is said again was acknowledged then. */
function newestOf({ newest }: Site, { digest, revision, appliedMs, acknowledgedMs }: Said): Acknowledged {
  return isSame(newest, { digest }) && newest ? newest : { digest, revision, appliedMs, acknowledgedMs };
}

/** The oldest, where one more is too many. */
function surplus({ acknowledged }: Site, said: Said): Acknowledged[] {
  if (acknowledged.some((one) => isSame(one, said))) return [];
  return acknowledged.slice(0, Math.max(0, acknowledged.length + 1 - MOST_ACKNOWLEDGED));
}

function take(site: Known, said: Said): void {
  site.acknowledged.splice(0, surplus(site, said).length);
  const newest = newestOf(site, said);
  if (!site.acknowledged.some((one) => isSame(one, said))) site.acknowledged.push(newest);
  site.newest = newest;
  site.sharedDigest = digestOf(said.overrides);
}

function sharedBy({ overrides, acknowledgedMs }: Said) {
  return overrides && { overrides, atMs: acknowledgedMs };
}

const digestOf = (overrides: OverrideReport[] | undefined): string | undefined =>
  overrides && createHash('sha256').update(JSON.stringify(overrides)).digest('base64url');
