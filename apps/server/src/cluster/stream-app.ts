import type { AppOptions } from '../app.ts';
import { createLeavableHealth } from '../health.ts';
import { createFront } from '../http/front.ts';
import { createMetrics } from '../metrics.ts';
import type { RunningApp } from '../running-app.ts';
import { createSdkDoor, createSdkStreams, type SdkStreams } from '../streams/sdk-streams.ts';
import { Copies } from './copies.ts';
import { createFollower, type Follower } from './follower.ts';
import { createKeyFollower } from './key-follower.ts';
import { createKnownKeys, type KnownKeys } from './known-keys.ts';
import { createLineCache } from './line-cache.ts';
import { createPresence, type Presence } from './presence.ts';
import { nameProcess } from './process-name.ts';
import { openRedis } from './redis.ts';
import { createReporter } from './report.ts';
import { streamPages } from './stream-pages.ts';
import { createWriterClient } from './writer-client.ts';

/** What the configuration of a process with this role has for certain. */
interface Settings {
  readonly writer: string;
  readonly secret: string;
}

/** Puts together a process without a database, which serves SDKs what the writer made. */
export async function createStreamApp(options: AppOptions): Promise<RunningApp> {
  const { config, log, newId } = options;
  const settings: Settings = { writer: config.writer ?? '', secret: config.clusterSecret ?? '' };
  const { streams, follower, keys, presence, copies } = await followWriter(options, settings);
  const health = createLeavableHealth(() =>
    keys.version() === undefined
      ? `The writer at ${settings.writer} was not reached yet, and nothing else tells which keys are good.`
      : undefined,
  );
  const metrics = await createMetrics({ streams: streams.stats, others: presence.others });
  const pages = streamPages({ writer: settings.writer, health, metrics, metricsToken: config.metricsToken, newId, log });
  const front = createFront((request, response) => {
    if (!streams.tryHandle(request, response)) pages(request, response);
  });
  return {
    server: front.server,
    async begin(url, print) {
      print(`Taffrail streams at ${url} what ${settings.writer} writes`);
      await follower.start();
    },
    leave() {
      health.leave();
      front.leave();
    },
    drain: streams.drain,
    close() {
      follower.close();
      copies.close();
    },
  };
}

interface Following {
  readonly streams: SdkStreams;
  readonly follower: Follower;
  readonly keys: KnownKeys;
  readonly presence: Presence;
  readonly copies: Copies;
}

async function followWriter(
  { config, log, clock, newId, random }: AppOptions,
  { writer: url, secret }: Settings,
): Promise<Following> {
  const nowMs = () => clock().getTime();
  const presence = createPresence(nameProcess(newId()), nowMs);
  const redis = config.redisUrl === undefined ? undefined : await openRedis({ url: config.redisUrl, secret, log });
  const writer = createWriterClient({ url, secret, log });
  const deps = { nowMs, newId, random, log, elsewhere: presence };
  const door = createSdkDoor(deps);
  const copies = new Copies({ writer, cache: redis && createLineCache(redis), door, random, nowMs });
  const keys = createKnownKeys();
  const revoke = (key: string) => streams.revoke(key);
  const keyFollower = createKeyFollower({ writer, redis, keys, revoke, nowMs });
  const backend = { sdkKey: keyFollower.sdkKey, channelOf: copies.channelOf.bind(copies) };
  const streams = createSdkStreams({ door, backend, channels: () => copies.all() }, deps);
  const report = createReporter(presence.own, streams);
  const follower = createFollower({ writer, redis, copies, keys, keyFollower, presence, report });
  return { streams, follower, keys, presence, copies };
}
