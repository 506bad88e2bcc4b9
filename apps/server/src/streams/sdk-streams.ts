import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createDoor,
  createSdkEndpoint,
  type Door,
  type DoorLimits,
  doorLimits,
  drain,
  type Elsewhere,
  handleSdk,
  keyRevoked,
  type SdkBackend,
  type SdkCounts,
} from '@taffrail/publish';
import { createOfrepEndpoint, type OfrepCounts, type RateLimits } from '@taffrail/publish/ofrep';
import { type Log, stackOf } from '../log.ts';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';
import type { Place } from './audience-feed.ts';
import type { Channel } from './channel.ts';

/** Snapshots, streams and answers for SDKs, whatever process they are in. */
export interface SdkStreams {
  /** Answers what SDKs call; false if the request is for something else. Stands before everything else that handles requests. */
  tryHandle(request: IncomingMessage, response: ServerResponse): boolean;
  handleSnapshot(request: IncomingMessage, response: ServerResponse): void;
  handleStream(request: IncomingMessage, response: ServerResponse): void;
  stats(): SdkStats;
  /** What went through the door. */
  readonly door: Pick<Door, 'keys' | 'asked'>;
  /** Ends the streams that a key opened. */
  revoke(key: string): void;
  /** Tells every stream to come back elsewhere, spread over a while, and lets no new one in. */
  drain(): Promise<void>;
}

export interface SdkStats extends SdkCounts {
  /** Streams that were refused for being too many. */
  readonly refused: number;
  /** Answers given over OFREP. */
  readonly ofrep: Readonly<OfrepCounts>;
  /** Each audience that somebody asked for lately. */
  readonly places: readonly PlaceStats[];
}

/** How one audience is served by one process. */
export interface PlaceStats extends Place {
  readonly head: number;
  readonly streams: number;
}

export interface SdkStreamsDeps {
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly log: Pick<Log, 'error'>;
  /** Absent means the usual ones. */
  readonly limits?: Partial<DoorLimits> | undefined;
  /** How often a key may ask for answers; absent means the usual. */
  readonly rate?: RateLimits | undefined;
  /** What other processes have let in, where there are any. */
  readonly elsewhere?: Elsewhere | undefined;
}

/** What streams go through, and all channels that are open. */
export interface Served {
  readonly door: Door;
  readonly backend: SdkBackend<KnownSdkKey>;
  readonly channels: () => Iterable<Channel>;
}

export const createSdkDoor = ({ limits, nowMs, random, elsewhere }: SdkStreamsDeps): Door =>
  createDoor({ ...doorLimits, ...limits }, nowMs, random, elsewhere);

export function createSdkStreams(
  { door, backend, channels }: Served,
  { nowMs, newId, log, limits, rate }: SdkStreamsDeps,
): SdkStreams {
  const onFailure = (error: unknown, request: string) =>
    log.error('An SDK could not be answered', { error: stackOf(error), request });
  const endpoint = createSdkEndpoint({ backend, door, nowMs, newId, onFailure });
  const ofrep = createOfrepEndpoint({ backend, door, nowMs, newId, onFailure, rate });
  return {
    door,
    tryHandle: (request, response) => handleSdk(endpoint, request, response) || ofrep.tryHandle(request, response),
    handleSnapshot: endpoint.snapshot,
    handleStream: endpoint.stream,
    stats: () => ({ ...endpoint.counts, refused: door.refused(), ofrep: ofrep.counts, places: Array.from(channels(), statsOf) }),
    revoke(key) {
      for (const channel of channels()) void channel.end([keyRevoked], key);
    },
    async drain() {
      door.shut();
      await drain(channels(), limits?.admissionsPerSecond ?? doorLimits.admissionsPerSecond);
    },
  };
}

const statsOf = ({ place, feed, streams }: Channel): PlaceStats => ({ ...place, head: feed.head, streams: streams() });
