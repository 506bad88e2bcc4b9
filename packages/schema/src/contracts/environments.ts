import { Type } from 'typebox';
import { flagKey, reason, revision, slug, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { limits } from '../limits.ts';

/** A flag in one of two environments that are compared. */
const side = strict({
  on: Type.Boolean(),
  locked: Type.Boolean(),
  /** What it serves, as the list of flags says it. */
  summary: Type.String(),
});

const flagDifference = strict({
  flag: flagKey,
  /** What copying would do, as the history would say it: `turned on, pinned acme to on`. */
  summary: Type.String(),
  here: side,
  from: side,
  /** Killed here: copying leaves it as it is. */
  kept: Type.Boolean(),
  /** The segments that the flag asks in the other environment, itself or through others, and that differ or are missing here. */
  asks: Type.Array(flagKey),
});

const segmentDifference = strict({
  segment: flagKey,
  summary: Type.String(),
  /** Copying writes what is in the other environment; what is here alone stays. */
  in: Type.Enum(['both', 'from', 'here']),
  /** The flags here that would feel it. */
  usedBy: Type.Array(flagKey),
});

export const environmentContracts = {
  'GET /orgs/:org/projects/:project/environments/:environment/differences': {
    operation: 'compareEnvironments',
    summary: 'List the flags and segments that differ from another environment, in words',
    permission: 'flag.read',
    query: strict({ from: slug }),
    response: strict({
      flags: Type.Array(flagDifference),
      segments: Type.Array(segmentDifference),
      /** How many flags are the same in both; archived ones count nowhere. */
      same: Type.Integer(),
      revision,
    }),
    errors: ['INVALID'],
  },
  'POST /orgs/:org/projects/:project/environments/:environment/copy': {
    operation: 'copyEnvironment',
    summary: 'Copy what flags serve from another environment; buckets stay, and so does what was killed here',
    permission: 'flag.edit',
    body: strict({
      /** The environment to copy from; whoever copies must be allowed to read its flags. */
      from: slug,
      /** Absent: all that differ. */
      flags: Type.Optional(Type.Array(flagKey, { minItems: 1, maxItems: limits.flagsPerProject, uniqueItems: true })),
      /** Whether the segments that copied flags ask come along. If not, each must be here already. */
      segments: Type.Optional(Type.Boolean()),
      /** Whether pins are copied too; absent: they are. */
      pins: Type.Optional(Type.Boolean()),
      reason: Type.Optional(reason),
    }),
    response: committed,
    errors: ['INVALID', 'FLAG_ARCHIVED', 'FORBIDDEN'],
    command: true,
  },
} as const satisfies Record<ContractKey, Contract>;
