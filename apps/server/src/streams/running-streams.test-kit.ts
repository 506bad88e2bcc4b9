import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { Actor, EnvironmentFlag, FlagDefinition, SdkKey, SegmentDocument } from '@taffrail/schema';
import { command } from '../changes/command.ts';
import { createCommits } from '../changes/commit.ts';
import type { Commits } from '../changes/commits.ts';
import type { Scope, Write } from '../changes/document.ts';
import { revisions } from '../db/schema.ts';
import { openStorage } from '../db/storage.ts';
import { sessionCookie } from '../http/cookies.ts';
import { createIdentity, type Identity } from '../members/identity.ts';
import { drawSecret } from '../members/secret.ts';
import { newFolder } from '../testing/running-server.ts';
import { revokeSdkKey } from '../tokens/sdk-keys.commands.ts';
import { createStreams, type StreamsDeps } from './streams.ts';

export const actor: Actor = { type: 'operator', id: 'test', name: 'Test' };
const newId = () => crypto.randomUUID();
const org = 'acme';
const place = { project: 'web', environment: 'production' };
export const project = { org, project: 'web' };

/** Writes documents as they are: streams publish whatever has been committed. */
const writeAll = command<readonly Write[]>({
  name: 'test.write',
  version: 1,
  permission: 'flag.edit',
  apply: (_state, write) => ({
    write,
    changes: write.map(({ sort, key, environment, body }) => ({
      kind: 'test.written',
      sort,
      key,
      summary: `${key} written`,
      ...(environment !== undefined && { environment }),
      ...(body !== undefined && { after: body as never }),
    })),
  }),
});

/** A flag that is on and serves a value, with its definition, in one environment. */
export function flagWrites(key: string, more: Partial<EnvironmentFlag> = {}, definition: Partial<FlagDefinition> = {}): Write[] {
  const environment = 'production';
  return [
    {
      sort: 'flag',
      key,
      body: {
        key,
        type: 'string',
        kind: 'config',
        owner: '',
        description: '',
        links: [],
        createdAt: '2026-01-01T00:00:00Z',
        ...definition,
      },
    },
    {
      sort: 'environment-flag',
      key,
      environment,
      body: {
        key,
        on: true,
        variants: { a: 'A', b: 'B' },
        client: false,
        prerequisites: [],
        pins: [],
        rules: [],
        fallthrough: { variant: 'a' },
        salt: key,
        locked: false,
        ...more,
      },
    },
  ];
}

export function segmentWrite(key: string, more: Partial<SegmentDocument> = {}): Write {
  const body: SegmentDocument = { key, name: key, description: '', kind: 'org', included: [], excluded: [], ...more };
  return { sort: 'segment', key, environment: 'production', body };
}

/** Commits documents as they are; answers the revision. */
const writeWith = (commits: Commits, writes: readonly Write[], scope: Scope = project): number =>
  commits.commit({ scope, command: writeAll, input: writes, actor }).revision;

/** Commits as another process would: nobody here gets a hint. */
export function writeElsewhere(folder: string, writes: readonly Write[]): number {
  const storage = openStorage({ file: join(folder, 'taffrail.db'), newId, visit: true });
  try {
    return writeWith(createCommits({ storage, clock: () => new Date(), onListenerError: () => {} }), writes);
  } finally {
    storage.close();
  }
}

/** Lets revisions pass in the project of a stopped server, as commits to other environments would. */
export function passRevisions(folder: string, revision: number): void {
  const storage = openStorage({ file: join(folder, 'taffrail.db'), newId, visit: true });
  storage.transact((db) => db.update(revisions).set({ revision }).where(eq(revisions.project, project.project)).run());
  storage.close();
}

/** Creates a key and gives its secret away. */
function createKey(commits: Commits, { credentials }: Identity, kind: SdkKey['kind'], more: Partial<SdkKey>) {
  const { id, secret, digest } = drawSecret(kind);
  credentials.add({ id, org, sort: 'sdk-key', digest });
  const body = { id, kind, name: kind, ...place, origins: [], createdAt: '2026-01-01T00:00:00Z', createdBy: 'Test', ...more };
  writeWith(commits, [{ sort: 'sdk-key', key: id, body }], { org });
  return { id, secret };
}

export interface StreamsOptions extends Partial<Pick<StreamsDeps, 'limits' | 'rate' | 'clock'>> {
  /** The folder of one that ran before. */
  readonly folder?: string;
}

/** The streams of a server over a real database, behind a real HTTP server. */
export async function startStreams({ folder = newFolder(), limits, rate, clock = () => new Date() }: StreamsOptions = {}) {
  const storage = openStorage({ file: join(folder, 'taffrail.db'), newId });
  const failures: unknown[] = [];
  const commits = createCommits({ storage, clock, onListenerError: (error) => failures.push(error) });
  const identity = createIdentity({ storage, commits, cookie: sessionCookie(undefined), clock });
  const log = { error: (...told: unknown[]) => void failures.push(told) };
  const streams = createStreams({ commits, identity, clock, newId, random: () => 0.5, log, limits, rate });
  const server = createServer((request, response) => {
    if (!streams.tryHandle(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  let stopped: Promise<string> | undefined;
  const stop = () => (stopped ??= end());

  async function end(): Promise<string> {
    streams.close();
    identity.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    storage.close();
    return folder;
  }

  return {
    folder,
    commits,
    identity,
    streams,
    failures,
    write: (writes: readonly Write[], scope: Scope = project) => writeWith(commits, writes, scope),
    key: (kind: SdkKey['kind'], more: Partial<SdkKey> = {}) => createKey(commits, identity, kind, more),
    revoke: (key: string) => commits.commit({ scope: { org }, command: revokeSdkKey, input: { ...place, key }, actor }),
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Stops it and keeps its database; answers the folder. */
    stop,
    async remove() {
      rmSync(await stop(), { recursive: true, force: true });
    },
  };
}
