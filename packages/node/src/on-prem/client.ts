import { type FlagSet, formatSnapshot, type Item } from '@taffrail/engine';
import {
  type Client,
  composeClient,
  createVoice,
  layering,
  type LayerSource,
  type Platform,
  type Sink,
  type Source,
} from '@taffrail/sdk-core';
import { type Entry, snapshotOf } from '@taffrail/shipment';
import type { OpenedSite } from '@taffrail/shipment/site-store';
import { alive } from '../alive.ts';
import { clock } from '../clock.ts';
import { rows } from '../rows.ts';
import { layersOver } from '../site-layers.ts';
import { environmentVariables } from '../surroundings.ts';
import { type InForce, followSite } from './follow-site.ts';
import { type OnPremOptions, onPremSettings, type OnPremSettings } from './options.ts';
import { siteStandings } from './standings.ts';
import { followVendor, type SiteAtHand, type Vendor } from './vendor.ts';

/** What a site has, for those who pass it on or explain it. */
export interface OnPremSite {
  /** The shipment in force; undefined where there is none, and the code defaults are all there is. */
  readonly shipment: () => { readonly release: string; readonly revision: number; readonly digest: string } | undefined;
  /** Flags and segments as they are evaluated, after all layers. Empty before the first shipment. */
  readonly lines: () => readonly Item[];
  /** Why what is in force is not what it should be, and what to do. */
  readonly problem: () => string | undefined;
  /** When the site last heard of its vendor, in this process or before; undefined: never. */
  readonly lastContactAt: () => Date | undefined;
}

/** A client of one customer's site. */
export interface OnPremClient extends Client {
  readonly site: OnPremSite;
}

/**
 * Creates a client of a customer's site: its flags come from the highest verified revision of the release's shipment, which comes
 * with the product, from the site's folder, or from the vendor. It never throws, and waits for nobody: a mistake in the options makes
 * a client whose state is `FATAL`, which says so in the log and serves code defaults.
 */
export function createClient(options: OnPremOptions = {}): OnPremClient {
  const platform: Platform = { clock, random: Math.random, log: options?.logger ?? console };
  const settings = onPremSettings(options, environmentVariables());
  if (typeof settings !== 'string') return onPremClient(settings, platform);
  const { client } = composeClient({ platform, rows, mistake: settings });
  return Object.assign(alive(client), { site: nowhere });
}

const nowhere: OnPremSite = {
  shipment: () => undefined,
  lines: () => [],
  problem: () => undefined,
  lastContactAt: () => undefined,
};

/** The same, wherever time, chance and the log come from. */
export function onPremClient(settings: OnPremSettings, platform: Platform): OnPremClient {
  const has: Has = { inForce: {}, entries: [], set: undefined, lastContactAt: undefined, vendor: undefined };
  const ground = {
    facts: () => factsOf(has.inForce),
    told: () => wordsOf(has.inForce),
  };
  const overridden = (entries: readonly Entry[]): void => {
    has.entries = entries;
    has.vendor?.changed();
  };
  const { client } = composeClient({
    platform,
    rows,
    source: siteSource(settings, platform, has),
    standings: siteStandings(() => has.inForce.problem),
    layering: layering(noting(has, layersOver(ground, settings, platform.clock, overridden))),
  });
  return Object.assign(alive(client), { site: siteOf(has) });
}

/** What the client has at this moment. */
interface Has {
  inForce: InForce;
  entries: readonly Entry[];
  /** After all layers. */
  set: FlagSet | undefined;
  lastContactAt: Date | undefined;
  vendor: Vendor | undefined;
}

const siteOf = (has: Has): OnPremSite => ({
  shipment() {
    const { shipment } = has.inForce;
    return shipment && { release: shipment.shipment.release, revision: shipment.shipment.revision, digest: shipment.digest };
  },
  lines: () => [...(has.set?.items() ?? [])],
  problem: () => has.inForce.problem,
  lastContactAt: () => has.lastContactAt,
});

/** Brings each shipment that comes into force to the client, and follows the vendor where there is one. */
function siteSource(settings: OnPremSettings, platform: Platform, has: Has): Source {
  return (sink, alarms) => {
    const { say } = createVoice(platform.log);
    const take = takerOf(sink, has);
    let connect: (() => Vendor) | undefined;

    const followed = followSite(settings.folders, platform.clock, {
      opened(site, lastContactAt) {
        has.lastContactAt = lastContactAt === undefined ? undefined : new Date(lastContactAt);
        for (const problem of site.problems) say('warn', `${problem}.`);
        const { vendor, fetch } = settings;
        const at = siteAtHand(site, has, () => followed.stir());
        if (vendor) connect = () => followVendor({ vendor, fetch }, at, { platform, alarms, say });
      },
      read(inForce) {
        take(inForce);
        if (has.vendor) has.vendor.changed();
        else has.vendor = connect?.();
      },
      failed: (mistake) => sink.report('refused', mistake),
    });

    return {
      sleep() {},
      wake() {},
      close() {
        followed.close();
        has.vendor?.close();
      },
    };
  };
}

/** Takes what is in force into the client, where it is another. */
function takerOf(sink: Sink, has: Has): (inForce: InForce) => void {
  let digest: string | undefined;
  return (inForce) => {
    // First of all: what the client tells while it takes the lines is told of this.
    has.inForce = inForce;
    const { shipment } = inForce;
    if (shipment && shipment.digest !== digest) {
      digest = shipment.digest;
      sink.take(formatSnapshot(snapshotOf(shipment.shipment)));
    }
    sink.report('live');
  };
}

const siteAtHand = (site: OpenedSite, has: Has, taken: () => void): SiteAtHand => ({
  site,
  inForce: () => has.inForce,
  entries: () => has.entries,
  heard: (at) => void (has.lastContactAt = at),
  taken,
});

/** Takes down what the client evaluates. */
const noting =
  (has: Has, source: LayerSource): LayerSource =>
  (sink) => {
    const running = source(sink);
    return {
      ...running,
      saw(set) {
        has.set = set;
        running.saw(set);
      },
    };
  };

const factsOf = ({ shipment }: InForce) =>
  shipment ? { backOuts: shipment.shipment.backOuts, removed: shipment.shipment.removed } : {};

function wordsOf({ shipment, keys }: InForce): string {
  if (!shipment) return '';
  const { product, release, revision } = shipment.shipment;
  return `${product} ${release} r${revision} is in force, signed by ${shipment.keyids.join(', ')} (key list ${keys})`;
}
