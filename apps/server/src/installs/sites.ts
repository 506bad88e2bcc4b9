import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OverrideReport } from '@taffrail/schema';
import { ifDiskTakes } from '../db/failures.ts';
import type { Storage } from '../db/storage.ts';
import { PathMap } from '../streams/path-map.ts';
import type { Acknowledged } from './acknowledged.ts';
import { isNews, newestAfter, type KnownSite, type Said, type Site, siteIn, surplus, take, unheardSite } from './site.ts';
import type { ProjectScope, SitePlace } from './site-place.ts';
import * as store from './sites.store.ts';

/** So many are written in one transaction while others wait for their turn. */
const SLICE_SITES = 500;

type Listener = (scope: ProjectScope) => void;
/** When a site was last heard of, and that no row says so yet. */
type Unwritten = { readonly place: SitePlace; readonly site: Site };

/** A site as it will be once what it said last is on disk: it may have said more in one group, and memory is to stay as the disk is. */
interface Draft {
  readonly site: KnownSite;
  readonly said: Said;
  readonly newest: Acknowledged;
}

/** What sites said, as rows of the database and in memory: there are thousands, and boards ask for all of them at once. */
export class Sites {
  readonly #storage: Storage;
  readonly #projects = new PathMap<Map<string, KnownSite>>();
  readonly #unwritten = new PathMap<Unwritten>();
  readonly #listeners: Listener[] = [];

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** All of a project that were ever heard of, by install. */
  of(scope: ProjectScope): ReadonlyMap<string, Site> {
    return this.#known(scope);
  }

  /** Whether an acknowledgement says anything new; if not, the site was at least heard. */
  isNews(said: Said): boolean {
    return isNews(this.#site(said), said);
  }

  /** Writes acknowledgements in one transaction: when this returns they are on disk. Throws `AppError`; then none is. */
  write(batch: readonly Said[]): void {
    const drafts = new Map<KnownSite, Draft>();
    this.#storage.transact((db) => {
      for (const said of batch) {
        const known = this.#site(said);
        const site = drafts.get(known)?.site ?? { ...known, acknowledged: [...known.acknowledged] };
        drafts.set(known, { site, said, newest: newestAfter(site, said) });
        const forgotten = surplus(site, said).map(({ digest }) => digest);
        store.addAcknowledgement(db, said, said);
        if (forgotten.length > 0) store.removeAcknowledgements(db, said, forgotten);
        take(site, said);
      }
      for (const { said, newest } of drafts.values()) store.putNewest(db, said, newest, said);
    });
    for (const said of batch) {
      take(this.#see(said, said.acknowledgedMs), said);
      this.#tell(said);
    }
  }

  /** A site has asked for something, perhaps for a release. */
  heard(place: SitePlace, release: string | undefined, nowMs: number): void {
    const site = this.#see(place, nowMs);
    if (release !== undefined) site.release = release;
  }

  opened(place: SitePlace): void {
    this.#site(place).streams += 1;
    this.#tell(place);
  }

  closed(place: SitePlace, nowMs: number): void {
    this.#see(place, nowMs).streams -= 1;
    this.#tell(place);
  }

  /** What an install shares, and since when. */
  overrides(place: SitePlace): { readonly entries: OverrideReport[]; readonly atMs: number } | undefined {
    const { overrides: entries = null, overridesMs: atMs = null } = this.#storage.query((db) => store.readSite(db, place)) ?? {};
    return entries === null || atMs === null ? undefined : { entries, atMs };
  }

  /** Calls back when what is known of a project's sites is another. */
  onNews(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Writes when each was last heard of, in slices; what the disk refuses stays noted until the next time. */
  async flush(): Promise<void> {
    const all = [...this.#unwritten.within()];
    for (let from = 0; from < all.length; from += SLICE_SITES) {
      if (!this.#writeSeen(all.slice(from, from + SLICE_SITES))) return;
      await nextTurn();
    }
  }

  /** The same at once: the server ends. */
  close(): void {
    this.#writeSeen([...this.#unwritten.within()]);
  }

  #known({ org, project }: ProjectScope): Map<string, KnownSite> {
    const known = this.#projects.get([org, project]) ?? load(this.#storage, { org, project });
    this.#projects.set([org, project], known);
    return known;
  }

  #site(place: SitePlace): KnownSite {
    const all = this.#known(place);
    const site = all.get(place.install) ?? unheardSite();
    all.set(place.install, site);
    return site;
  }

  #see({ org, project, install }: SitePlace, nowMs: number): KnownSite {
    const place = { org, project, install };
    const site = this.#site(place);
    site.lastSeenMs = nowMs;
    this.#unwritten.set([org, project, install], { place, site });
    return site;
  }

  #tell({ org, project }: ProjectScope): void {
    for (const listener of this.#listeners) listener({ org, project });
  }

  /** Whether the disk took it. */
  #writeSeen(those: readonly Unwritten[]): boolean {
    if (those.length === 0) return true;
    const isWritten = ifDiskTakes(() =>
      this.#storage.transact((db) => those.forEach(({ place, site }) => store.putSeen(db, place, site.lastSeenMs ?? 0))),
    );
    if (isWritten)
      those.forEach(({ place: { org, project, install } }) => this.#unwritten.set([org, project, install], undefined));
    return isWritten;
  }
}

function load(storage: Storage, scope: ProjectScope): Map<string, KnownSite> {
  const [rows, acknowledged] = storage.query(
    (db) => [store.readSites(db, scope), store.readAcknowledgements(db, scope)] as const,
  );
  const known = new Map(rows.map((row) => [row.install, siteIn(row)]));
  for (const { install, digest, revision, appliedMs, acknowledgedMs } of acknowledged) {
    known.get(install)?.acknowledged.push({ digest, revision, appliedMs, acknowledgedMs });
  }
  return known;
}
