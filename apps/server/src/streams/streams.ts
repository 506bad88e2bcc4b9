import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDoor, type DoorLimits, doorLimits, goodbyesOver, keyRevoked } from '@taffrail/publish';
import type { Commits } from '../changes/commits.ts';
import { type Log, stackOf } from '../log.ts';
import type { Identity } from '../members/identity.ts';
import type { Place } from './audience-feed.ts';
import type { Channel } from './channel.ts';
import { Channels } from './channels.ts';
import { type ProjectStreamCall, ProjectStreams } from './project-streams.ts';
import { createSdkEndpoint, type SdkCounts, type SdkEndpoint } from './sdk-endpoint.ts';
import { preflight } from './sdk-headers.ts';

/** Everything that goes out of the server by itself: snapshots and streams for SDKs, commits for people's pages. */
export interface Streams {
  /** Answers what SDKs call; false if the request is for something else. Stands before everything else that handles requests. */
  tryHandle(request: IncomingMessage, response: ServerResponse): boolean;
  handleSnapshot(request: IncomingMessage, response: ServerResponse): void;
  handleStream(request: IncomingMessage, response: ServerResponse): void;
  handleProjectStream(call: ProjectStreamCall): void;
  /** The snapshot of a place, as SDKs read it. */
  snapshot(place: Place): string;
  stats(): StreamStats;
  /** Tells every stream to come back elsewhere, spread over a while, and lets no new one in. */
  drain(): Promise<void>;
  /** Stops all timers; streams that are still open stay so. */
  close(): void;
}

export interface StreamStats extends SdkCounts {
  /** Streams that were refused for being too many. */
  readonly refused: number;
  /** Open pages of people. */
  readonly pages: number;
  /** Each audience that somebody asked for lately. */
  readonly places: readonly (Place & { readonly head: number; readonly streams: number })[];
}

export interface StreamsDeps {
  readonly commits: Commits;
  readonly identity: Pick<Identity, 'sdkKey' | 'onRevoked'>;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly log: Pick<Log, 'error'>;
  /** Absent means the usual ones. */
  readonly limits?: Partial<DoorLimits> | undefined;
}

/** People's pages: fewer, and many of one person are a mistake. */
const pageLimits: DoorLimits = { streams: 2_000, streamsPerKey: 100, admissionsPerSecond: 200 };

/** The longest that streams of a server that leaves are told to wait. */
const LONGEST_SPREAD_MS = 300_000;

export function createStreams({ commits, identity, clock, newId, random, log, limits }: StreamsDeps): Streams {
  const nowMs = () => clock().getTime();
  const allowed = { ...doorLimits, ...limits };
  const door = createDoor(allowed, nowMs, random);
  const onFailure = (error: unknown) => log.error('Changes could not be read; trying again', { error: stackOf(error) });
  const channels = new Channels({ source: commits, door, random, nowMs, onFailure });
  const endpoint = createSdkEndpoint({ identity, channels, door, nowMs, newId, log });
  const pages = new ProjectStreams(commits, createDoor(pageLimits, nowMs, random));
  const revoke = (id: string) => {
    for (const { hub } of channels.all()) void hub.end([keyRevoked], id);
    pages.revoke(id);
  };
  const stops = [commits.onCommit(({ scope }) => channels.hint(scope)), identity.onRevoked(revoke)];
  return {
    tryHandle: (request, response) => tryHandle(endpoint, request, response),
    handleSnapshot: endpoint.snapshot,
    handleStream: endpoint.stream,
    handleProjectStream: (call) => pages.open(call),
    snapshot: (place) => `${channels.of(place).feed.snapshot().join('\n')}\n`,
    stats: () => ({
      ...endpoint.counts,
      refused: door.refused(),
      pages: pages.count,
      places: Array.from(channels.all(), statsOf),
    }),
    async drain() {
      door.shut();
      pages.drain();
      await endAll(channels, allowed.admissionsPerSecond);
    },
    close() {
      for (const stop of stops) stop();
      pages.close();
      channels.close();
    },
  };
}

const statsOf = ({ place, feed, hub }: Channel): StreamStats['places'][number] => ({
  ...place,
  head: feed.head,
  streams: hub.streams,
});

/** Everybody comes back within the time in which everybody can be let in. */
async function endAll(channels: Channels, admissionsPerSecond: number): Promise<void> {
  const hubs = Array.from(channels.all(), ({ hub }) => hub);
  const streams = hubs.reduce((sum, hub) => sum + hub.streams, 0);
  const spreadMs = Math.min(LONGEST_SPREAD_MS, 1_000 + (1_000 * streams) / admissionsPerSecond);
  await Promise.all(hubs.map((hub) => hub.end(goodbyesOver(spreadMs, 'The server is restarting.'))));
}

/** The paths are those of the contracts; no parameter stands in them. */
const handlers = { '/sdk/v1/snapshot': 'snapshot', '/sdk/v1/stream': 'stream' } as const;
const isPath = (path: string): path is keyof typeof handlers => Object.hasOwn(handlers, path);

function tryHandle(endpoint: SdkEndpoint, request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '').split('?', 1);
  if (!isPath(path)) return false;
  if (request.method === 'OPTIONS') response.writeHead(204, preflight).end();
  else if (request.method === 'GET') endpoint[handlers[path]](request, response);
  else return false;
  return true;
}
