import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type SentAs } from '../api/call.ts';
import { isRefusal } from '../api/refusal.ts';
import { renewAfter } from '../api/renew.ts';
import type { Scope } from '../api/scope.ts';
import { tellCommitted, tellRefused } from '../api/use-commit.ts';
import type { Draft } from '../edit/draft.ts';
import { discardDrafts } from '../edit/draft-store.ts';
import { doneWords, orderOf } from './order.ts';

export interface Publishing {
  readonly isBusy: boolean;
  publish(changes: number, reason: string, as?: SentAs): Promise<void>;
}

/** Publishes drafts as one revision, or says what stands against it. Drafts are dropped only once they are true. */
export function usePublish(scope: Scope, drafts: readonly Draft[]): Publishing {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  async function publish(changes: number, reason: string, as?: SentAs) {
    setBusy(true);
    try {
      const request = { params: { ...scope }, body: orderOf(drafts, reason) };
      const committed = await call('POST /orgs/:org/projects/:project/publish', request, as);
      discardDrafts(scope, drafts);
      tellCommitted(client, committed, doneWords(drafts, changes), as);
    } catch (error) {
      // Somebody was faster: the preview, asked again, says who and shows what they did.
      if (isRefusal(error, 'CONFLICT')) renewAfter(client, []);
      else tellRefused(client, error, () => void publish(changes, reason, 'request'));
    } finally {
      setBusy(false);
    }
  }
  return { isBusy, publish };
}
