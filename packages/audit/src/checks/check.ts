import type { AuditCheck, AuditSeverity } from '@taffrail/schema';
import type { Place, Read } from '../reads/read.ts';
import type { Scan } from '../scan/scan.ts';
import type { KnownFlag, Truth } from '../truth/known-flag.ts';
import type { Shipped } from '../truth/shipped.ts';

/** What checks judge by. */
export interface Evidence {
  readonly scan: Scan;
  /** Absent: nothing is known of the flags that there are. */
  readonly truth: Truth | undefined;
  /** Releases that have left, those among them that are supported no more. Absent: nothing is known of them. */
  readonly shipped: readonly Shipped[] | undefined;
  /** As `2027-01-31`. */
  readonly today: string;
  /** The whole code base was looked at: what was not found is not there. */
  readonly whole: boolean;
  /** Keys that other code bases read. */
  readonly readElsewhere: ReadonlySet<string>;
  /** Reads of the product, not of its tests. */
  readonly reads: readonly Read[];
  readonly readsByKey: ReadonlyMap<string, readonly [Read, ...Read[]]>;
}

/** What a check found. */
export interface Found {
  readonly message: string;
  /** Absent where there is none: a flag that nothing speaks of. */
  readonly place?: Place | undefined;
  readonly key?: string;
  /** Other places that belong to it. */
  readonly related?: readonly Place[];
}

export interface Check {
  readonly name: AuditCheck;
  readonly severity: AuditSeverity;
  /** One line, for people who meet it for the first time. */
  readonly about: string;
  /** Whether the evidence is enough to judge by. */
  readonly applies?: (evidence: Evidence) => boolean;
  readonly find: (evidence: Evidence) => readonly Found[];
}

/** One read of each flag that is read, with what is known of the flag: its first, and the others' places. */
export function* knownReads({
  truth,
  readsByKey,
}: Evidence): Generator<{ flag: KnownFlag; place: Place; related: Place[]; reads: readonly Read[] }> {
  for (const [key, reads] of readsByKey) {
    const flag = truth?.flags.get(key);
    const [first, ...others] = reads;
    if (flag && !flag.archived) yield { flag, reads, place: first.place, related: others.map(({ place }) => place) };
  }
}

export const hasTruth = ({ truth }: Evidence) => truth !== undefined;
