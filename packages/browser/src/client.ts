import { combineRows, type Context, coreRows } from '@taffrail/engine';
import {
  about,
  type Answers,
  composeClient,
  type ContextAnswers,
  type Lifecycle,
  liveSource,
  type Platform,
} from '@taffrail/sdk-core';
import { clock } from './clock.ts';
import { localShelf } from './local-shelf.ts';
import { type BrowserOptions, mistakeIn, type Share } from './options.ts';
import { attend } from './page.ts';
import { createTransport } from './transport.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;

/** A client of one environment that answers about one context at a time. */
export interface BrowserClient extends ContextAnswers, Lifecycle, Pick<Answers, 'forContext'> {
  /** Whom answers are about now; undefined: the context that has nothing. */
  context(): Context | undefined;
  /** From now on answers are about this context. Until they can be, the old ones stay; then there is one change. */
  identify(context: Context): Promise<void>;
}

/**
 * Creates a client of a page, which connects at once. It never throws: a mistake in the options makes a client whose state is `FATAL`,
 * which says so in the log and serves code defaults.
 */
export function createClient(options: BrowserOptions): BrowserClient {
  const given = Object(options) as BrowserOptions;
  const { url, key, rows = [], environment, bootstrap, offline, share = alone } = given;
  const mistake = mistakeIn(given);
  const platform = platformFor(given);
  const { client, announce } = composeClient({
    platform,
    rows: combineRows(coreRows, ...rows),
    source: mistake || offline ? undefined : liveSource(share(createTransport(url, key), given), platform),
    mistake,
    bootstrap,
    environment,
  });
  let { context } = given;

  return Object.assign(
    client,
    about(() => context, client),
    {
      context: () => context,
      async identify(next: Context): Promise<void> {
        context = next;
        announce();
      },
    },
  );
}

const alone: Share = (transport) => transport;

function platformFor({
  url,
  key,
  environment = '',
  logger = console,
  offline,
  cacheMaxAgeMs = offline ? 0 : WEEK_MS,
}: BrowserOptions): Platform {
  const isPage = typeof addEventListener === 'function';
  return {
    clock,
    random: Math.random,
    log: logger,
    ...(cacheMaxAgeMs > 0 && typeof key === 'string'
      ? { shelf: localShelf(shelfName(url, key, environment), cacheMaxAgeMs) }
      : {}),
    ...(isPage ? { attend } : {}),
  };
}

/** Differs for every server, key and environment, so that no client ever reads the state of another. */
const shelfName = (url: string, key: string, environment: string): string =>
  `taffrail ${url} ${key.slice(0, key.lastIndexOf('_'))} ${environment}`;
