import { Type } from 'typebox';
import { reason, record, revision, slug, strict } from '../atoms.ts';
import { committed, preview } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { limits } from '../limits.ts';
import { problem } from '../problem.ts';
import { request, requestRow, requestStatus } from '../request.ts';
import { json } from '../rules.ts';

const optionalReason = strict({ reason: Type.Optional(reason) });
const why = Type.String({ minLength: 1, maxLength: limits.reasonLength, description: 'why, for those who asked' });

/** What the caller may do with a request now; `sentence` says why it cannot be approved by them. */
const yours = strict({
  approve: Type.Boolean(),
  reject: Type.Boolean(),
  /** Who edits becomes an author. */
  edit: Type.Boolean(),
  /** For its authors. */
  withdraw: Type.Boolean(),
  review: Type.Boolean(),
  sentence: Type.Optional(Type.String()),
});

/** What the command would do now. One of `preview` and `problem` is there, while the request is open. */
const fresh = strict({
  preview: Type.Optional(preview),
  /** Why it could not be applied now: what it is about was changed, killed or archived since. */
  problem: Type.Optional(problem),
  /** Whether it would do anything else than when it was requested: compare `digest`s, show both previews. */
  differs: Type.Boolean(),
});

/**
 * Two people where it matters. Any command of a project takes `?request=1`: it is not committed but kept as a request, and the
 * answer's `request` is its id. A command that has to wait is refused with APPROVAL_NEEDED (its `current.waits` says for what); its
 * preview says so beforehand, in `waits`. With `?emergency=1&reason=…` it is committed at once, by whoever holds `change.emergency`,
 * and left to be reviewed.
 */
export const requestContracts = {
  'GET /orgs/:org/projects/:project/requests': {
    operation: 'listRequests',
    summary: 'List what waits for a second person or was decided, newest first',
    permission: 'flag.read',
    query: strict({
      /** Absent: all. `open` and `emergency` are what still wants somebody. */
      status: Type.Optional(requestStatus),
      environment: Type.Optional(slug),
    }),
    response: strict({ requests: Type.Array(requestRow), revision }),
    errors: [],
  },
  'GET /orgs/:org/projects/:project/requests/:request': {
    operation: 'getRequest',
    summary: 'Show a request: as it was asked for, what it would do now, and what the caller may do with it',
    permission: 'flag.read',
    response: strict({ request, revision, now: Type.Optional(fresh), yours }),
    errors: [],
  },
  'PUT /orgs/:org/projects/:project/requests/:request': {
    operation: 'editRequest',
    summary: 'Replace what is asked for; whoever edits becomes an author and cannot approve it',
    permission: 'project.read',
    body: strict({
      /** The body of the command that waits, whole. Its place (environment, flag, …) stays. */
      body: record(Type.String(), json),
    }),
    response: committed,
    errors: ['REQUEST_CLOSED', 'INVALID', 'CONFLICT'],
  },
  'POST /orgs/:org/projects/:project/requests/:request/approve': {
    operation: 'approveRequest',
    summary: 'Approve and apply a request, if it does exactly what was looked at',
    permission: 'project.read',
    body: strict({
      /** Of the preview that was looked at: `now.preview.digest`. */
      digest: Type.String({
        pattern: '^[0-9a-f]{64}$',
        description: 'the digest of a preview, as "request show --json" gives it: 64 digits and letters a to f',
      }),
      reason: Type.Optional(reason),
    }),
    response: committed,
    errors: ['SECOND_PERSON', 'REQUEST_CHANGED', 'REQUEST_CLOSED', 'CONFLICT'],
  },
  'POST /orgs/:org/projects/:project/requests/:request/reject': {
    operation: 'rejectRequest',
    summary: 'Reject a request, saying why',
    permission: 'project.read',
    body: strict({ reason: why }),
    response: committed,
    errors: ['SECOND_PERSON', 'REQUEST_CLOSED'],
  },
  'POST /orgs/:org/projects/:project/requests/:request/withdraw': {
    operation: 'withdrawRequest',
    summary: "Withdraw a request of one's own",
    permission: 'project.read',
    body: optionalReason,
    response: committed,
    errors: ['REQUEST_CLOSED'],
  },
  'POST /orgs/:org/projects/:project/requests/:request/review': {
    operation: 'reviewEmergency',
    summary: 'Say that an emergency was looked at by a second person',
    permission: 'project.read',
    body: optionalReason,
    response: committed,
    errors: ['SECOND_PERSON', 'REQUEST_CLOSED'],
  },
} as const satisfies Record<ContractKey, Contract>;
