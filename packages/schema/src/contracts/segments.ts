import { Type } from 'typebox';
import { flagKey, reason, record, revision, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { knownContext, revised, segment } from '../documents.ts';
import { limits } from '../limits.ts';

const { key: _key, ...segmentFields } = segment.properties;

export const segmentContracts = {
  'GET /orgs/:org/projects/:project/environments/:environment/segments': {
    operation: 'listSegments',
    summary: "List an environment's segments and the flags that use each",
    permission: 'flag.read',
    response: strict({
      segments: Type.Array(strict({ segment: revised(segment), usedBy: Type.Array(flagKey) })),
      revision,
    }),
    errors: [],
  },
  'GET /orgs/:org/projects/:project/environments/:environment/segments/:segment': {
    operation: 'getSegment',
    summary: 'Show a segment and the flags that use it',
    permission: 'flag.read',
    response: strict({ segment: revised(segment), usedBy: Type.Array(flagKey) }),
    errors: [],
  },
  'PUT /orgs/:org/projects/:project/environments/:environment/segments/:segment': {
    operation: 'putSegment',
    summary: 'Create or replace a segment',
    permission: 'segment.edit',
    body: strict({ ...segmentFields, reason: Type.Optional(reason) }),
    response: committed,
    errors: ['CONFLICT', 'INVALID'],
    command: true,
  },
  'DELETE /orgs/:org/projects/:project/environments/:environment/segments/:segment': {
    operation: 'deleteSegment',
    summary: 'Delete a segment that nothing uses',
    permission: 'segment.edit',
    response: committed,
    errors: ['STILL_USED', 'CONFLICT'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/environments/:environment/contexts': {
    operation: 'listContexts',
    summary: 'List known contexts',
    permission: 'flag.read',
    query: strict({
      kind: Type.Optional(Type.String({ maxLength: 64 })),
      /** Keys that start with this. */
      search: Type.Optional(Type.String({ maxLength: 512 })),
      /** Where the last page ended: its `next`. */
      after: Type.Optional(Type.String({ maxLength: 600 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.maxPageSize })),
    }),
    response: strict({
      contexts: Type.Array(knownContext),
      /** How many are known, by kind. */
      counts: record(Type.String(), Type.Integer()),
      next: Type.Optional(Type.String()),
    }),
    errors: [],
  },
  'PUT /orgs/:org/projects/:project/environments/:environment/contexts/:kind': {
    operation: 'putContexts',
    summary: 'Tell the server of contexts, so that previews can count them',
    permission: 'context.edit',
    body: strict({
      contexts: Type.Array(strict({ key: knownContext.properties.key, attributes: knownContext.properties.attributes }), {
        minItems: 1,
        maxItems: limits.contextsPerImport,
      }),
    }),
    response: strict({ created: Type.Integer(), updated: Type.Integer(), revision }),
    errors: ['INVALID', 'TOO_LARGE'],
    bodyLimitBytes: limits.contextImportBodyBytes,
  },
  'DELETE /orgs/:org/projects/:project/environments/:environment/contexts/:kind/:key': {
    operation: 'forgetContext',
    summary: 'Forget a known context',
    permission: 'context.edit',
    response: strict({ revision }),
    errors: [],
  },
} as const satisfies Record<ContractKey, Contract>;
