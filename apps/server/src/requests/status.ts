import type { RequestDocument, RequestStatus } from '@taffrail/schema';

/** What became of a request by now: one that was left open too long has expired. */
export function statusOf({ status, expiresAt }: Pick<RequestDocument, 'status' | 'expiresAt'>, now: Date): RequestStatus {
  return status === 'open' && Date.parse(expiresAt) <= now.getTime() ? 'expired' : status;
}
