import { createServer, type Server } from 'node:http';
import { createCommits } from './changes/commit.ts';
import { databaseFileOf, type Config } from './config.ts';
import { openStorage } from './db/storage.ts';
import type { Deps } from './deps.ts';
import { createHealth } from './health.ts';
import { adminFolder } from './http/admin-files.ts';
import { sessionCookie } from './http/cookies.ts';
import { expressApp } from './http/express-app.ts';
import { routes } from './http/routes.ts';
import type { Log } from './log.ts';
import { createIdentity } from './members/identity.ts';
import type { PasswordWork } from './members/passwords.ts';
import { createMetrics } from './metrics.ts';
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

/** A server put together, not listening yet. */
export interface App {
  readonly deps: Deps;
  readonly server: Server;
  /** Lets no new work in, and tells streams to come back elsewhere. */
  drain(): Promise<void>;
  /** Closes what is open, the database last. */
  close(): void;
}

/** Puts the server together. Throws an `AppError` with a sentence if its database cannot be used. */
export async function createApp({ config, log, clock, newId, random, passwordWork }: AppOptions): Promise<App> {
  const file = databaseFileOf(config);
  // An epoch is hexadecimal.
  const storage = openStorage({ file, newId: () => newId().replaceAll('-', '') });
  const onListenerError = (error: unknown) => log.error('A listener to commits failed', { error });
  const commits = createCommits({ storage, clock, onListenerError });
  const identity = createIdentity({ storage, commits, cookie: sessionCookie(config.url), clock, passwordWork });
  const streams = createStreams({ commits, identity, clock, newId, random, log });
  const deps: Deps = { config, storage, commits, identity, streams, clock, newId };
  const health = createHealth(deps);
  const metrics = await createMetrics({ streams: () => streams.stats(), databaseFile: file });
  const pages = expressApp({ deps, routes, health, metrics, log, adminFolder: adminFolder() });
  return {
    deps,
    server: createServer(timeouts, (request, response) => {
      if (!streams.tryHandle(request, response)) pages(request, response);
    }),
    drain() {
      health.leave();
      return streams.drain();
    },
    close() {
      streams.close();
      identity.close();
      storage.close();
    },
  };
}

/** A client that sends slowly must not hold a connection; one behind a proxy must not lose an idle one to us. */
const timeouts = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 75_000, maxHeaderSize: 16_384 };
