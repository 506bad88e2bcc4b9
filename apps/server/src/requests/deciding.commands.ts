import type { Permission, Preview, RequestDocument } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { applyAsked, environmentsOfEffect, type Input } from './asked.ts';
import type { Author } from './authors.ts';
import { digestOfEffect } from './effect.ts';
import { expiryFrom } from './making.ts';
import { requestChanges, summaryOf } from './sentences.ts';
import { assertStatus } from './status.ts';
import type { Waitable } from './waitable.ts';
import { waitsOf } from './waits.ts';

interface One {
  readonly request: string;
}

interface Reasoned extends One {
  readonly reason?: string | undefined;
}

const permission: Permission = 'project.read';

/** Applies what was asked for, if it does exactly what the second person has looked at. Who that is, the route has made sure of. */
export const approveRequest = ({ row }: Waitable) =>
  command<Reasoned & { readonly digest: string }>({
    name: 'request.approve',
    version: 1,
    permission: row.command.permission,
    apply(state, { request: id, digest, reason }, occasion) {
      const request = requestAt(state, id, 'open', occasion);
      const { input, requestedBy: actor } = request;
      const applied = applyAsked(state, { command: row.command, input, id, actor }, occasion);
      const { outcome } = applied;
      if (outcome.write.length === 0)
        fail('REQUEST_CHANGED', 'There is nothing left to do: it is so already. Withdraw or reject it.');
      if (digestOfEffect(applied) !== digest) {
        fail(
          'REQUEST_CHANGED',
          'It would do something else than what you looked at. Look at what it does now, then approve that.',
        );
      }
      const decided = decision('approved', request, { reason, revision: state.revision + 1 }, occasion);
      return {
        ...outcome,
        write: [...outcome.write, ...decided.write],
        changes: [...decided.changes, ...outcome.changes],
        request: id,
        isSettled: true,
      };
    },
  });

/** Declines what was asked for. */
export const rejectRequest = command<Reasoned>({
  name: 'request.reject',
  version: 1,
  permission,
  apply: (state, { request: id, reason }, occasion) =>
    decision('rejected', requestAt(state, id, 'open', occasion), { reason }, occasion),
});

/** Takes back what one has asked for. */
export const withdrawRequest = command<Reasoned>({
  name: 'request.withdraw',
  version: 1,
  permission,
  apply: (state, { request: id, reason }, occasion) =>
    decision('withdrawn', requestAt(state, id, 'open', occasion), { reason }, occasion),
});

/** Says that a second person has looked at an emergency. */
export const reviewEmergency = command<Reasoned>({
  name: 'request.review',
  version: 1,
  permission,
  apply: (state, { request: id, reason }, occasion) =>
    decision('reviewed', requestAt(state, id, 'emergency', occasion), { reason }, occasion),
});

/** Asks for something else instead, in the same place. Who edits is an author from now on. */
export const editRequest = ({ row }: Waitable, preview: Preview, author: Author) =>
  command<Reasoned & { readonly input: Input }>({
    name: 'request.edit',
    version: 1,
    permission: row.command.permission,
    apply(state, { request: id, input, reason }, occasion) {
      const before = requestAt(state, id, 'open', occasion);
      const applied = applyAsked(state, { command: row.command, input, id, actor: before.requestedBy }, occasion);
      if (applied.outcome.write.length === 0) fail('INVALID', 'This would change nothing. Withdraw the request instead.');
      const others = before.authors.filter(({ person }) => person !== author.person);
      const after: RequestDocument = {
        ...before,
        input,
        preview,
        summary: summaryOf(preview.changes),
        environments: environmentsOfEffect(applied),
        waits: waitsOf(state, applied.outcome, applied.action),
        authors: [...others, author],
        editedAt: occasion.now.toISOString(),
        expiresAt: expiryFrom(occasion.now),
        ...(reason !== undefined && { reason }),
      };
      return { write: [{ sort: 'request', key: id, body: after }], changes: requestChanges('edited', id, after), request: id };
    },
  });

/** A request that can still be decided about. */
function requestAt(state: State, id: string, wanted: 'open' | 'emergency', { now }: Occasion): RequestDocument {
  const found = state.get('request', id)?.body ?? fail('NOT_FOUND', `There is no request ${id} in this project.`);
  assertStatus(found, wanted, now);
  return found;
}

function decision(
  status: 'approved' | 'rejected' | 'withdrawn' | 'reviewed',
  request: RequestDocument,
  { reason, revision }: { readonly reason?: string | undefined; readonly revision?: number },
  { now, actor }: Occasion,
): Outcome {
  const decided = {
    by: actor,
    at: now.toISOString(),
    ...(reason !== undefined && { reason }),
    ...(revision !== undefined && { revision }),
  };
  const after: RequestDocument = { ...request, status, decision: decided };
  return {
    write: [{ sort: 'request', key: request.id, body: after }],
    changes: requestChanges(status, request.id, request),
    request: request.id,
  };
}
