import { stat } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

import type { SiteView } from '@taffrail/shipment/explain';
import type { Problem } from '@taffrail/shipment/override-file';
import { rows } from './operator-rows.ts';
import { present } from './present.ts';
import { type SiteHere, type SiteOptions, siteHere, stateOf } from './site-here.ts';
import type { SiteLooked } from '@taffrail/shipment/site-store';
import type { Terminal } from './terminal.ts';

/** All that a doctor looks at, gathered once: what is said of it is computed. */
export interface DoctorFacts {
  readonly here: SiteHere;
  /** The flags of the site; absent where nobody knows whom to trust, or which release this is. */
  readonly view?: SiteView;
  /** What of the override file and `TAFFRAIL_OFF` is without effect, or stands against a back-out. */
  readonly remarks: readonly Problem[];
  readonly places: readonly Place[];
  /** Of the roots: digits to compare over the phone, by name of the key. */
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly nowMs: number;
  readonly versions: { readonly taffrail: string; readonly node: string; readonly platform: string };
}

/** A file or folder that a product needs, and who may do what with it. */
export interface Place {
  readonly path: string;
  /** `kept`: a folder within the site's, in which the product writes. */
  readonly name: 'site' | 'package' | 'brought' | 'kept';
  /** Permission bits; absent: it is not there, or cannot be looked at. */
  readonly mode?: number;
  readonly uid?: number;
}

interface Asked {
  readonly looked: SiteLooked;
  readonly options: SiteOptions;
  readonly terminal: Pick<Terminal, 'env' | 'node'>;
  readonly nowMs: number;
  readonly version: string;
}

/** Looks at everything, and changes nothing. */
export async function doctorFacts({ looked, options, terminal, nowMs, version }: Asked): Promise<DoctorFacts> {
  const here = await siteHere(looked, options, terminal.env);
  const { trust, release } = here.found;
  const view = trust && release !== undefined ? await viewed(here) : undefined;
  return {
    here,
    ...present({ view }),
    remarks: await remarksOn(here, view, nowMs),
    places: await placesOf(here),
    fingerprints: await fingerprintsOf(trust?.roots ?? []),
    nowMs,
    versions: { taffrail: version, node: terminal.node, platform: `${platform()} ${arch()}` },
  };
}

async function viewed(here: SiteHere): Promise<SiteView> {
  const { viewSite } = await import('@taffrail/shipment/explain');
  return viewSite(stateOf(here), rows);
}

async function remarksOn(
  { file, entries, off }: SiteHere,
  view: SiteView | undefined,
  nowMs: number,
): Promise<readonly Problem[]> {
  if (entries.length === 0 && off.length === 0) return [];
  const { review } = await import('@taffrail/shipment/override-file');
  const { backOuts = [], removed = {} } = view ?? {};
  const flags = view?.shipment && view.shipped;
  return review({ entries, off, backOuts, removed }, { file: file ?? '', nowMs, flags });
}

const within = (at: string | undefined, names: readonly string[]): string[] =>
  at === undefined ? [] : names.map((name) => join(at, name));

async function placesOf({ looked, found }: SiteHere): Promise<Place[]> {
  const { site, package: folder } = looked;
  const kept = ['keys', 'shipments', ...found.releases.map((release) => join('shipments', release))];
  const paths: readonly (readonly [Place['name'], readonly string[]])[] = [
    ['site', within(site, [''])],
    ['package', within(folder, [''])],
    [
      'brought',
      [...within(folder, ['trust.json', 'keys.json', 'shipment.json']), ...within(site, ['trust.json', 'ratchet.json'])],
    ],
    ['kept', within(site, kept)],
  ];
  return Promise.all(paths.flatMap(([name, all]) => all.map((path) => placeAt(path, name))));
}

async function placeAt(path: string, name: Place['name']): Promise<Place> {
  const stats = await stat(path).catch(() => undefined);
  return { path, name, ...(stats && { mode: stats.mode, uid: stats.uid }) };
}

async function fingerprintsOf(roots: readonly { readonly keyid: string; readonly publicKey: string }[]) {
  if (roots.length === 0) return {};
  const { fingerprint } = await import('@taffrail/shipment/signed');
  return Object.fromEntries(roots.map(({ keyid, publicKey }) => [keyid, fingerprint(Buffer.from(publicKey, 'base64'))]));
}
