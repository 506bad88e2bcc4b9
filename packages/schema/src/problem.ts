import { Type, type Static } from 'typebox';
import { strict } from './atoms.ts';

/** Every error that the server answers with: its HTTP status and what it means. One row an error. */
export const problems = {
  BAD_REQUEST: { status: 400, title: 'The request cannot be read' },
  NOT_SIGNED_IN: { status: 401, title: 'Sign in first' },
  BAD_CREDENTIALS: { status: 401, title: 'E-mail and password do not match' },
  KEY_REJECTED: { status: 401, title: 'This key or token is not valid' },
  FORBIDDEN: { status: 403, title: 'Your role does not allow this' },
  SECOND_PERSON: { status: 403, title: 'Somebody else must do this' },
  ORIGIN_REFUSED: { status: 403, title: 'This origin may not use the key' },
  NOT_FOUND: { status: 404, title: 'There is nothing here' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not take that method' },
  CONFLICT: { status: 409, title: 'Somebody else changed it first' },
  ALREADY_EXISTS: { status: 409, title: 'The name is taken' },
  FLAG_LOCKED: { status: 409, title: 'The flag was killed' },
  FLAG_ARCHIVED: { status: 409, title: 'The flag is archived' },
  FEATURE_ARCHIVED: { status: 409, title: 'The feature is archived' },
  FEATURE_BACKED_OUT: { status: 409, title: 'The feature is backed out' },
  GATE_CLOSED: { status: 409, title: 'The feature is not ready for this stage' },
  APPROVAL_NEEDED: { status: 409, title: 'This waits for a second person' },
  REQUEST_CHANGED: { status: 409, title: 'The request would do something else by now' },
  REQUEST_CLOSED: { status: 409, title: 'The request was decided already' },
  STILL_USED: { status: 409, title: 'Others still use it' },
  LAST_OWNER: { status: 409, title: 'An organization needs an owner' },
  LINK_SPENT: { status: 410, title: 'This link was used or has expired' },
  ERASED: { status: 410, title: 'It was erased from the history' },
  TOO_LARGE: { status: 413, title: 'The body is too large' },
  NOT_JSON: { status: 415, title: 'Send JSON' },
  NOT_HERE: { status: 421, title: 'Another process answers this' },
  INVALID: { status: 422, title: 'The request has mistakes' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'The server failed' },
  STORAGE_FAILED: { status: 503, title: 'The change could not be stored' },
  BUSY: { status: 503, title: 'The server is busy' },
} as const satisfies Record<string, { status: number; title: string }>;

/** A stable code: programs decide by it, never by the sentences. */
export type ProblemCode = keyof typeof problems;

/** One mistake in the request: where, and what to do. */
export const mistake = strict({ at: Type.String(), message: Type.String() });
export type Mistake = Static<typeof mistake>;

/** RFC 9457 `application/problem+json` with a stable `code`. */
export const problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.Unsafe<ProblemCode>(Type.Enum(Object.keys(problems))),
  /** What happened and what to do. */
  detail: Type.String(),
  mistakes: Type.Optional(Type.Array(mistake)),
  /**
   * For CONFLICT: the document as it is now, and its revision. For APPROVAL_NEEDED: `{ waits }`. For REQUEST_CHANGED: `{ preview }`,
   * as it is now.
   */
  current: Type.Optional(Type.Unknown()),
  retryAfterSeconds: Type.Optional(Type.Number()),
});
export type Problem = Static<typeof problem>;
