import { join, resolve } from 'node:path';
import type { KeyList, Trust } from '@taffrail/schema/shipment';
import { openShipment, refuseStaleSigners, type VerifiedShipment } from '../envelope/shipment-file.ts';
import type { VerifiedKeys } from '../keys/key-list.ts';
import { type Contact, readContact } from './contact.ts';
import type { SiteFolders } from './open-site.ts';
import { broughtBy, releaseOf, trustFrom } from './package.ts';
import { notchOf, readRatchet } from './ratchet.ts';
import { readSite } from './read-site.ts';
import { type Brought, type SiteStore, witnessesOf } from './site.ts';
import { storedKeys } from './stored.ts';
import { namesIn } from './whole-file.ts';

/** Where somebody looks at a site: its folder, the product's package, or both. */
export interface SiteLooked extends Omit<SiteFolders, 'site'> {
  readonly site?: string | undefined;
}

/** What is not as it should be, and what to do. */
export interface SiteProblem {
  readonly about: 'trust' | 'package' | 'release' | 'keys' | 'shipment';
  readonly message: string;
}

/** What a product serves that starts here now, and how that stands. */
export interface SiteInspection {
  /** Absent: nobody says whom to trust. */
  readonly trust?: Trust;
  /** Absent: nobody says which release this is. */
  readonly release?: string;
  /** The releases that the site took shipments of. */
  readonly releases: readonly string[];
  /** The key list in force. */
  readonly keys?: VerifiedKeys;
  /** The shipment in force, be it the site's or the package's. */
  readonly shipment?: VerifiedShipment;
  /** What the package brings. */
  readonly packaged?: VerifiedShipment;
  /** The highest revision of the release that was ever in force here. */
  readonly highest?: number;
  /** Absent: the site has never heard of its vendor. */
  readonly contact?: Contact;
  readonly problems: readonly SiteProblem[];
}

/** Looks at a site without changing anything of it. Never throws. */
export async function inspectSite(looked: SiteLooked): Promise<SiteInspection> {
  const { site, package: folder, release: said, witness } = looked;
  const attempts = createAttempts();
  const brought = await attempts.of('package', async () => (folder === undefined ? {} : broughtBy(folder)));
  const folders = [folder, site].filter((one) => one !== undefined);
  const trust = await attempts.of('trust', () => trustFrom(folders));
  const releases = await releasesOf(site);
  const release = await attempts.of('release', () => releaseOf(brought ?? {}, said ?? onlyOne(brought, releases), folder));
  const contact = site === undefined ? undefined : await readContact({ folder: site });
  // Without a folder of the site there is only what the package brings.
  const store = trust && { folder: resolve(site ?? join(folder ?? '', 'no-site')), trust, brought, witness };
  const found = store && (await inForce(store as SiteStore, release, attempts));
  const known = { trust, release, contact, ...found };
  return { releases, ...present(known), problems: attempts.problems };
}

const present = <T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

type Attempts = ReturnType<typeof createAttempts>;

/** Attempts of which each may fail, and then says why. */
function createAttempts() {
  const problems: SiteProblem[] = [];
  return {
    problems,
    async of<T>(about: SiteProblem['about'], act: () => Promise<T> | T): Promise<T | undefined> {
      try {
        return await act();
      } catch (error) {
        problems.push({ about, message: sentenceOf(error as NodeJS.ErrnoException) });
        return undefined;
      }
    },
  };
}

const sentenceOf = ({ code, path, message }: NodeJS.ErrnoException): string =>
  path === undefined ? message : `${path} cannot be read (${code}): look as the user of the product, or let yourself read it`;

async function releasesOf(site: string | undefined): Promise<readonly string[]> {
  if (site === undefined) return [];
  const names = await namesIn(join(site, 'shipments')).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).sort();
}

/** A site that took shipments of one release alone, and has no package, can only be of that. */
const onlyOne = (brought: Brought | undefined, releases: readonly string[]): string | undefined =>
  brought?.shipment === undefined && releases.length === 1 ? releases[0] : undefined;

/** What is in force by key list, ratchet and files. */
async function inForce(store: SiteStore, release: string | undefined, attempts: Attempts) {
  const keys = await attempts.of('keys', () => keysOf(store));
  if (release === undefined || !keys) return { keys };
  const { shipment, problem } = await readSite(store, release);
  if (problem !== undefined) attempts.problems.push({ about: 'shipment', message: problem });
  const ratchet = await attempts.of('shipment', () => readRatchet(witnessesOf(store)));
  const highest = ratchet && notchOf(ratchet, release, keys.list)?.number;
  return { keys, shipment, highest, packaged: await attempts.of('package', () => packagedIn(store, keys.list)) };
}

async function keysOf(store: SiteStore): Promise<VerifiedKeys> {
  const keys = await storedKeys(store);
  if (keys) return keys;
  throw new Error("there is no key list here that is any good: import the vendor's (taffrail shipment import)");
}

/** The shipment of the package, if it has one. Throws `Refused` for one that the site would not take today. */
function packagedIn({ brought, trust }: SiteStore, list: KeyList): VerifiedShipment | undefined {
  if (brought?.shipment === undefined) return undefined;
  const shipment = openShipment(brought.shipment, list, trust);
  refuseStaleSigners(shipment, list);
  return shipment;
}
