import { combineRows, coreRows } from '@taffrail/engine';
import { matchesRows } from '@taffrail/engine/matches';
import { networkRows } from '@taffrail/engine/network';
import { versionRows } from '@taffrail/engine/versions';
import { type Client, type Composed, composeClient, layering, liveSource, type Platform } from '@taffrail/sdk-core';
import { clock } from './clock.ts';
import { fileShelf, homeCache, shelfName } from './file-shelf.ts';
import { type Address, addressOf, type NodeOptions } from './options.ts';
import { siteSettings } from './site.ts';
import { siteLayers } from './site-layers.ts';
import { environmentVariables } from './surroundings.ts';
import { createTransport } from './transport.ts';

/** Any interval will do. */
const HOLD_MS = 60_000;
const rows = combineRows(coreRows, versionRows, networkRows, matchesRows);

/**
 * Creates a client of one environment, which connects at once. It never throws: a mistake in the options makes a client whose state
 * is `FATAL`, which says so in the log and serves code defaults. It keeps the process alive only while somebody awaits `ready`.
 */
export function createClient(options: NodeOptions): Client {
  const address = addressOf(options);
  const platform: Platform = { clock, random: Math.random, log: options?.logger ?? console };
  return alive(
    typeof address === 'string' ? composeClient({ platform, rows, mistake: address }) : connected(address, options, platform),
  );
}

function connected(address: Address, options: NodeOptions, platform: Platform): Composed {
  const { environment, bootstrap, overrideFile, fetch = globalThis.fetch } = options;
  const layers = siteLayers(siteSettings(overrideFile, environmentVariables()), clock);
  return composeClient({
    platform: { ...platform, ...shelfFor(address, options) },
    rows,
    source: liveSource(createTransport(address, fetch), platform),
    layering: layers && layering(layers),
    bootstrap,
    environment,
  });
}

/** Without this a program that awaits `ready` before anything else would end instead. */
function alive({ client }: Composed): Client {
  const { ready } = client;
  return Object.assign(client, {
    ready(options?: { readonly timeoutMs?: number }) {
      const hold = setInterval(() => {}, HOLD_MS);
      return ready(options).finally(() => clearInterval(hold));
    },
  });
}

function shelfFor(address: Address, { cacheFolder = homeCache(), environment }: NodeOptions): Pick<Platform, 'shelf'> {
  return cacheFolder === false ? {} : { shelf: fileShelf(cacheFolder, shelfName(address, environment)) };
}
