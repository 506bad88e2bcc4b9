import { Type, type Static } from 'typebox';
import { id, instant, reason, record, revision, slug, strict } from './atoms.ts';
import { actor, preview } from './changes.ts';
import { waiting } from './policies.ts';
import { json } from './rules.ts';

/**
 * What became of a request. `open` waits for a second person and `expired` waited too long; `approved` was applied; `emergency` was
 * published at once and waits for a review, after which it is `reviewed`.
 */
export const requestStatus = Type.Enum(['open', 'approved', 'rejected', 'withdrawn', 'expired', 'emergency', 'reviewed']);
export type RequestStatus = Static<typeof requestStatus>;

/** Somebody who had a hand in a request: none of them may approve it, by whatever session or token. */
const author = strict({
  /** The person's id; for a service token, of the person who created it. */
  person: id,
  name: Type.String(),
});

/** What ended a request, or the review of an emergency. */
const decision = strict({
  by: actor,
  at: instant,
  reason: Type.Optional(reason),
  /** Of an approval: the revision that it made. */
  revision: Type.Optional(revision),
});

/** A request as a list shows it. */
export const requestRow = strict({
  id,
  status: requestStatus,
  /** What it is about, in a sentence: `new-checkout: turned on in production`. */
  summary: Type.String(),
  /** The command that waits, as the history names it. */
  command: strict({ name: Type.String(), version: Type.Integer() }),
  /** What it concerns. Only who may read all of these sees the request. */
  environments: Type.Array(slug),
  /** What wants the second person; empty where somebody asked for one of their own accord. */
  waits: Type.Array(waiting),
  requestedBy: actor,
  requestedAt: instant,
  authors: Type.Array(author, { minItems: 1 }),
  /** When it was last edited. */
  editedAt: Type.Optional(instant),
  reason: Type.Optional(reason),
  expiresAt: instant,
  decision: Type.Optional(decision),
});
export type RequestRow = Static<typeof requestRow>;

/** A command that waits for a second person, with all that its review needs. */
export const request = strict({
  ...requestRow.properties,
  /** The command's input: the parameters of its path below the project, and its body. */
  input: record(Type.String(), json),
  /** What it would have done when it was requested or last edited. `preview.digest` names exactly that. */
  preview,
});
export type RequestDocument = Static<typeof request>;
