import type { Contracts, Install, ResponseOf, ShipmentDocument } from '@taffrail/schema';
import { backOutOf } from '../back-outs/find.ts';
import type { State } from '../changes/command.ts';
import { lastShipment, releasesOf, shipmentsOf } from '../releases/find.ts';
import { signaturesOf } from '../signing/find.ts';
import { evenly } from './evenly.ts';
import { installsOf } from './find.ts';
import { instant, rowOf, type Seen } from './rows.ts';
import type { Site } from './site.ts';
import { releaseRunBy } from './standing.ts';

type Progress = ResponseOf<Contracts['GET /orgs/:org/projects/:project/back-outs/:backOut/progress']>;

const WAITING_SHOWN = 10;

/** An install that a back-out concerns. */
interface Concerned {
  readonly install: Install;
  /** When it first acknowledged a shipment that carries it, if one that does is in force there. */
  readonly appliedMs: number | undefined;
  /** From that shipment's signing; undefined where its release came with the back-out in its first shipment. */
  readonly tookMs: number | undefined;
}

/** How far a back-out has come. Concerned is who runs a release which carries it. */
export function backOutProgress(seen: Seen, key: string): Progress {
  const { state, sites } = seen;
  backOutOf(state, key);
  const carrying = carryingIn(state, key);
  const concerned = installsOf(state).flatMap((install) => {
    const site = sites.get(install.key);
    const release = releaseRunBy(state, install, site);
    return release !== undefined && carrying.releases.has(release) ? [{ install, ...appliedAt(carrying, site) }] : [];
  });
  const waiting = concerned.filter(({ appliedMs }) => appliedMs === undefined);
  return {
    concerned: concerned.length,
    applied: concerned.length - waiting.length,
    airGapped: concerned.filter(({ install }) => install.connection === 'air-gapped').length,
    ...quantiles(concerned),
    points: pointsOf(concerned, carrying, seen.now),
    waiting: waiting.slice(0, WAITING_SHOWN).map(({ install }) => rowOf(seen, install)),
    revision: state.revision,
  };
}

/** The releases that carry a back-out now, and their shipments that do, by digest, with when they were signed. */
interface Carrying {
  readonly releases: ReadonlySet<string>;
  readonly signedMs: ReadonlyMap<string, number>;
  /** Those that are the first of their release: who has them upgraded to it. */
  readonly first: ReadonlySet<string>;
}

function carryingIn(state: State, key: string): Carrying {
  const releases = releasesOf(state).filter((release) => lastShipment(state, release.key).backOuts.includes(key));
  const shipments = releases.flatMap((release) =>
    shipmentsOf(state, release.key).filter(({ backOuts }) => backOuts.includes(key)),
  );
  return {
    releases: new Set(releases.map((release) => release.key)),
    signedMs: new Map(shipments.flatMap((one) => signedEntry(state, one))),
    first: new Set(shipments.flatMap(({ revision, digest }) => (revision === 1 ? [digest] : []))),
  };
}

function signedEntry(state: State, shipment: ShipmentDocument): [digest: string, signedMs: number][] {
  const signed = signaturesOf(state, shipment);
  return signed === undefined ? [] : [[shipment.digest, Date.parse(signed.at)]];
}

function appliedAt({ signedMs, first }: Carrying, site: Site | undefined): Pick<Concerned, 'appliedMs' | 'tookMs'> {
  const isInForce = site?.newest !== undefined && signedMs.has(site.newest.digest);
  const said = isInForce ? site.acknowledged.find(({ digest }) => signedMs.has(digest)) : undefined;
  if (said === undefined) return { appliedMs: undefined, tookMs: undefined };
  const tookMs = said.acknowledgedMs - (signedMs.get(said.digest) ?? said.acknowledgedMs);
  return { appliedMs: said.acknowledgedMs, tookMs: first.has(said.digest) ? undefined : Math.max(0, tookMs) };
}

function quantiles(concerned: readonly Concerned[]): Pick<Progress, 'p50Ms' | 'p99Ms'> {
  const took = Float64Array.from(concerned.flatMap(({ tookMs }) => tookMs ?? [])).sort();
  const at = (part: number) => took[Math.ceil(took.length * part) - 1];
  const [p50Ms, p99Ms] = [at(0.5), at(0.99)];
  return p50Ms === undefined || p99Ms === undefined ? {} : { p50Ms, p99Ms };
}

/** From the first signing until the last acknowledgement; until now, where some have not. */
function pointsOf(concerned: readonly Concerned[], { signedMs }: Carrying, now: Date): Progress['points'] {
  const applied = Float64Array.from(concerned.flatMap(({ appliedMs }) => appliedMs ?? [])).sort();
  const fromMs = Math.min(...signedMs.values());
  if (!Number.isFinite(fromMs)) return [];
  const lastMs = applied.at(-1) ?? fromMs;
  const toMs = applied.length === concerned.length ? lastMs : Math.max(lastMs, now.getTime());
  let next = 0;
  return evenly(fromMs, toMs).map((atMs) => {
    while (next < applied.length && (applied[next] ?? Infinity) <= atMs) next += 1;
    return { at: instant(atMs), applied: next };
  });
}
