import type { Json } from '@taffrail/engine';

/** One entry of an override file. */
export interface Entry {
  readonly flag: string;
  /** As it is written: `on` may stand for `true`. */
  readonly value: Json;
  /** Only contexts with an org of these keys; absent means everyone. */
  readonly orgs?: readonly string[];
  /** Epoch milliseconds; from this moment on the entry is inert. */
  readonly untilMs?: number;
  /** The last day on which it counts, in UTC, as it is written. */
  readonly expires?: string;
  /** The back-outs that it stands against. */
  readonly acknowledges: readonly string[];
  readonly reason?: string;
  readonly ticket?: string;
  readonly setBy?: string;
  readonly setOn?: string;
  /** Where it is written: `/etc/acme/flags.yaml:4`. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
}
