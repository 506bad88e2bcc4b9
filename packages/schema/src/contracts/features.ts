import { Type } from 'typebox';
import { contextKey, contextKind, flagKey, instant, reason, record, revision, slug, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { revised } from '../documents.ts';
import { feature, featureStage, featureState, readReport, stage } from '../feature.ts';
import { limits } from '../limits.ts';
import { flagRow, lastChange } from './flags.ts';

/** What must be so before a feature comes to a stage. */
export const gate = strict({
  /** The stage that it guards. Who skips the stage passes it all the same. */
  stage,
  /** Two or three words: `owner`, `hours at 100 %`. */
  name: Type.String(),
  open: Type.Boolean(),
  /** Why it is closed and what to do, or what opened it. */
  sentence: Type.String(),
});

/** A flag that is not what the stage of its feature makes of it, and how: people may edit it by hand. */
const difference = strict({ flag: flagKey, sentence: Type.String() });

const { key: _key, ...stageFields } = featureStage.properties;

/** Where a feature stands in one environment, and what keeps it from going on. */
export const featureStanding = strict({
  ...stageFields,
  /** Absent where the feature has never left `dark`. */
  since: Type.Optional(instant),
  /** Of the stage's document, for `If-Match`; 0 if there is none. */
  revision,
  /** The stage after this one; absent at the end of the line, and when backed out. */
  next: Type.Optional(stage),
  /** The gates of all stages ahead, in order. When backed out: those up to the stage it was backed out from. */
  gates: Type.Array(gate),
  /** Flags edited by hand since; moving the feature, to this stage too, overwrites them. */
  differs: Type.Array(difference),
});

/** A feature as the list shows it. */
export const featureRow = strict({
  feature,
  environments: record(
    slug,
    strict({
      stage: featureState,
      since: Type.Optional(instant),
      percent: Type.Optional(Type.Number()),
      next: Type.Optional(stage),
      /** Why the next stage is closed; absent if it is open. */
      closed: Type.Optional(Type.String()),
      /** Whether any of its flags is not what the stage makes of it. */
      differs: Type.Boolean(),
    }),
  ),
  lastChange: Type.Optional(lastChange),
});

/** Who has a feature, of the known contexts of one kind: has all its flags, each at the variant that means on. */
const holders = strict({
  kind: contextKind,
  known: Type.Integer(),
  has: Type.Integer(),
  /** The first ten keys of those. */
  keys: Type.Array(contextKey),
  /** Have some of its flags, but not all. */
  some: Type.Integer(),
});

const date = Type.String({ format: 'date' });
const reasonBody = Type.Optional(reason);
const written = Type.String({ minLength: 1, maxLength: limits.reasonLength, description: 'why, for the history' });

const { key, name, description, owner, flags, variants, audiences, hoursAtFull } = feature.properties;
const fields = {
  name: Type.Optional(name),
  description: Type.Optional(description),
  /** At first whoever creates it. */
  owner: Type.Optional(owner),
  /** Null: none. At first 90 days on. */
  expiresOn: Type.Optional(Type.Union([date, Type.Null()])),
  /** Replaced whole. */
  variants,
  /** Those that are not named keep theirs: at first `internal` and `early-access`. */
  audiences: Type.Optional(
    strict({
      internal: Type.Optional(audiences.properties.internal),
      'early-access': Type.Optional(audiences.properties['early-access']),
    }),
  ),
  hoursAtFull: Type.Optional(hoursAtFull),
};

const move = {
  stage,
  /** Of the stage `percent`, which needs it: 0 to 100, in steps of 0.001. */
  percent: Type.Optional(
    Type.Number({ minimum: 0, maximum: 100, multipleOf: 0.001, description: '0 to 100, in steps of 0.001' }),
  ),
  /** The kind of context that `percent` counts; at first `org`. */
  kind: Type.Optional(contextKind),
};

export const featureContracts = {
  'GET /orgs/:org/projects/:project/features': {
    operation: 'listFeatures',
    summary: 'List features, each with its stage in every environment',
    permission: 'flag.read',
    query: strict({ archived: Type.Optional(Type.Enum(['no', 'only'])) }),
    response: strict({ features: Type.Array(featureRow), revision }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/features': {
    operation: 'createFeature',
    summary: 'Group flags into a feature: dark everywhere',
    permission: 'flag.edit',
    body: strict({
      key,
      flags,
      ...fields,
      /** Create the flags that are not there: boolean release flags, off everywhere, with the feature's owner and expiry. */
      createFlags: Type.Optional(Type.Boolean()),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['ALREADY_EXISTS', 'INVALID'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/features/:feature': {
    operation: 'getFeature',
    summary: 'Show a feature: its flags, and in every environment its stage and the gates ahead',
    permission: 'flag.read',
    response: strict({
      feature: revised(feature),
      environments: record(slug, featureStanding),
      /** In prerequisite order. */
      flags: Type.Array(flagRow),
      lastChange: Type.Optional(lastChange),
    }),
    errors: [],
  },
  'PATCH /orgs/:org/projects/:project/features/:feature': {
    operation: 'describeFeature',
    summary: "Change a feature's flags, owner, expiry, audiences or description; its flags stay as they are",
    permission: 'flag.edit',
    body: strict({ ...fields, flags: Type.Optional(flags), reason: reasonBody }),
    response: committed,
    errors: ['CONFLICT', 'FEATURE_BACKED_OUT', 'INVALID'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/features/:feature/archive': {
    operation: 'archiveFeature',
    summary: 'Archive a feature; its flags stay as they are and may join another',
    permission: 'flag.edit',
    body: strict({ reason: reasonBody }),
    response: committed,
    errors: ['CONFLICT'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/environments/:environment/features/:feature/who': {
    operation: 'whoHasFeature',
    summary: 'Count who has a feature, over the known contexts of each kind that its flags ask',
    permission: 'flag.read',
    response: strict({ kinds: Type.Array(holders), revision }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/stage': {
    operation: 'advanceFeature',
    summary: 'Move a feature to a stage, on or back: its flags are rewritten as one revision',
    permission: 'flag.edit',
    body: strict({
      ...move,
      /** Of the stage `removed`: come there though supported releases read its flags still; whoever says so takes the risk. */
      accept: Type.Optional(Type.Boolean()),
      reason: reasonBody,
    }),
    response: committed,
    errors: [
      'CONFLICT',
      'GATE_CLOSED',
      'FEATURE_BACKED_OUT',
      'FEATURE_ARCHIVED',
      'FLAG_LOCKED',
      'FLAG_ARCHIVED',
      'STILL_USED',
      'INVALID',
    ],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/back-out': {
    operation: 'backOutFeature',
    summary: 'Back a feature out: all its flags off and locked, as one revision',
    permission: 'flag.kill',
    body: strict({ reason: written }),
    response: committed,
    errors: ['CONFLICT', 'FEATURE_ARCHIVED', 'INVALID'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/bring-back': {
    operation: 'bringBackFeature',
    summary: 'Bring a feature that was backed out back, to no later stage than it had',
    permission: 'flag.unlock',
    body: strict({ ...move, reason: written }),
    response: committed,
    errors: ['CONFLICT', 'GATE_CLOSED', 'FEATURE_ARCHIVED', 'FLAG_LOCKED', 'FLAG_ARCHIVED', 'INVALID'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/reads': {
    operation: 'getReads',
    summary: 'Show how often the code of each source reads each flag, as last reported',
    permission: 'flag.read',
    /** One for each source that has reported. */
    response: strict({ reads: Type.Array(revised(readReport)), revision }),
    errors: [],
  },
  'PUT /orgs/:org/projects/:project/reads': {
    operation: 'reportReads',
    summary: 'Report how often the code reads each flag: every flag that was looked for, with 0 for those not found',
    permission: 'flag.edit',
    body: strict({
      /** Whose code: a repository, or a part of one. It takes the place of the last report of this source. At first `main`. */
      source: Type.Optional(slug),
      commit: readReport.properties.commit,
      flags: readReport.properties.flags,
      dynamic: readReport.properties.dynamic,
      reason: reasonBody,
    }),
    response: committed,
    errors: ['INVALID', 'TOO_LARGE'],
    command: true,
    bodyLimitBytes: limits.readsBodyBytes,
  },
  'DELETE /orgs/:org/projects/:project/reads/:source': {
    operation: 'forgetReads',
    summary: 'Forget a source of reads whose code is no more, so that no gate waits for its report',
    permission: 'flag.edit',
    body: strict({ reason: reasonBody }),
    response: committed,
    errors: [],
    command: true,
  },
} as const satisfies Record<ContractKey, Contract>;
