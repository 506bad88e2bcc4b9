import type { IncomingMessage } from 'node:http';
import type { Channel } from './channel.ts';
import type { ReaderKey } from './reader-key.ts';

/** What may have to be asked of another process first. */
export type Soon<T> = T | Promise<T>;

/** What stands behind the endpoints: here, or in another process. */
export interface SdkBackend<Key extends ReaderKey = ReaderKey> {
  /** The key that a secret is, unless it is unknown, revoked or expired. */
  sdkKey(secret: string): Soon<Key | undefined>;
  /** As whom a request without a key is served, where it may go without. */
  anonymous?(request: IncomingMessage): Key | undefined;
  /** The channel that a key leads to, for a reader who has a position. */
  channelOf(key: Key, position: string | undefined): Soon<Channel>;
}

/** What serving needs beside what is served. */
export interface Serving {
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** Told of what should not happen, and under which request it did. */
  readonly onFailure: (error: unknown, requestId: string) => void;
}

/** Goes on within the call where nothing has to be waited for: thousands a second ask, and mostly nothing has. */
export const once = <T, Result>(value: Soon<T>, goOn: (value: T) => Soon<Result>): Soon<Result> =>
  value instanceof Promise ? value.then(goOn) : goOn(value);
