import { createCommits } from './changes/commit.ts';
import { startRetention } from './changes/retention.ts';
import { createClusterWriter } from './cluster/writer.ts';
import { createPresence } from './cluster/presence.ts';
import { nameProcess } from './cluster/process-name.ts';
import { databaseFileOf, type Config } from './config.ts';
import { openStorage } from './db/storage.ts';
import type { Deps } from './deps.ts';
import { prepareFirstStart } from './first-start.ts';
import { greet } from './greet.ts';
import { createHealth } from './health.ts';
import { adminFolder } from './http/admin-files.ts';
import { sessionCookie } from './http/cookies.ts';
import { expressApp } from './http/express-app.ts';
import { createFront } from './http/front.ts';
import { routes } from './http/routes.ts';
import { createSiteStreams } from './installs/site-streams.ts';
import { Sites } from './installs/sites.ts';
import type { Log } from './log.ts';
import { createIdentity } from './members/identity.ts';
import type { PasswordWork } from './members/passwords.ts';
import { createMetrics } from './metrics.ts';
import { noteAddress } from './noted-address.ts';
import type { RunningApp } from './running-app.ts';
import { leaveOutLostRevisions } from './releases/lost-revisions.ts';
import { createStreams } from './streams/streams.ts';

/** What the world outside supplies. */
export interface AppOptions {
  readonly config: Config;
  readonly log: Log;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly random: () => number;
  /** What hashing a password costs; absent means what it should. */
  readonly passwordWork?: PasswordWork | undefined;
}

/** Puts the server together. Throws an `AppError` with a sentence if its database cannot be used. */
export async function createApp(options: AppOptions): Promise<RunningApp> {
  const { config, log } = options;
  const deps = openDeps(options);
  const { streams, storage, identity } = deps;
  const siteStreams = createSiteStreams({ ...options, ...deps });
  const health = createHealth(deps);
  const cluster = await clusterOf(deps, log);
  const metrics = await createMetrics({ ...metricsSources(deps), siteStreams: siteStreams.open });
  const pages = expressApp({ deps, routes, health, metrics, log, adminFolder: adminFolder() });
  const doors = [streams, siteStreams, ...(cluster ? [cluster] : [])];
  const front = createFront((request, response) => {
    if (!doors.some((door) => door.tryHandle(request, response))) pages(request, response);
  });
  const endRetention = startRetention({ ...deps, log, days: config.historyDays });
  let forgetAddress: (() => void) | undefined;
  return {
    server: front.server,
    async begin(url, print) {
      prepareFirstStart(deps);
      forgetAddress = noteAddress(config, url);
      greet(deps, url, print);
    },
    leave() {
      health.leave();
      front.leave();
    },
    async drain() {
      await Promise.all([streams.drain(), siteStreams.drain()]);
    },
    close() {
      endRetention();
      forgetAddress?.();
      cluster?.close();
      streams.close();
      siteStreams.close();
      identity.close();
      storage.close();
    },
  };
}

function openDeps({ config, log, clock, newId, random, passwordWork }: AppOptions): Deps {
  // An epoch is hexadecimal.
  const storage = openStorage({ file: databaseFileOf(config), newId: () => newId().replaceAll('-', '') });
  const onListenerError = (error: unknown) => log.error('A listener to commits failed', { error });
  const sites = new Sites(storage);
  const commits = createCommits({ storage, clock, sites, onListenerError });
  leaveOutLostRevisions({ storage, commits });
  const identity = createIdentity({ storage, commits, cookie: sessionCookie(config.url), clock, passwordWork });
  const presence = createPresence(nameProcess(newId()), () => clock().getTime());
  const streams = createStreams({ commits, identity, clock, newId, random, log, elsewhere: presence });
  sites.onNews(streams.tellInstalls);
  return { config, storage, commits, identity, presence, streams, sites, clock, newId };
}

const metricsSources = ({ streams, config, presence }: Deps) => ({
  streams: streams.stats,
  pages: () => streams.stats().pages,
  databaseFile: databaseFileOf(config),
  others: presence.others,
});

/** Other processes are let in where a secret tells them from everybody else. */
async function clusterOf(deps: Deps, log: Log) {
  const { clusterSecret: secret, redisUrl } = deps.config;
  return secret === undefined ? undefined : createClusterWriter({ ...deps, secret, redisUrl, log });
}
