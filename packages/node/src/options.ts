import type { Logger } from '@taffrail/sdk-core';

/** What a client of Node.js is created with. */
export interface NodeOptions {
  /** Where the Taffrail server is, for instance `https://flags.example`. */
  readonly url: string;
  /** A server key (`tf_srv_…`) of one environment. */
  readonly key: string | undefined;
  /** The environment that the key is of. If given, states of any other are refused. */
  readonly environment?: string;
  /** A snapshot, as text, to begin with. */
  readonly bootstrap?: string;
  /**
   * The folder that keeps the last good state for the next start; `false` for none. Absent means `.cache/taffrail` in the
   * user's home. Where it cannot be written, nothing is kept.
   */
  readonly cacheFolder?: string | false;
  /**
   * An override file (YAML), which may serve other values than the environment's, for everyone or for orgs; `false` for none. It is
   * followed as it changes. Absent means the file that the variable `TAFFRAIL_OVERRIDE_FILE` names, if any.
   */
  readonly overrideFile?: string | false;
  /** Absent means `console`. */
  readonly logger?: Logger;
  /** Makes the requests; pass your own for proxies and private certificates. Absent means the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Options that can be worked with. */
export interface Address {
  /** Ends with a slash. */
  readonly url: string;
  readonly key: string;
}

/** What is wrong with the program, in a sentence; or where to connect. */
export function addressOf(options: unknown): Address | string {
  const { url, key } = Object(options) as Partial<NodeOptions>;
  const base = typeof url === 'string' ? parsedUrl(url) : undefined;
  if (!base) return 'createClient needs the url of the Taffrail server, such as https://flags.example.';
  if (typeof key !== 'string' || key.trim() === '')
    return 'createClient needs a key: pass a server key (tf_srv_…), perhaps from the environment.';
  if (!/^tf_(srv|cli)_[\x21-\x7e]+$/.test(key.trim()))
    return 'createClient needs a server key, which begins with tf_srv_: this is something else.';
  return { url: base, key: key.trim() };
}

/** With a slash at its end; undefined where it is no URL of a server. */
export function parsedUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, pathname } = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? `${origin}${pathname.replace(/\/*$/, '/')}` : undefined;
}
