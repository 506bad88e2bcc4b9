import { type Client, type Composed, composeClient, createVoice, layering, liveSource, type Platform } from '@taffrail/sdk-core';
import { alive } from './alive.ts';
import { clock } from './clock.ts';
import { fileShelf, homeCache, shelfName } from './file-shelf.ts';
import { type Address, addressOf, type NodeOptions } from './options.ts';
import { withOriginState } from './origin-state.ts';
import { rows } from './rows.ts';
import { siteSettings } from './site.ts';
import { siteLayers } from './site-layers.ts';
import { environmentVariables } from './surroundings.ts';
import { createTransport } from './transport.ts';

/**
 * Creates a client of one environment, which connects at once. It never throws: a mistake in the options makes a client whose state
 * is `FATAL`, which says so in the log and serves code defaults. It keeps the process alive only while somebody awaits `ready`.
 */
export function createClient(options: NodeOptions): Client {
  const address = addressOf(options);
  const platform: Platform = { clock, random: Math.random, log: options?.logger ?? console };
  const { client, text } =
    typeof address === 'string' ? composeClient({ platform, rows, mistake: address }) : connected(address, options, platform);
  return withOriginState(alive(client), { text, complain: createVoice(platform.log).remark });
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

function shelfFor(address: Address, { cacheFolder = homeCache(), environment }: NodeOptions): Pick<Platform, 'shelf'> {
  return cacheFolder === false ? {} : { shelf: fileShelf(cacheFolder, shelfName(address, environment)) };
}
