import { Type } from 'typebox';
import {
  contextKey,
  contextKind,
  flagKey,
  instant,
  reason,
  record,
  revision,
  slug,
  strict,
  text,
  variantName,
} from '../atoms.ts';
import { actor, committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import {
  environmentFlag,
  environmentFlagEdit,
  environmentFlagFields,
  flagDefinition,
  flagKind,
  flagType,
  revised,
} from '../documents.ts';

/** The last change of a flag in words, as lists show it. */
export const lastChange = strict({ revision, at: instant, by: actor, summary: Type.String() });

/** A flag as the list shows it: one cell per environment, in words. */
export const flagRow = strict({
  definition: flagDefinition,
  environments: record(
    slug,
    strict({
      on: Type.Boolean(),
      locked: Type.Boolean(),
      client: Type.Boolean(),
      /** What it serves, in words: `off`, `on`, `10 % of org`, `acme +2`. */
      summary: Type.String(),
      /** Share of contexts that the fallthrough gives a variant other than the off variant, 0 to 1; null if it can't be told. */
      share: Type.Union([Type.Number(), Type.Null()]),
    }),
  ),
  lastChange: Type.Optional(lastChange),
  /** Why it should be cleaned up, if it should. */
  stale: Type.Optional(Type.String()),
});

const reasonBody = Type.Optional(reason);

export const flagContracts = {
  'GET /orgs/:org/projects/:project/flags': {
    operation: 'listFlags',
    summary: 'List flags, each with one cell per environment',
    permission: 'flag.read',
    query: strict({ archived: Type.Optional(Type.Enum(['no', 'only'])) }),
    response: strict({ flags: Type.Array(flagRow), revision }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/flags': {
    operation: 'createFlag',
    summary: 'Create a flag: off everywhere, unless `environments` says otherwise',
    permission: 'flag.edit',
    body: strict({
      key: flagKey,
      type: Type.Optional(flagType),
      kind: Type.Optional(flagKind),
      owner: Type.Optional(Type.String({ maxLength: 254 })),
      description: Type.Optional(text),
      expiresOn: Type.Optional(Type.Union([Type.String({ format: 'date' }), Type.Null()])),
      links: Type.Optional(flagDefinition.properties.links),
      /** The same variants everywhere at first. A boolean flag has `on` and `off`. */
      variants: Type.Optional(environmentFlagFields.variants),
      off: Type.Optional(variantName),
      client: Type.Optional(Type.Boolean()),
      environments: Type.Optional(record(slug, environmentFlagEdit)),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['ALREADY_EXISTS', 'INVALID'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/flags/:flag': {
    operation: 'getFlag',
    summary: 'Show a flag in all environments',
    permission: 'flag.read',
    response: strict({
      definition: revised(flagDefinition),
      environments: record(slug, revised(environmentFlag)),
      lastChange: Type.Optional(lastChange),
      /** The feature that it belongs to. */
      feature: Type.Optional(flagKey),
      /** Of each environment where it is killed: by whom and why, and with which feature, if one was backed out. */
      kills: Type.Optional(
        record(
          slug,
          strict({ revision, at: instant, by: actor, reason: Type.Optional(Type.String()), feature: Type.Optional(flagKey) }),
        ),
      ),
      /** Flags that depend on this one. */
      dependents: Type.Array(flagKey),
    }),
    errors: [],
  },
  'PATCH /orgs/:org/projects/:project/flags/:flag': {
    operation: 'describeFlag',
    summary: "Change a flag's owner, kind, description, expiry or links",
    permission: 'flag.edit',
    body: strict({
      kind: Type.Optional(flagKind),
      owner: Type.Optional(Type.String({ maxLength: 254 })),
      description: Type.Optional(text),
      expiresOn: Type.Optional(Type.Union([Type.String({ format: 'date' }), Type.Null()])),
      links: Type.Optional(flagDefinition.properties.links),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['CONFLICT', 'INVALID'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/flags/:flag/archive': {
    operation: 'archiveFlag',
    summary: 'Archive a flag; SDKs then know nothing of it',
    permission: 'flag.edit',
    body: strict({
      /** Archive it though supported releases read it still: whoever says so takes the risk. */
      accept: Type.Optional(Type.Boolean()),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['STILL_USED', 'CONFLICT'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/flags/:flag/restore': {
    operation: 'restoreFlag',
    summary: 'Restore an archived flag; it is off everywhere',
    permission: 'flag.edit',
    body: strict({ reason: reasonBody }),
    response: committed,
    errors: ['CONFLICT'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/publish': {
    operation: 'publishEdits',
    summary: 'Publish edits of any flags in any environments as one revision',
    permission: 'flag.edit',
    body: strict({
      edits: Type.Array(
        strict({
          environment: slug,
          flag: flagKey,
          edit: environmentFlagEdit,
          /** The revision the edit was made on; refused with CONFLICT if the flag has changed there since. */
          revision: Type.Optional(revision),
        }),
        { minItems: 1, maxItems: 500 },
      ),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['CONFLICT', 'FLAG_LOCKED', 'FLAG_ARCHIVED', 'INVALID'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/turn': {
    operation: 'turnFlag',
    summary: 'Turn a flag on or off in an environment',
    permission: 'flag.edit',
    body: strict({ on: Type.Boolean(), reason: reasonBody }),
    response: committed,
    errors: ['FLAG_LOCKED', 'FLAG_ARCHIVED', 'CONFLICT'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/pin': {
    operation: 'pinFlag',
    summary: 'Give context keys a variant before all rules, or take their pins away',
    permission: 'flag.edit',
    body: strict({
      kind: contextKind,
      keys: Type.Array(contextKey, { minItems: 1, maxItems: 1_000 }),
      /** Null takes the pins away. */
      variant: Type.Union([variantName, Type.Null()]),
      /** Also turn the flag on, serving its off variant to everybody else. */
      turnOn: Type.Optional(Type.Boolean()),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['FLAG_LOCKED', 'FLAG_ARCHIVED', 'CONFLICT', 'INVALID'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/rollout': {
    operation: 'rolloutFlag',
    summary: 'Serve a variant to a percentage of contexts that no pin or rule decides; turns the flag on',
    permission: 'flag.edit',
    body: strict({
      /** 0 to 100, in steps of 0.001. */
      percent: Type.Number({ minimum: 0, maximum: 100, multipleOf: 0.001, description: '0 to 100, in steps of 0.001' }),
      kind: Type.Optional(contextKind),
      variant: Type.Optional(variantName),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['FLAG_LOCKED', 'FLAG_ARCHIVED', 'CONFLICT', 'INVALID'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/kill': {
    operation: 'killFlag',
    summary: 'Kill a flag: off, and locked until it is unlocked',
    permission: 'flag.kill',
    body: strict({ reason: reasonBody }),
    response: committed,
    errors: ['FLAG_ARCHIVED', 'CONFLICT'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/unlock': {
    operation: 'unlockFlag',
    summary: 'Unlock a killed flag; it stays off until turned on',
    permission: 'flag.unlock',
    body: strict({ reason: Type.String({ minLength: 1, maxLength: 500 }) }),
    response: committed,
    errors: ['CONFLICT'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/why': {
    operation: 'explainFlag',
    summary: 'Evaluate a flag for a context and say what decided, step by step',
    permission: 'flag.read',
    body: strict({ context: record(Type.String(), Type.Unknown()) }),
    response: Type.Object({
      /** The engine's resolution and its trail. */
      resolution: Type.Unknown(),
      trail: Type.Array(Type.Unknown()),
      /** The known context's attributes that were filled in, by kind. */
      context: record(Type.String(), Type.Unknown()),
      revision,
    }),
    errors: ['INVALID'],
  },
} as const satisfies Record<ContractKey, Contract>;
