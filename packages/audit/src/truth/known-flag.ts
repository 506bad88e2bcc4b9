import type { FlagType, Json } from '@taffrail/engine';

/** What is known of a flag, as far as its source tells. */
export interface KnownFlag {
  readonly key: string;
  readonly type?: FlagType;
  /** Empty: nobody answers for it. */
  readonly owner?: string;
  /** Its last day, as `2027-01-31`. */
  readonly expiresOn?: string;
  readonly archived?: boolean;
  /** What it serves while off. */
  readonly off?: Json;
  /** The code default that a manifest recorded. */
  readonly codeDefault?: Json;
}

/** The flags that there are. */
export interface Truth {
  /** Where this was learnt, for people: a file, a server. */
  readonly source: string;
  readonly flags: ReadonlyMap<string, KnownFlag>;
}

export function truthOf(source: string, flags: readonly KnownFlag[]): Truth {
  return { source, flags: new Map(flags.map((flag) => [flag.key, flag])) };
}
