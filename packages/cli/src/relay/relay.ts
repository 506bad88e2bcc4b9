import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FlagMetadata } from '@taffrail/engine';
import type { OnPremClient } from '@taffrail/node/on-prem';
import {
  createDoor,
  createSdkEndpoint,
  doorLimits,
  drain,
  handleSdk,
  type ReaderKey,
  Refusal,
  type SdkBackend,
} from '@taffrail/publish';
import { createOfrepEndpoint } from '@taffrail/publish/ofrep';
import { Failure } from '../failure.ts';
import { rows } from '../operator-rows.ts';
import { present } from '../present.ts';
import { type Address, hostIn, isLoopback } from './address.ts';
import { createFeeds, type Feeds } from './feeds.ts';
import { figuresOf } from './figures.ts';
import { keyFinder, type RelayKeys } from './keys.ts';
import { answerPage } from './pages.ts';

export interface RelayOptions {
  readonly client: OnPremClient;
  readonly keys: RelayKeys;
  readonly address: Address;
  /** Whoever is on this machine may ask without a key. */
  readonly open: boolean;
  /** Told what the operator should know, a line at a time. */
  readonly say: (line: string) => void;
}

/** A running relay. */
export interface Relay {
  readonly url: string;
  /** Tells streams to come back, lets requests finish; at most a few seconds. The client stays open. */
  close(): Promise<void>;
}

/** A client that sends slowly must not hold a connection. */
const timeouts = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 75_000, maxHeaderSize: 16_384 };
const RETRY_AFTER_SECONDS = 5;
/** Streams may take so long to be told, and requests under way to be answered. */
const FINISH_MS = 2_000;

/** Serves what a site's client has to the site's own SDKs, by the wire and by OFREP. */
export async function startRelay({ client, keys, address, open, say }: RelayOptions): Promise<Relay> {
  const nowMs = Date.now;
  const door = createDoor(doorLimits, nowMs, Math.random);
  const feeds = createFeeds(keys.salt, { door, random: Math.random, nowMs, rows });
  const stop = follow(client, feeds, say);
  const backend = backendOf(feeds, client, { keys, open });
  const onFailure = (error: unknown, request: string) => say(`A request failed (${request}): ${String(error)}`);
  const deps = { backend, door, nowMs, newId: randomUUID, onFailure };
  const [sdk, ofrep] = [
    createSdkEndpoint(deps),
    createOfrepEndpoint({ ...deps, rate: false, facts: (key) => factsOf(client, key) }),
  ];
  const watched = { unready: () => unreadyOf(client), figures: () => figuresOf({ client, feeds, sdk, ofrep, door }) };
  const server = createServer(timeouts, (request, response) => {
    if (handleSdk(sdk, request, response) || ofrep.tryHandle(request, response)) return;
    answerPage(watched, request, response);
  });
  const url = await listen(server, address);
  return {
    url,
    async close() {
      stop();
      door.shut();
      const closed = once(server, 'close');
      server.close();
      await Promise.race([
        drain(Object.values(feeds.channels), doorLimits.admissionsPerSecond),
        wait(FINISH_MS, undefined, unref),
      ]);
      server.closeIdleConnections();
      await Promise.race([closed, wait(FINISH_MS, undefined, unref)]);
      server.closeAllConnections();
      for (const channel of Object.values(feeds.channels)) channel.close();
    },
  };
}

const unref = { ref: false } as const;

/** Takes every change of the site to the feeds. Returns what ends it. */
function follow({ site, onChange }: OnPremClient, feeds: Feeds, say: RelayOptions['say']): () => void {
  feeds.take(site.lines());
  return onChange(() => {
    const changed = feeds.take(site.lines());
    if (changed > 0) say(`${inForce(site)}: ${changed} flag${changed === 1 ? '' : 's'} changed`);
  });
}

/** The shipment in force, in words. */
export function inForce({ shipment }: OnPremClient['site']): string {
  const one = shipment();
  return one ? `${one.release} r${one.revision}` : 'No shipment';
}

const unreadyOf = ({ site }: OnPremClient): string | undefined =>
  site.shipment() ? undefined : (site.problem() ?? 'No shipment is in force here yet.');

/** For whoever supports a back end: which shipment answered. Pages are not told. */
function factsOf({ site }: OnPremClient, { kind }: ReaderKey): FlagMetadata {
  const { release, revision } = site.shipment() ?? {};
  return kind === 'server' && release !== undefined ? { release, ...present({ revision }) } : {};
}

const anybody: ReaderKey = { id: 'open', kind: 'server', origins: [] };

/** Before there is a shipment nobody is told that there are no flags: SDKs keep what they have. */
function backendOf({ channels }: Feeds, client: OnPremClient, { keys, open }: Pick<RelayOptions, 'keys' | 'open'>): SdkBackend {
  return {
    sdkKey: keyFinder(keys),
    ...(open && { anonymous: fromHere }),
    channelOf({ kind }) {
      const reason = unreadyOf(client);
      if (reason === undefined) return channels[kind];
      throw new Refusal('BUSY', reason, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    },
  };
}

/** A page that had a name of its own lead to this machine says that name, and is refused. */
const fromHere = ({ headers }: IncomingMessage): ReaderKey | undefined =>
  isLoopback(hostIn(headers.host)) ? anybody : undefined;

const listenErrors: Readonly<Record<string, (address: Address) => string>> = {
  EADDRINUSE: ({ host, port }) => `Port ${port} on ${host} is taken by another program. Stop it, or say another with --listen.`,
  EACCES: ({ port }) => `This user may not listen on port ${port}. Say one above 1023 with --listen.`,
  EADDRNOTAVAIL: ({ host }) => `This machine has no address ${host}. Say one that it has with --listen.`,
  ENOTFOUND: ({ host }) => `Nothing is known by the name ${host}. Say an address of this machine with --listen.`,
};

async function listen(server: Server, address: Address): Promise<string> {
  try {
    server.listen(address.port, address.host);
    await once(server, 'listening');
  } catch (error) {
    const sentence = listenErrors[(error as NodeJS.ErrnoException).code ?? ''];
    throw sentence ? new Failure('LOCAL', sentence(address), error) : error;
  }
  const { port } = server.address() as AddressInfo;
  return `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`;
}
