/**
 * The rule model: what a flag, a segment and a context are, as they cross the wire.
 * Everything here is plain JSON. Optional lists that are absent mean "none".
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What one kind of a context says of itself: its key and its attributes. */
export interface Entity {
  readonly key: string;
  readonly [attribute: string]: Json | undefined;
}

/** What an evaluation is about: for each kind (`user`, `org`, …) a key, or a key with attributes. */
export type Context = { readonly [kind: string]: string | Entity };

/** The type of a flag's values; it never changes once the flag exists. */
export type FlagType = 'boolean' | 'string' | 'number' | 'json';

/** A half-open slice `[from, to)` of a hash space of 100,000 buckets. */
export type Range = readonly [from: number, to: number];

/**
 * Which bucket a context falls in: floor(h × 100,000 / 2³²), h = murmur3_x86_32 over the UTF-8 bytes of
 * `salt.kind.key`, or of `salt.kind.path.value` when bucketed by an attribute.
 * `hash` names another row of the hashes table; a row that the engine lacks is unsupported meaning.
 */
export interface Bucketing {
  readonly kind: string;
  /** The attribute to bucket by; absent means the context's key. */
  readonly path?: readonly string[];
  /** Absent means the flag's salt or, in a segment, the segment's key. Two splits may share a salt on purpose. */
  readonly salt?: string;
  /** Absent means the native hash. */
  readonly hash?: string;
}

/** Compares one attribute (or the key: path `["key"]`) of one kind with a list of values. */
export interface Comparison {
  readonly kind: string;
  readonly path: readonly string[];
  readonly op: string;
  readonly values?: readonly Json[];
  /** How an array attribute is tested; absent means `any`. */
  readonly match?: 'any' | 'all' | 'none';
  /** Ignore case. */
  readonly fold?: boolean;
  /** The answer when the attribute is absent or of another type; absent means `unknown`. */
  readonly missing?: 'unknown' | 'false' | 'negated' | 'null';
  /** The salt of `is_hashed`, whose values are digests (see `Hashed`). */
  readonly hashed?: Hashed;
  /** The types of the values that became digests; absent means all three. An attribute of another type is unknown, as it is for `is`. */
  readonly types?: readonly ('string' | 'number' | 'boolean')[];
}

/**
 * In a client's snapshot the literals of `is` (as `is_hashed`), of pins and of segments' lists are digests: the first 64 bits of
 * SHA-256 over `salt.kind.path.type.value`, 16 hexadecimal digits (path joined by `.`; type `string`, `number` or `boolean`; the
 * value after folding). This is the salt. It hides a list from reading, not from guessing.
 */
export type Hashed = string;

/** A test on the context. Unknown answers follow Kleene's logic; a rule serves only on *true*. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly segment: string }
  | { readonly flag: string; readonly variants: readonly string[] }
  | { readonly time: { readonly before: string | number } | { readonly after: string | number } }
  | { readonly bucket: Bucketing; readonly ranges: readonly Range[] }
  | Comparison;

/** One arm of a split: the slices of the hash space that are served this. */
export interface Arm {
  readonly ranges: readonly Range[];
  readonly serve: Serve;
}

/**
 * What is served when a rule matches. A split whose arms do not hold the context's bucket serves `rest`; without one, nothing:
 * the rule misses.
 */
export type Serve =
  | { readonly variant: string }
  | { readonly split: Bucketing; readonly arms: readonly Arm[]; readonly rest?: Serve }
  | { readonly switch: readonly { readonly when: Condition; readonly serve: Serve }[] }
  | { readonly codeDefault: true };

/** *When* the condition holds, *serve* something. Rules are ordered; the first match wins. */
export interface Rule {
  readonly id: string;
  readonly when: Condition;
  readonly serve: Serve;
  /**
   * What happens when the rule misses: its condition does not hold, or it serves this context nothing (a split without the key to
   * bucket by or with a bucket in no arm and no `rest`, a switch without a match). Absent means go on with the next rule.
   */
  readonly onMiss?: { readonly stop: Serve };
  /** Why the rule is there, for people. Not sent to clients. */
  readonly note?: string;
}

/** These context keys get this variant, before all rules. */
export interface Pin {
  readonly kind: string;
  readonly variant: string;
  readonly keys: readonly string[];
  /** Present when the keys are digests. */
  readonly hashed?: Hashed;
}

/** Another flag must serve one of these variants, or this flag is off. */
export interface Prerequisite {
  readonly flag: string;
  readonly variants: readonly string[];
  /** What an unmet prerequisite serves; absent means `off`. */
  readonly unmet?: 'off' | 'codeDefault';
}

/** What is served in a flag's place, before all that the flag says itself, to everyone or where a condition holds. */
export interface Override {
  readonly when?: Condition;
  /** Absent means the code default. */
  readonly variant?: string | undefined;
  readonly reason: 'STATIC' | 'TARGETING_MATCH' | 'DISABLED';
  /** Which layer serves it and where that is written. Copied into the resolution's metadata. */
  readonly metadata: FlagMetadata;
}

/** A flag in one environment, as a snapshot carries it. `key` is always the first member of its JSON. */
export interface Flag {
  readonly key: string;
  readonly type: FlagType;
  readonly on: boolean;
  readonly variants: { readonly [name: string]: Json };
  /** The variant served while off; absent means the code default. */
  readonly off?: string;
  readonly salt: string;
  readonly fallthrough: Serve;
  readonly prerequisites?: readonly Prerequisite[];
  readonly pins?: readonly Pin[];
  readonly rules?: readonly Rule[];
  /**
   * Written by the layers of the process that evaluates, never by a server. The first that holds serves, also while the flag is off
   * or its prerequisites are not met; where none does, the flag is as if it had no overrides.
   */
  readonly overrides?: readonly Override[];
  /**
   * Capabilities without which this flag must not be evaluated. Rows of operators (`op:matches`) and hashes
   * (`hash:…`) are judged where a rule uses them; anything else that an engine lacks stops the whole flag.
   */
  readonly needs?: readonly string[];
  /** Facts for people and tools: owner, stage, … Copied into the resolution's metadata. */
  readonly metadata?: { readonly [name: string]: string | number | boolean };
}

/** A named, reusable condition with included and excluded keys. */
export interface Segment {
  readonly key: string;
  /** The kind that the lists name. */
  readonly kind: string;
  readonly included?: readonly string[];
  readonly excluded?: readonly string[];
  /** Present when both lists hold digests. */
  readonly hashed?: Hashed;
  /** Asked when neither list names the context's key; absent means nobody else is in. */
  readonly when?: Condition;
}

/** The words of OpenFeature, exactly. */
export type Reason = 'STATIC' | 'DEFAULT' | 'TARGETING_MATCH' | 'SPLIT' | 'CACHED' | 'DISABLED' | 'STALE' | 'UNKNOWN' | 'ERROR';

/** The words of OpenFeature, exactly. */
export type ErrorCode =
  | 'PROVIDER_NOT_READY'
  | 'FLAG_NOT_FOUND'
  | 'PARSE_ERROR'
  | 'TYPE_MISMATCH'
  | 'TARGETING_KEY_MISSING'
  | 'INVALID_CONTEXT'
  | 'PROVIDER_FATAL'
  | 'GENERAL';

/** The answer to one evaluation. Its fields are those of OpenFeature's `ResolutionDetails`. Shared and frozen: never changed by anyone. */
export interface Resolution<T = Json> {
  readonly value: T;
  /** Absent when the code default was served. */
  readonly variant?: string;
  readonly reason: Reason;
  readonly errorCode?: ErrorCode;
  /** A sentence that says what to do. */
  readonly errorMessage?: string;
  readonly flagMetadata: FlagMetadata;
}

/** Our finer account of an answer. Flat, because OpenFeature's flag metadata is. */
export interface FlagMetadata {
  /** The layer that decided; absent means the rules of the environment. */
  readonly layer?: string;
  /** Where that layer says so: a file and a line, or the name of a variable. */
  readonly source?: string;
  /** The rule that decided. */
  readonly ruleId?: string;
  /** Set when a pin decided: the kind it pins. */
  readonly pin?: string;
  /** The prerequisite that was not met. */
  readonly prerequisite?: string;
  /** What this engine does not understand, joined by `, `. */
  readonly unsupported?: string;
  readonly [name: string]: string | number | boolean | undefined;
}

/** The first line of a snapshot. */
export interface SnapshotHeader {
  /** Version of the line format; an unknown one is refused whole. */
  readonly format: number;
  readonly origin: { readonly environment: string } | { readonly release: string; readonly revision: number };
  readonly audience: 'server' | 'client';
  readonly epoch: string;
  /** The head of the audience: the last revision that changed what it sees. */
  readonly revision: number;
  readonly flags: number;
  readonly segments: number;
  /** Sum mod 2⁶⁴ of the digests of all items, 16 hexadecimal digits. */
  readonly checksum: string;
}

/** `f` a flag, `s` a segment. Items of another sort come from a newer server: they are kept and counted, and mean nothing. */
export type ItemSort = 'f' | 's' | (string & {});

/** One line of a snapshot: `sort SP digest SP json`. */
export interface Item {
  readonly sort: ItemSort;
  readonly key: string;
  /** 64 bits (murmur3 with two seeds) of the UTF-8 bytes of `json`, 16 hexadecimal digits. */
  readonly digest: string;
  /** The item as it was sent; parsed when it is first asked for, never serialised again. */
  readonly json: string;
}

/** The immutable, self-contained document of an environment at a revision. */
export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly items: readonly Item[];
}

/** The first line of a patch; item lines follow as in a snapshot. Applied whole or not at all, and only onto `from`. */
export interface PatchHeader {
  readonly from: number;
  readonly to: number;
  /** Counts and checksum of the state after the patch. */
  readonly flags: number;
  readonly segments: number;
  readonly checksum: string;
  /** What is gone: `f key` or `s key`. */
  readonly del: readonly string[];
}
