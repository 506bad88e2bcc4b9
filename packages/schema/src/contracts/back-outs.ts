import { Type } from 'typebox';
import { flagKey, reason, revision, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { backOutDocument, version, versionRange } from '../release.ts';

const { flags, link, severity } = backOutDocument.properties;

/** A back-out and the releases that carry it. */
export const backOutRow = strict({
  backOut: backOutDocument,
  /** Whether nobody has said yet where it is fixed. */
  open: Type.Boolean(),
  /** Whether it is in `releases` that are supported, fixed in others or not. Neither open nor in force: over. */
  inForce: Type.Boolean(),
  /** Those whose last shipment carries it. */
  releases: Type.Array(strict({ release: version, supported: Type.Boolean(), revision: Type.Integer() })),
});

export const backOutContracts = {
  'GET /orgs/:org/projects/:project/back-outs': {
    operation: 'listBackOuts',
    summary: 'List back-outs, the last first, each with the releases that carry it',
    permission: 'release.read',
    query: strict({
      /** Without those that are over. */
      open: Type.Optional(Type.Enum(['only'])),
    }),
    response: strict({ backOuts: Type.Array(backOutRow), revision }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/back-outs': {
    operation: 'makeBackOut',
    summary: 'Force flags off in a range of releases: a new shipment of each supported one that has them, and of later cuts',
    permission: 'backout.make',
    body: strict({
      /** Either flags, or a feature: all its flags. */
      flags: Type.Optional(flags),
      feature: Type.Optional(flagKey),
      releases: versionRange,
      severity,
      link,
      /** What is wrong, as every site is told. */
      because: backOutDocument.properties.reason,
      reason: Type.Optional(reason),
    }),
    response: committed,
    errors: ['ALREADY_EXISTS', 'INVALID'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/back-outs/:backOut/resolve': {
    operation: 'resolveBackOut',
    summary: 'Say in which releases it is fixed: those get a shipment without the back-out, the others keep it',
    permission: 'backout.make',
    body: strict({
      /** A version, and all after it; or a range. */
      fixedIn: versionRange,
      reason: Type.Optional(reason),
    }),
    response: committed,
    errors: ['CONFLICT', 'INVALID'],
    command: true,
  },
} as const satisfies Record<ContractKey, Contract>;
