import { combineRows, coreRows } from '@taffrail/engine';
import { matchesRows } from '@taffrail/engine/matches';
import { networkRows } from '@taffrail/engine/network';
import { versionRows } from '@taffrail/engine/versions';
import { type Client, composeClient, liveSource, type Platform } from '@taffrail/sdk-core';
import { clock } from './clock.ts';
import { fileShelf, homeCache, shelfName } from './file-shelf.ts';
import { type Address, addressOf, type NodeOptions } from './options.ts';
import { createTransport } from './transport.ts';

const rows = combineRows(coreRows, versionRows, networkRows, matchesRows);

/**
 * Creates a client of one environment, which connects at once. It never throws: a mistake in the options makes a client whose state
 * is `FATAL`, which says so in the log and serves code defaults.
 */
export function createClient(options: NodeOptions): Client {
  const address = addressOf(options);
  const platform: Platform = { clock, random: Math.random, log: options?.logger ?? console };
  if (typeof address === 'string') return composeClient({ platform, rows, mistake: address }).client;
  const { environment, bootstrap, fetch = globalThis.fetch } = options;
  return composeClient({
    platform: { ...platform, ...shelfFor(address, options) },
    rows,
    source: liveSource(createTransport(address, fetch), platform),
    bootstrap,
    environment,
  }).client;
}

function shelfFor(address: Address, { cacheFolder = homeCache(), environment }: NodeOptions): Pick<Platform, 'shelf'> {
  return cacheFolder === false ? {} : { shelf: fileShelf(cacheFolder, shelfName(address, environment)) };
}
