import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Commits } from '../changes/commits.ts';
import type { Storage } from '../db/storage.ts';
import type { Log } from '../log.ts';
import type { Identity } from '../members/identity.ts';
import type { Channel } from '../streams/channel.ts';
import type { Streams } from '../streams/streams.ts';
import { formatHint } from './hint.ts';
import { createPlaceKeeper, type PlaceKeeper } from './place-keeper.ts';
import type { Presence } from './presence.ts';
import { PULSE_MS } from './pulse.ts';
import { openRedis, type Redis } from './redis.ts';
import { createReporter } from './report.ts';
import { createRingKeeper } from './ring-cache.ts';
import { createWriterKeys } from './writer-keys.ts';
import { createWriterRoutes } from './writer-routes.ts';

/** The writer's side of several processes: it answers those that ask, and tells over Redis what is new. */
export interface ClusterWriter {
  /** Answers other processes; false if the request is for something else. */
  tryHandle(request: IncomingMessage, response: ServerResponse): boolean;
  close(): void;
}

export interface ClusterWriterDeps {
  readonly secret: string;
  readonly redisUrl: string | undefined;
  readonly presence: Presence;
  readonly streams: Streams;
  readonly storage: Storage;
  readonly commits: Commits;
  readonly identity: Pick<Identity, 'credentials'>;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly log: Log;
}

export async function createClusterWriter(deps: ClusterWriterDeps): Promise<ClusterWriter> {
  const { secret, redisUrl, presence, streams, storage, commits, identity, clock, newId, log } = deps;
  const redis = redisUrl === undefined ? undefined : await openRedis({ url: redisUrl, secret, log });
  const keys = createWriterKeys(storage, commits, clock, () => telling?.keysChanged());
  const telling = redis && tellOver(redis, keys.ring, deps);
  const tryHandle = createWriterRoutes(
    {
      secret,
      channel: streams.channel,
      ring: keys.ring,
      heard({ report, used }) {
        presence.note(report);
        for (const id of used) identity.credentials.touch(id, clock());
      },
    },
    { newId, log },
  );
  return {
    tryHandle,
    close() {
      keys.close();
      telling?.close();
    },
  };
}

/** What is told over Redis, after each commit and then every other second, in case that it was lost. */
function tellOver(redis: Redis, ring: ReturnType<typeof createWriterKeys>['ring'], deps: ClusterWriterDeps) {
  const { streams, presence } = deps;
  const keepers = new WeakMap<Channel, PlaceKeeper>();
  const ringKeeper = createRingKeeper(redis, ring);
  const report = createReporter(presence.own, streams);

  function keeperOf(channel: Channel): PlaceKeeper {
    const { place, feed } = channel;
    const tell = () => redis.tell('heads', formatHint({ place, position: feed.position }));
    const keeper = keepers.get(channel) ?? createPlaceKeeper(redis, place, feed, tell);
    keepers.set(channel, keeper);
    return keeper;
  }

  function pulse(): void {
    redis.tell('processes', JSON.stringify(report()));
    void ringKeeper.check();
    for (const channel of streams.channels()) void keeperOf(channel).check();
  }

  redis.onTold('processes', (text) => presence.note(JSON.parse(text)));
  const stopListening = streams.onMoved((channel) => keeperOf(channel).keep());
  const beating = setInterval(pulse, PULSE_MS).unref();
  redis.onReady(pulse);
  return {
    // The commit is answered first.
    keysChanged: () => void setImmediate(ringKeeper.keep),
    close() {
      stopListening();
      clearInterval(beating);
      redis.tell('processes', JSON.stringify(report(true)));
      redis.close();
    },
  };
}
