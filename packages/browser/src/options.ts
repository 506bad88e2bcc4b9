import type { Context, Rows } from '@taffrail/engine';
import type { Logger, Transport } from '@taffrail/sdk-core';

/** What a client of a page is created with. */
export interface BrowserOptions {
  /** Where the Taffrail server is, for instance `https://flags.example`. */
  readonly url: string;
  /** A client key (`tf_cli_…`) of one environment. It is public. */
  readonly key: string;
  /** What the page's answers are about, until `identify` says otherwise. Absent means the context that has nothing. */
  readonly context?: Context;
  /** What evaluates more than the core operators: `versionRows` from `@taffrail/browser/versions`, and so on. */
  readonly rows?: readonly Partial<Rows>[];
  /** The environment that the key is of. If given, states of any other are refused. */
  readonly environment?: string;
  /** A snapshot, as text, to begin with. */
  readonly bootstrap?: string;
  /** Serves what `bootstrap` says, for ever, and asks nobody: for tests, and for what a server rendered. */
  readonly offline?: boolean;
  /** How old the state kept by an earlier page may be, in milliseconds; 0 keeps none. Absent means a week. */
  readonly cacheMaxAgeMs?: number;
  /** `shared()` from `@taffrail/browser/shared`: one connection for all tabs of an origin. Absent: each has its own. */
  readonly share?: Share;
  /** Absent means `console`. */
  readonly logger?: Logger;
}

/** Makes of the connection that a page would have alone one that it shares with the pages that ask the same. */
export type Share = (alone: Transport, asked: Pick<BrowserOptions, 'url' | 'key' | 'environment'>) => Transport;

/** What is wrong with the program, in a sentence. */
export function mistakeIn({ url, key }: { readonly url?: unknown; readonly key?: unknown }): string | undefined {
  if (typeof url !== 'string' || !url) return 'createClient needs the url of the Taffrail server.';
  if (typeof key !== 'string' || !/^tf_\w+$/.test(key)) return 'createClient needs a client key, which begins with tf_cli_.';
  if (!key.startsWith('tf_cli_')) return 'Anyone can read this key in a page: revoke it, and use a client key.';
  return undefined;
}
