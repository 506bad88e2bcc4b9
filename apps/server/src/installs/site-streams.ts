import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDoor, type DoorLimits, goodbyesOver, keyRevoked } from '@taffrail/publish';
import type { Commits } from '../changes/commits.ts';
import type { Log } from '../log.ts';
import type { Identity } from '../members/identity.ts';
import { createAcknowledging } from './acknowledging.ts';
import { createLineHubs } from './line-hubs.ts';
import { createSiteEndpoint } from './site-endpoint.ts';
import type { Sites } from './sites.ts';
import { createStrangers } from './strangers.ts';

/** What sites call: shipments for them, and acknowledgements of theirs. */
export interface SiteStreams {
  /** Answers what sites call; false if the request is for something else. */
  tryHandle(request: IncomingMessage, response: ServerResponse): boolean;
  /** How many streams are open. */
  open(): number;
  /** Tells every stream to come back later, spread over a while, and lets no new one in. */
  drain(): Promise<void>;
  /** Writes what still waits, and stops all timers. */
  close(): void;
}

export interface SiteStreamsDeps {
  readonly commits: Commits;
  readonly identity: Pick<Identity, 'installKey' | 'onRevoked'>;
  readonly sites: Sites;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly log: Pick<Log, 'error'>;
}

/** Each process of a site has a stream, and a site has a few. */
const siteLimits: DoorLimits = { streams: 25_000, streamsPerKey: 100, admissionsPerSecond: 500 };
/** When sites were last heard of is written so often. */
const FLUSH_MS = 60_000;
/** A commit is noticed that another process made. */
const POLL_MS = 2_000;
/** The longest that streams of a server that leaves are told to wait. */
const LONGEST_SPREAD_MS = 300_000;

/** What of a commit may concern what sites take. */
const signedSorts: ReadonlySet<string> = new Set(['line', 'signature', 'shipment', 'release']);

export function createSiteStreams({ commits, identity, sites, clock, newId, random, log }: SiteStreamsDeps): SiteStreams {
  const nowMs = () => clock().getTime();
  const door = createDoor(siteLimits, nowMs, random);
  const hubs = createLineHubs({ state: commits.state, door, random });
  const acknowledging = createAcknowledging((group) => sites.write(group));
  const endpoint = createSiteEndpoint({
    installKey: identity.installKey,
    state: commits.state,
    sites,
    hubs,
    door,
    strangers: createStrangers(commits, sites),
    acknowledge: acknowledging.take,
    nowMs,
    newId,
    log,
  });
  const stops = [
    commits.onCommit(({ scope: { org, project } }, { changes }) => {
      const isSigned = changes.some(({ sort }) => signedSorts.has(sort));
      // The commit is answered first.
      if (project !== undefined && isSigned) setImmediate(() => hubs.advance({ org, project }));
    }),
    identity.onRevoked((key) => void hubs.end([keyRevoked], key)),
  ];
  const polling = setInterval(() => hubs.advance(), POLL_MS).unref();
  const flushing = setInterval(() => void sites.flush(), FLUSH_MS).unref();
  return {
    tryHandle: endpoint.tryHandle,
    open: () => hubs.streams,
    async drain() {
      door.shut();
      const spreadMs = Math.min(LONGEST_SPREAD_MS, 1_000 + (1_000 * hubs.streams) / siteLimits.admissionsPerSecond);
      await hubs.end(goodbyesOver(spreadMs, 'The server is restarting.'));
    },
    close() {
      clearInterval(polling);
      clearInterval(flushing);
      for (const stop of stops) stop();
      hubs.close();
      acknowledging.close();
      sites.close();
    },
  };
}
