import { type Alarms, type Failure, isRefusal, type LayerSink, type Platform } from '@taffrail/sdk-core';
import type { Entry } from '@taffrail/shipment';
import { tagOf } from '@taffrail/shipment/browser';
import { type OpenedSite, writeContact } from '@taffrail/shipment/site-store';
import { createAcknowledgements } from './acknowledgements.ts';
import type { InForce } from './follow-site.ts';
import { createIntake } from './intake.ts';
import type { OnPremSettings } from './options.ts';
import { sharedOverrides } from './shared-overrides.ts';
import { holdVendorLine } from './vendor-line.ts';
import { createVendorWire, type Held } from './vendor-wire.ts';

/** A vendor that is away is told of at most once in this. */
const TOLD_EVERY_MS = 3_600_000;
/** It may be away for this long, for an update say, before that is told. */
const AWAY_MS = 10_000;
const CONTACT_EVERY_MS = 60_000;

/** What a site knows of itself. */
export interface SiteAtHand {
  readonly site: OpenedSite;
  readonly inForce: () => InForce;
  /** The entries of the override file. */
  readonly entries: () => readonly Entry[];
  /** The vendor was heard of. */
  readonly heard: (at: Date) => void;
  /** Something was taken into the folder. */
  readonly taken: () => void;
}

/** What has to do with a vendor. */
export interface Vendor {
  /** What is in force, or what of it is shared, is another. */
  readonly changed: () => void;
  readonly close: () => void;
}

export type VendorSettings = Pick<OnPremSettings, 'fetch'> & { readonly vendor: NonNullable<OnPremSettings['vendor']> };

/** What runs a client. */
interface Means {
  readonly platform: Platform;
  readonly alarms: Alarms;
  readonly say: LayerSink['say'];
}

/**
 * Follows a vendor: takes what it sends into the site's folder, and acknowledges what is in force, and nothing else unless the
 * operator opted in. A vendor that is away changes nothing at the site.
 */
export function followVendor({ vendor, fetch }: VendorSettings, at: SiteAtHand, { platform, alarms, say }: Means): Vendor {
  const { clock } = platform;
  const wire = createVendorWire(vendor, fetch);
  const intake = createIntake(at.site, { say, taken: at.taken, unkept: () => line.askAgain() });
  const absence = createAbsence(vendor.url, clock, say);
  const contact = createContactNote(at.site, vendor, clock);
  const acks = createAcknowledgements(wire.acknowledge, clock, (status) => say('error', refusedWords(status)));
  const bodyNow = createAcknowledgementBody(at, vendor.share.includes('overrides'), clock);
  let isThere = false;
  let offered: string | undefined;

  const line = holdVendorLine(wire, platform, alarms, {
    held: () => heldAt(at),
    brought: intake.bring,
    heard() {
      at.heard(contact.note());
      absence.over();
      // A vendor that was away may be back with an older database.
      if (!isThere) acks.offer((offered = bodyNow()));
      isThere = true;
      acks.push();
    },
    failed(failure) {
      isThere = false;
      absence.goesOn(failure);
    },
  });
  return {
    changed() {
      const body = bodyNow();
      if (body === offered) return;
      acks.offer((offered = body));
      if (isThere) acks.push();
    },
    close: line.close,
  };
}

function heldAt({ site: { store, release }, inForce }: SiteAtHand): Held {
  const { shipment, keys } = inForce();
  return { line: store.trust.line, release, revision: shipment?.shipment.revision, keys };
}

const refusedWords = (status: number): string =>
  `the vendor refused an acknowledgement (${status}): it may be of another version.`;

/** What is in force, as a vendor is told of it; undefined where nothing is. */
function createAcknowledgementBody(at: SiteAtHand, isShared: boolean, { nowMs }: Platform['clock']): () => string | undefined {
  let applied: { readonly digest: string; readonly at: string } | undefined;

  return () => {
    const { shipment } = at.inForce();
    if (!shipment) return undefined;
    const { digest } = shipment;
    if (applied?.digest !== digest) applied = { digest, at: new Date(nowMs()).toISOString() };
    const overrides = isShared ? { overrides: sharedOverrides(at.entries()) } : {};
    return JSON.stringify({ revision: shipment.shipment.revision, digest, appliedAt: applied.at, ...overrides });
  };
}

/** Says that a vendor is away, at most once an hour however often it comes and goes. */
function createAbsence(url: string, { elapsedMs }: Platform['clock'], say: LayerSink['say']) {
  let sinceMs: number | undefined;
  let toldMs = -Infinity;

  return {
    over: () => void (sinceMs = undefined),
    goesOn(failure: Failure): void {
      const nowMs = elapsedMs();
      sinceMs ??= nowMs;
      const isRefused = isRefusal(failure);
      if ((!isRefused && nowMs - sinceMs < AWAY_MS) || nowMs - toldMs < TOLD_EVERY_MS) return;
      toldMs = nowMs;
      const why = isRefused
        ? `refuses this site (${failure.reason}): check the install key`
        : `is out of reach (${failure.reason})`;
      say(isRefused ? 'error' : 'warn', `the vendor at ${url} ${why}. What is in force stays; trying again.`);
    },
  };
}

/** Notes when the vendor was last heard of, for other processes to read. Where it cannot be written it is known here all the same. */
function createContactNote(
  { store }: OpenedSite,
  { url, key }: VendorSettings['vendor'],
  { nowMs, elapsedMs }: Platform['clock'],
) {
  const install = installTag(key);
  let writtenMs = -Infinity;

  return {
    note(): Date {
      const now = new Date(nowMs());
      if (elapsedMs() - writtenMs >= CONTACT_EVERY_MS) {
        writtenMs = elapsedMs();
        writeContact(store, { lastContactAt: now.toISOString(), url, install }).catch(() => {});
      }
      return now;
    },
  };
}

/** What stands in the support codes of an install: of its key, `tf_ins_<id>_<secret>`, the id alone, and nothing that opens anything. */
const installTag = (key: string): string => tagOf(key.split('_')[2] ?? '');
