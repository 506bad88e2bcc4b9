import type { Committed } from '@taffrail/schema';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import type { RequestDetail } from '../api/queries.ts';
import { isRefusal } from '../api/refusal.ts';
import { renewAfter } from '../api/renew.ts';
import type { Scope } from '../api/scope.ts';
import { tellCommitted, tellRefused } from '../api/use-commit.ts';

/** The ways in which a request ends. */
export interface Deciding {
  readonly isBusy: boolean;
  /** `digest`: of the preview that was looked at. */
  approve(digest: string): Promise<void>;
  reject(): Promise<void>;
  withdraw(): Promise<void>;
  review(): Promise<void>;
}

const place = '/orgs/:org/projects/:project/requests/:request';

export function useDecide(scope: Scope, { id, summary }: RequestDetail['request'], reason: string): Deciding {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const params = { ...scope, request: id };
  const said = reason === '' ? {} : { reason };
  async function decide(send: () => Promise<Committed>, done: string): Promise<void> {
    setBusy(true);
    try {
      tellCommitted(client, await send(), `${done}: ${summary}`);
    } catch (error) {
      tellRefused(client, error);
      // Somebody else decided it or changed what it is about: the page shows how it stands now.
      if (isRefusal(error, 'REQUEST_CHANGED') || isRefusal(error, 'REQUEST_CLOSED')) renewAfter(client, []);
    } finally {
      setBusy(false);
    }
  }
  return {
    isBusy,
    approve: (digest) => decide(() => call(`POST ${place}/approve`, { params, body: { digest, ...said } }), 'Approved'),
    reject: () => decide(() => call(`POST ${place}/reject`, { params, body: { reason } }), 'Rejected'),
    withdraw: () => decide(() => call(`POST ${place}/withdraw`, { params, body: said }), 'Withdrawn'),
    review: () => decide(() => call(`POST ${place}/review`, { params, body: said }), 'Reviewed'),
  };
}
