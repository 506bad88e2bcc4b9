import { Type } from 'typebox';
import { instant, reason, revision, slug, strict } from '../atoms.ts';
import { committed, historyEntry } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { limits } from '../limits.ts';

const page = {
  flag: Type.Optional(Type.String({ maxLength: 128 })),
  /** The feature's own changes, and those of the flags that it has now. */
  feature: Type.Optional(Type.String({ maxLength: 128 })),
  environment: Type.Optional(Type.String({ maxLength: 63 })),
  /** An actor's id. */
  by: Type.Optional(Type.String({ maxLength: 64 })),
  since: Type.Optional(instant),
  until: Type.Optional(instant),
  /** Entries older than this sequence number, for the next page. */
  before: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.maxPageSize })),
};
const entries = strict({ entries: Type.Array(historyEntry), next: Type.Optional(Type.Integer()) });

export const historyContracts = {
  'GET /orgs/:org/history': {
    operation: 'listOrganizationHistory',
    summary: "List the organization's own changes: members, tokens, projects, keys",
    permission: 'member.manage',
    query: strict(page),
    response: entries,
    errors: [],
  },
  'GET /orgs/:org/history/verify': {
    operation: 'verifyHistory',
    summary: "Check the history's hash chain; names the first entry that does not follow",
    permission: 'member.manage',
    response: strict({
      entries: Type.Integer(),
      /** Of how many what they said was erased: their links follow, but not every word of them is proven any more. */
      erased: Type.Integer(),
      head: Type.String(),
      brokenAt: Type.Optional(Type.Integer()),
    }),
    errors: [],
  },
  'POST /orgs/:org/history/:seq/erase': {
    operation: 'eraseHistoryEntry',
    summary: 'Erase what one entry says, as a secret that was pasted; that it was erased, by whom and why stays',
    permission: 'org.manage',
    body: strict({ reason: Type.String({ minLength: 1, maxLength: limits.reasonLength }) }),
    response: strict({
      ...committed.properties,
      /** What still is as the entry left it: it says the same until it is changed and the entry is erased once more. */
      stands: Type.Array(strict({ sort: Type.String(), key: Type.String(), environment: Type.Optional(slug) })),
      /** The first 100 later entries about the same: what this one said may stand in them as what was there before. */
      since: Type.Array(Type.Integer()),
    }),
    errors: ['INVALID'],
  },
  'GET /orgs/:org/projects/:project/history': {
    operation: 'listHistory',
    summary: "List a project's changes, newest first",
    permission: 'history.read',
    query: strict(page),
    response: entries,
    errors: [],
  },
  'GET /orgs/:org/projects/:project/history/export': {
    operation: 'exportHistory',
    summary: 'Export all changes that match, one JSON object a line, with the hash chain',
    permission: 'history.read',
    query: strict({ ...page, format: Type.Optional(Type.Enum(['jsonl', 'csv'])) }),
    response: Type.String(),
    errors: [],
    media: 'application/x-ndjson',
  },
  'POST /orgs/:org/projects/:project/history/:revision/undo': {
    operation: 'undoChange',
    summary: 'Undo one commit, if nothing it touched has changed since',
    permission: 'flag.edit',
    body: strict({ reason: Type.Optional(reason) }),
    response: committed,
    errors: ['CONFLICT', 'FLAG_LOCKED', 'INVALID', 'ERASED'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments/:environment/rollback': {
    operation: 'rollbackEnvironment',
    summary: 'Take an environment back to a revision; kills made since are kept and listed',
    permission: 'environment.rollback',
    body: strict({ to: revision, reason: Type.Optional(reason) }),
    response: committed,
    errors: ['INVALID', 'CONFLICT', 'ERASED'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/environments/:environment/export': {
    operation: 'exportSnapshot',
    summary: "Export an environment's snapshot as server SDKs read it",
    permission: 'flag.read',
    query: strict({ audience: Type.Optional(Type.Enum(['server', 'client'])) }),
    response: Type.String(),
    errors: [],
    media: 'application/x-ndjson',
  },
  'GET /orgs/:org/projects/:project/stream': {
    operation: 'streamProject',
    summary:
      'Server-sent events for people: every commit of the project as it happens (commit), and at most once a second that installs have said something new (installs)',
    permission: 'history.read',
    response: Type.String(),
    errors: [],
    media: 'text/event-stream',
  },
} as const satisfies Record<ContractKey, Contract>;
