import { Type, type Static } from 'typebox';
import {
  contextKey,
  contextKind,
  email,
  flagKey,
  id,
  instant,
  name,
  record,
  revision,
  slug,
  strict,
  text,
  variantName,
} from './atoms.ts';
import { limits } from './limits.ts';
import { policies } from './policies.ts';
import { condition, json, pin, prerequisite, rule, serve } from './rules.ts';

export const flagType = Type.Enum(['boolean', 'string', 'number', 'json']);
export const flagKind = Type.Enum(['release', 'experiment', 'entitlement', 'config', 'operational']);
/** The kinds that must end: they have an owner and an expiry. */
export const temporaryKinds = ['release', 'experiment'] as const;

const link = strict({ title: name, url: Type.String({ format: 'uri', pattern: '^https?://', maxLength: 1_000 }) });

/** What a flag is in its project, the same in every environment. */
export const flagDefinition = strict({
  key: flagKey,
  type: flagType,
  kind: flagKind,
  owner: Type.String({ maxLength: 254 }),
  description: text,
  /** The last day of a temporary flag. */
  expiresOn: Type.Optional(Type.String({ format: 'date' })),
  links: Type.Array(link, { maxItems: 20 }),
  createdAt: instant,
  archivedAt: Type.Optional(instant),
});
export type FlagDefinition = Static<typeof flagDefinition>;

const variants = record(variantName, json, { minProperties: 1, maxProperties: limits.variantsPerFlag });

/** What people edit of a flag in one environment. */
export const environmentFlagFields = {
  on: Type.Boolean(),
  off: Type.Optional(variantName),
  variants,
  /** Evaluated in browsers too: what they need of it is public. */
  client: Type.Boolean(),
  prerequisites: Type.Array(prerequisite, { maxItems: 50 }),
  pins: Type.Array(pin, { maxItems: 200 }),
  rules: Type.Array(rule, { maxItems: limits.rulesPerFlag }),
  fallthrough: serve,
};

/** A flag in one environment: everything that evaluation reads. */
export const environmentFlag = strict({
  key: flagKey,
  ...environmentFlagFields,
  salt: Type.String({ minLength: 1, maxLength: 128 }),
  /** Killed: off, and turning on again is a separate act. */
  locked: Type.Boolean(),
});
export type EnvironmentFlag = Static<typeof environmentFlag>;

/** The fields of a flag in one environment that an edit replaces; absent fields stay. `off: null` removes the off variant. */
export const environmentFlagEdit = strict({
  on: Type.Optional(Type.Boolean()),
  off: Type.Optional(Type.Union([variantName, Type.Null()])),
  variants: Type.Optional(variants),
  client: Type.Optional(Type.Boolean()),
  prerequisites: Type.Optional(environmentFlagFields.prerequisites),
  pins: Type.Optional(environmentFlagFields.pins),
  rules: Type.Optional(environmentFlagFields.rules),
  fallthrough: Type.Optional(serve),
});
export type EnvironmentFlagEdit = Static<typeof environmentFlagEdit>;

const segmentKeys = Type.Array(contextKey, { maxItems: limits.keysPerSegmentList, uniqueItems: true });

/** A named, reusable condition with included and excluded keys. */
export const segment = strict({
  key: flagKey,
  name,
  description: text,
  kind: contextKind,
  included: segmentKeys,
  excluded: segmentKeys,
  when: Type.Optional(condition),
});
export type SegmentDocument = Static<typeof segment>;

export const organization = strict({ key: slug, name, createdAt: instant });
export const project = strict({ key: slug, name, createdAt: instant });
export const environment = strict({
  key: slug,
  name,
  /** Shown first and warned about: what customers see. */
  production: Type.Boolean(),
  /** Position in lists, from 0. */
  order: Type.Integer({ minimum: 0 }),
  createdAt: instant,
  /** What wants a second person here; absent: nothing. */
  policies: Type.Optional(policies),
});
export type Organization = Static<typeof organization>;
export type Project = Static<typeof project>;
export type Environment = Static<typeof environment>;

export const role = Type.Enum(['viewer', 'editor', 'admin', 'owner']);
export type Role = Static<typeof role>;

/** A role in the whole organization, in one project, or in one environment of it. */
export const grant = strict({ role, project: Type.Optional(slug), environment: Type.Optional(slug) });
export type Grant = Static<typeof grant>;

export const member = strict({ id, email, name, grants: Type.Array(grant, { minItems: 1, maxItems: 200 }), joinedAt: instant });
export type Member = Static<typeof member>;

export const knownContext = strict({
  kind: contextKind,
  key: contextKey,
  attributes: record(Type.String({ maxLength: 128 }), json),
  lastSeenAt: instant,
});
export type KnownContext = Static<typeof knownContext>;

export const sdkKeyKind = Type.Enum(['server', 'client']);
/** A key of one environment as people may see it: never its secret. */
export const sdkKey = strict({
  id,
  kind: sdkKeyKind,
  name,
  project: slug,
  environment: slug,
  /** Browsers' origins that may use a client key; empty means any. */
  origins: Type.Array(Type.String({ maxLength: 253 }), { maxItems: 50 }),
  createdAt: instant,
  createdBy: Type.String(),
  expiresAt: Type.Optional(instant),
  lastUsedAt: Type.Optional(instant),
  revokedAt: Type.Optional(instant),
});
export type SdkKey = Static<typeof sdkKey>;

export const tokenKind = Type.Enum(['personal', 'service']);
/** A token of the management API: a personal one acts as its member, a service one by its own grants. */
export const token = strict({
  id,
  kind: tokenKind,
  name,
  member: Type.Optional(id),
  grants: Type.Array(grant, { maxItems: 200 }),
  createdAt: instant,
  /** The person who answers for a service token: who created it, or created the token that did. */
  createdBy: Type.Optional(id),
  expiresAt: Type.Optional(instant),
  lastUsedAt: Type.Optional(instant),
  revokedAt: Type.Optional(instant),
});
export type Token = Static<typeof token>;

/** A document with the revision that last changed it, for `If-Match`. */
export const revised = <T extends import('typebox').TSchema>(document: T) => strict({ document, revision });
