import { Type, type Static } from 'typebox';
import { contextKind, flagKey, id, instant, revision, slug, strict } from './atoms.ts';
import { waiting } from './policies.ts';
import { version } from './release.ts';
import { json } from './rules.ts';

/** Who acted. `system` is the server itself; `operator` a person at the server's own shell. */
export const actor = strict({
  type: Type.Enum(['member', 'service', 'operator', 'system']),
  id,
  name: Type.String(),
  /** The token used, if any. */
  token: Type.Optional(id),
});
export type Actor = Static<typeof actor>;

/** What one commit did to one document: a sentence for people, before and after for the diff. */
export const change = strict({
  /** The member of the union of every change, e.g. `flag.edited`. */
  kind: Type.String(),
  environment: Type.Optional(slug),
  /** The sort of document, e.g. `flag`, `environment-flag`, `segment`. */
  sort: Type.String(),
  key: Type.String(),
  summary: Type.String(),
  before: Type.Optional(json),
  after: Type.Optional(json),
});
export type Change = Static<typeof change>;

/** One committed entry of an organization's hash-chained history. */
export const historyEntry = strict({
  /** Position in the organization's chain, from 1. */
  seq: Type.Integer(),
  project: Type.Optional(slug),
  /** The revision of the project (or of the organization) that the commit made. */
  revision,
  at: instant,
  actor,
  command: Type.String(),
  reason: Type.Optional(Type.String()),
  changes: Type.Array(change),
  /** The revision that this entry reverts, for an undo. */
  undoes: Type.Optional(revision),
  /** SHA-256 of the entry's body; the chain runs over digests. */
  digest: Type.String(),
  /** SHA-256 over the previous link and this entry's digest. */
  link: Type.String(),
  /** When what it said was erased, if it was: the digest is still that of the whole entry. */
  erasedAt: Type.Optional(instant),
});
export type HistoryEntry = Static<typeof historyEntry>;

/** Contexts that move from one variant to another; null is the code default. */
export const move = strict({
  from: Type.Union([Type.String(), Type.Null()]),
  to: Type.Union([Type.String(), Type.Null()]),
  count: Type.Integer(),
  /** The first ten keys. */
  keys: Type.Array(Type.String()),
});

/** Who is affected: one flag in one environment, over the known contexts of one kind. */
export const affected = strict({
  environment: slug,
  flag: flagKey,
  kind: contextKind,
  known: Type.Integer(),
  changed: Type.Integer(),
  moves: Type.Array(move),
});
export type Affected = Static<typeof affected>;

/** Contexts by name, as far as they are named. */
const named = strict({
  count: Type.Integer(),
  /** The first ten keys. */
  keys: Type.Array(Type.String()),
});

/**
 * Who gains or loses a feature in one environment, over the known contexts of one kind: to have it is to have each of its flags, at
 * the variant that means on.
 */
export const featureAffected = strict({
  environment: slug,
  feature: flagKey,
  kind: contextKind,
  known: Type.Integer(),
  gained: named,
  lost: named,
});
export type FeatureAffected = Static<typeof featureAffected>;

/** The installs of a release that would get another shipment, or other flags with their next upgrade. */
export const installsAffected = strict({
  release: version,
  /** The revision that they would get; absent: nothing until they upgrade to a release that is cut from now on. */
  revision: Type.Optional(Type.Integer()),
  connected: Type.Integer(),
  airGapped: Type.Integer(),
  /** The first ten names. */
  names: Type.Array(Type.String()),
});
export type InstallsAffected = Static<typeof installsAffected>;

/** What a command would do. Nothing was written. */
export const preview = strict({
  /** The revision it was computed on. */
  revision,
  changes: Type.Array(change),
  affected: Type.Array(affected),
  /** The features that it moves; absent if it moves none. */
  features: Type.Optional(Type.Array(featureAffected)),
  /** The installs that it reaches; absent if it reaches none. */
  installs: Type.Optional(Type.Array(installsAffected)),
  /** Flags that depend on the edited ones by prerequisite or condition. */
  dependents: Type.Array(flagKey),
  /** True if nobody gains anything: it may be published without a second look. */
  narrowing: Type.Boolean(),
  warnings: Type.Array(Type.String()),
  /** What of it waits for a second person: send it with `?request=1`. Empty or absent: it may be published at once. */
  waits: Type.Optional(Type.Array(waiting)),
  /** SHA-256 of what would be written and of all that bears on what it does: same digest, same effect. */
  digest: Type.Optional(Type.String()),
});
export type Preview = Static<typeof preview>;

/** The answer to a mutation. */
export const committed = strict({
  revision,
  /** False when the command changed nothing; nothing was written then. */
  changed: Type.Boolean(),
  changes: Type.Array(change),
  /** Send this to undo the change; absent when there is nothing to undo. */
  undo: Type.Optional(strict({ method: Type.Literal('POST'), href: Type.String() })),
  /** The id of the request that was made instead (`?request=1`), or that waits for the review of an emergency. */
  request: Type.Optional(id),
});
export type Committed = Static<typeof committed>;
