import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDoor, type Door, type DoorLimits, doorLimits, type Elsewhere, goodbyesOver, keyRevoked } from '@taffrail/publish';
import type { Log } from '../log.ts';
import type { Place } from './audience-feed.ts';
import type { Channel } from './channel.ts';
import { createSdkEndpoint, type SdkBackend, type SdkCounts, type SdkEndpoint } from './sdk-endpoint.ts';
import { preflight } from './sdk-headers.ts';

/** Snapshots and streams for SDKs, whatever process they are in. */
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
  /** What other processes have let in, where there are any. */
  readonly elsewhere?: Elsewhere | undefined;
}

/** What streams go through, and all channels that are open. */
export interface Served {
  readonly door: Door;
  readonly backend: SdkBackend;
  readonly channels: () => Iterable<Channel>;
}

/** The longest that streams of a server that leaves are told to wait. */
const LONGEST_SPREAD_MS = 300_000;

export const createSdkDoor = ({ limits, nowMs, random, elsewhere }: SdkStreamsDeps): Door =>
  createDoor({ ...doorLimits, ...limits }, nowMs, random, elsewhere);

export function createSdkStreams({ door, backend, channels }: Served, { nowMs, newId, log, limits }: SdkStreamsDeps): SdkStreams {
  const endpoint = createSdkEndpoint({ backend, door, nowMs, newId, log });
  return {
    door,
    tryHandle: (request, response) => tryHandle(endpoint, request, response),
    handleSnapshot: endpoint.snapshot,
    handleStream: endpoint.stream,
    stats: () => ({ ...endpoint.counts, refused: door.refused(), places: Array.from(channels(), statsOf) }),
    revoke(key) {
      for (const { hub } of channels()) void hub.end([keyRevoked], key);
    },
    async drain() {
      door.shut();
      await endAll(channels(), limits?.admissionsPerSecond ?? doorLimits.admissionsPerSecond);
    },
  };
}

const statsOf = ({ place, feed, hub }: Channel): PlaceStats => ({ ...place, head: feed.head, streams: hub.streams });

/** Everybody comes back within the time in which everybody can be let in. */
async function endAll(channels: Iterable<Channel>, admissionsPerSecond: number): Promise<void> {
  const hubs = Array.from(channels, ({ hub }) => hub);
  const streams = hubs.reduce((sum, hub) => sum + hub.streams, 0);
  const spreadMs = Math.min(LONGEST_SPREAD_MS, 1_000 + (1_000 * streams) / admissionsPerSecond);
  await Promise.all(hubs.map((hub) => hub.end(goodbyesOver(spreadMs, 'The server is restarting.'))));
}

/** The paths are those of the contracts; no parameter stands in them. */
const handlers = {
  '/sdk/v1/snapshot': { act: 'snapshot', methods: ['GET', 'HEAD'] },
  '/sdk/v1/stream': { act: 'stream', methods: ['GET'] },
} as const;
const isPath = (path: string): path is keyof typeof handlers => Object.hasOwn(handlers, path);

function tryHandle(endpoint: SdkEndpoint, request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '').split('?', 1);
  if (!isPath(path)) return false;
  const { act, methods } = handlers[path];
  if (request.method === 'OPTIONS') response.writeHead(204, preflight).end();
  // Node.js keeps the body of an answer to HEAD to itself.
  else if (methods.some((method) => method === request.method)) endpoint[act](request, response);
  else endpoint.refuse(request, response, [...methods, 'OPTIONS'].join(', '));
  return true;
}
