import type { RequestDocument, RequestStatus } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';

/** What became of a request by now: one that was left open too long has expired. */
export function statusOf({ status, expiresAt }: Pick<RequestDocument, 'status' | 'expiresAt'>, now: Date): RequestStatus {
  return status === 'open' && Date.parse(expiresAt) <= now.getTime() ? 'expired' : status;
}

/** Refuses a request that this can no longer be done with, saying what became of it. */
export function assertStatus(request: RequestDocument, wanted: 'open' | 'emergency', now: Date): void {
  const status = statusOf(request, now);
  if (status === wanted) return;
  const { id, decision } = request;
  fail('REQUEST_CLOSED', `Request ${id} ${closed[status]}${decision ? ` by ${decision.by.name}` : ''}.`);
}

/** Whether somebody still has to look at it. */
export const isPending = ({ status }: Pick<RequestDocument, 'status'>): boolean => status === 'open' || status === 'emergency';

const closed: Record<RequestDocument['status'], string> = {
  open: 'waits for an approval, not for a review',
  approved: 'was approved',
  rejected: 'was rejected',
  withdrawn: 'was withdrawn',
  expired: 'has waited too long: ask for it anew',
  emergency: 'was published in an emergency: it is reviewed, not approved',
  reviewed: 'was reviewed',
};
