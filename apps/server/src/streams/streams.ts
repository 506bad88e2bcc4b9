import { createDoor, type DoorLimits } from '@taffrail/publish';
import type { Commits } from '../changes/commits.ts';
import { stackOf } from '../log.ts';
import type { Identity } from '../members/identity.ts';
import type { Place } from './audience-feed.ts';
import type { Channel } from './channel.ts';
import { Channels } from './channels.ts';
import { type ProjectStreamCall, ProjectStreams } from './project-streams.ts';
import { createSdkDoor, createSdkStreams, type SdkStats, type SdkStreams, type SdkStreamsDeps } from './sdk-streams.ts';

/** Everything that goes out of the server by itself: snapshots and streams for SDKs, commits for people's pages. */
export interface Streams extends Omit<SdkStreams, 'revoke'> {
  handleProjectStream(call: ProjectStreamCall): void;
  /** Tells the pages of a project that its installs have said something new. */
  tellInstalls(scope: { readonly org: string; readonly project: string }): void;
  /** The snapshot of a place, as SDKs read it. */
  snapshot(place: Place): string;
  stats(): StreamStats;
  /** The channel of a place, for other processes that serve it too. */
  channel(place: Place): Channel;
  channels(): Iterable<Channel>;
  /** Calls back with each channel that is opened or whose head has moved. Returns what stops it. */
  onMoved(listener: (channel: Channel) => void): () => void;
  /** Stops all timers; streams that are still open stay so. */
  close(): void;
}

interface StreamStats extends SdkStats {
  /** Open pages of people. */
  readonly pages: number;
}

export interface StreamsDeps extends Omit<SdkStreamsDeps, 'nowMs'> {
  readonly commits: Commits;
  readonly identity: Pick<Identity, 'sdkKey' | 'onRevoked'>;
  readonly clock: () => Date;
}

/** People's pages: fewer, and many of one person are a mistake. */
export const pageLimits: DoorLimits = { streams: 2_000, streamsPerKey: 100, admissionsPerSecond: 200 };

export function createStreams({ commits, identity, clock, ...rest }: StreamsDeps): Streams {
  const { random, log } = rest;
  const nowMs = () => clock().getTime();
  const deps = { ...rest, nowMs };
  const door = createSdkDoor(deps);
  const onFailure = (error: unknown) => log.error('Changes could not be read; trying again', { error: stackOf(error) });
  const channels = new Channels({ source: commits, door, random, nowMs, onFailure });
  const backend = { sdkKey: identity.sdkKey, channelOf: (key: Parameters<Channels['ofKey']>[0]) => channels.ofKey(key) };
  const { revoke, ...sdks } = createSdkStreams({ door, backend, channels: () => channels.all() }, deps);
  const pages = new ProjectStreams(commits, createDoor(pageLimits, nowMs, random));
  const stops = [
    commits.onCommit(({ scope }) => channels.hint(scope)),
    identity.onRevoked(revoke),
    identity.onRevoked((id) => pages.revoke(id)),
  ];
  return {
    ...sdks,
    handleProjectStream: (call) => pages.open(call),
    tellInstalls: (scope) => pages.tellInstalls(scope),
    snapshot: (place) => `${channels.of(place).feed.snapshot().join('\n')}\n`,
    stats: () => ({ ...sdks.stats(), pages: pages.count }),
    channel: (place) => channels.of(place),
    channels: () => channels.all(),
    onMoved: (listener) => channels.onMoved(listener),
    drain() {
      pages.drain();
      return sdks.drain();
    },
    close() {
      for (const stop of stops) stop();
      pages.close();
      channels.close();
    },
  };
}
