import type { Alarms } from './alarms.ts';

/** What became of a text that a source brought. */
export type Taken =
  /** It is the state now. */
  | 'applied'
  /** The state at hand is as new. */
  | 'known'
  /** It does not parse, follow or sum: the last good state stays, and a snapshot is wanted. */
  | 'broken';

/** How the state at hand stands to its origin. */
export type Standing =
  /** It is the origin's newest. */
  | 'live'
  /** It was, or may be; nobody knows. */
  | 'lost'
  /** The origin will not speak to us until somebody changes something. */
  | 'refused';

/** Which state it is: revisions are compared only where the rest is equal. */
export interface Identity {
  readonly environment: string;
  readonly epoch: string;
  readonly revision: number;
  readonly checksum: string;
}

/** What a source brings its states to. */
export interface Sink {
  /** A whole snapshot; or a patch, together with the `epoch.revision` that it leads to. */
  take(text: string, leadsTo?: string): Taken;
  /** The state at hand. */
  identity(): Identity | undefined;
  report(standing: Standing, reason?: string): void;
}

/** A source at work. */
export interface RunningSource {
  /** Leave the network alone until woken. */
  sleep(): void;
  /** Be up to date as soon as allowed; a connection that may not have outlived the sleep is made anew. */
  wake(): void;
  close(): void;
}

/** Where states come from: the wire, a file, a shipment. Sources emit; the client interprets. */
export type Source = (sink: Sink, alarms: Alarms) => RunningSource;
