/**
 * The seam between the SDKs and what they run on: everything impure that a client does goes through here, so that an
 * SDK supplies nothing else, and tests supply time, chance and the network.
 */
export interface Platform {
  readonly clock: Clock;
  /** A number from 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly log: Logger;
  /** Where the last good state outlives the process; absent where there is no such place. */
  readonly shelf?: Shelf;
  /** Tells the client when its host goes to sleep and wakes up, until the returned function is called. */
  readonly attend?: (on: { readonly sleep: () => void; readonly wake: () => void }) => () => void;
}

export interface Clock {
  /** Wall clock, epoch milliseconds; it may be set at any time, so only rules about dates look at it. */
  readonly nowMs: () => number;
  /** Milliseconds since some moment; never goes back. */
  readonly elapsedMs: () => number;
  /** Rings once after the delay, unless the returned function is called before. */
  readonly after: (delayMs: number, ring: () => void) => () => void;
}

export interface Logger {
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

/** Holds one text. Neither call throws. */
export interface Shelf {
  /** Read once, while the client is created, so that there are values from the first moment. */
  read(): string | undefined;
  write(text: string): Promise<void> | void;
}

/** How an exchange with the server ended. */
export interface Ending {
  /** The HTTP status, if there was one. */
  readonly status?: number | undefined;
  /** What the server asked for; believed if it is a number. */
  readonly retryAfterMs?: unknown;
  readonly etag?: string | undefined;
  /** What went wrong, for people. */
  readonly reason?: string | undefined;
}

/** What a transport tells about one exchange; nothing after `ended`. */
export interface Exchange {
  /** The server accepted: a response's head has arrived. */
  readonly opened: () => void;
  /** One event of a stream, with its id if it has one; or the body of a poll, as one `snapshot`. */
  readonly received: (event: string, data: string, id?: string) => void;
  readonly ended: (ending: Ending) => void;
}

/** Where an exchange starts from: `epoch.revision` of the state at hand, and the entity tag it came with. */
export interface From {
  readonly position?: string | undefined;
  readonly etag?: string | undefined;
}

/**
 * The network. Both calls return at once, and what they return ends the exchange silently. A transport neither retries
 * nor judges: a poll that ends with 200 or 304 succeeded, a stream never does.
 */
export interface Transport {
  stream(from: From, on: Exchange): () => void;
  poll(from: From, on: Exchange): () => void;
}
