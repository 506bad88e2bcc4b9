import { Type, type Static } from 'typebox';
import { flagKey, record, strict } from './atoms.ts';
import { flagType } from './documents.ts';
import { version } from './release.ts';
import { json } from './rules.ts';

/** What `taffrail audit` looks for. */
export const auditChecks = [
  'unknown',
  'wrong-type',
  'expired',
  'dynamic-key',
  'default-differs',
  'unused',
  'gone-from-code',
  'archived-too-soon',
  'ownerless',
  'one-position',
  'suppression',
] as const;
export const auditCheck = Type.Enum([...auditChecks]);
export type AuditCheck = Static<typeof auditCheck>;

/** How much a finding weighs. */
export const auditSeverities = ['error', 'warning', 'note'] as const;
const severity = Type.Enum([...auditSeverities]);
export type AuditSeverity = Static<typeof severity>;

/** Names of a callee, the last one its own: `flagResolver.isEnabled`, `*.isEnabled`, `isOn`. No regular expressions: repositories are anybody's. */
const callee = Type.String({
  pattern: '^(?:(?:[A-Za-z_$][\\w$]*|\\*)\\.){0,8}[A-Za-z_$][\\w$]*$',
  maxLength: 200,
  description: 'names joined by dots, such as flagResolver.isEnabled; * stands for any but the last',
});
const position = Type.Integer({ minimum: 0, maximum: 20, description: 'the place of an argument, from 0' });
/** As a `.gitignore` has them, from the folder of the configuration. */
const pathPatterns = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 500 });

const call = strict({
  callee,
  key: Type.Optional(position),
  default: Type.Optional(position),
  type: Type.Optional(flagType),
});

/** A call by which tests put flags into a position: `flags` is an argument that maps keys to values, or `key` and `value` are. */
const setting = strict({
  callee,
  flags: Type.Optional(position),
  key: Type.Optional(position),
  value: Type.Optional(position),
});

/** `taffrail.audit.json`. */
export const auditConfig = strict({
  $schema: Type.Optional(Type.String({ maxLength: 1_000 })),
  /** The weight of each check; `off` leaves it out. */
  checks: Type.Optional(record(auditCheck, Type.Enum([...auditSeverities, 'off']))),
  /** The least weight that makes the audit fail. */
  failOn: Type.Optional(severity),
  /** Calls that read flags, beside those of Taffrail's SDKs and OpenFeature's. */
  calls: Type.Optional(Type.Array(call, { maxItems: 200 })),
  /** Names that clients go by, where the audit cannot see where they come from. */
  clients: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Za-z_$][\\w$]*$', maxLength: 100 }), { maxItems: 100 })),
  /** Calls by which tests put flags into a position. */
  sets: Type.Optional(Type.Array(setting, { maxItems: 100 })),
  /** Files to leave out. */
  ignore: Type.Optional(pathPatterns),
  /** Files that hold tests, in place of the usual. */
  tests: Type.Optional(pathPatterns),
  /** Flags that other code bases read, so that nobody misses them here. */
  readElsewhere: Type.Optional(Type.Array(flagKey, { maxItems: 20_000 })),
});
export type AuditConfig = Static<typeof auditConfig>;

const place = strict({ file: Type.String(), line: Type.Integer({ minimum: 1 }), column: Type.Integer({ minimum: 1 }) });

/** What `taffrail audit --manifest` writes: the flags that a code base reads. The same code gives the same bytes. */
export const readManifest = strict({
  format: Type.Literal(1),
  flags: Type.Array(
    strict({
      key: flagKey,
      /** Absent where it cannot be told. */
      type: Type.Optional(flagType),
      /** The code defaults of its reads, as far as they can be told; one, if they agree. */
      defaults: Type.Array(json),
      reads: Type.Array(place),
    }),
  ),
});
export type ReadManifest = Static<typeof readManifest>;

/** What an audit takes of a release that has left: the answer of `taffrail release show --json`, most of which it leaves unread. */
export const shippedRelease = Type.Object({
  release: version,
  /** The last day of its support; absent: until somebody says so. */
  supportedUntil: Type.Optional(Type.String({ format: 'date' })),
  /** The flags that its code reads, and all that those ask. */
  entries: Type.Array(Type.Object({ flag: flagKey })),
});
export type ShippedRelease = Static<typeof shippedRelease>;
