import type { Committed } from '@taffrail/schema';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { showToast } from '../ui/toast-store.ts';
import { call, type CommandOperation, follow, type RequestOf, type SentAs } from './call.ts';
import { forgetSession } from './query-client.ts';
import { isRefusal, sentence } from './refusal.ts';
import { renewAfter } from './renew.ts';

/**
 * Sends a command and tells of it: done, with its undo; kept for a second person; or refused, with the reason and, where that is
 * what it wants, with the way to ask for a second person. Undefined when it was refused.
 */
export type Commit = <K extends CommandOperation>(
  operation: K,
  request: RequestOf<K>,
  done: string,
  as?: SentAs,
) => Promise<Committed | undefined>;

export function useCommit(): Commit {
  const client = useQueryClient();
  return useCallback<Commit>(
    (operation, request, done, as) => sent(client, (how) => call(operation, request, how), done, as),
    [client],
  );
}

type Send = (as?: SentAs) => Promise<unknown>;

async function sent(client: QueryClient, send: Send, done: string, as?: SentAs): Promise<Committed | undefined> {
  try {
    const committed = (await send(as)) as Committed;
    tellCommitted(client, committed, done);
    return committed;
  } catch (error) {
    return tellRefused(client, error, () => void sent(client, send, done, 'request'));
  }
}

/** Shows what was committed and renews what it may have changed, without waiting for the stream. */
export function tellCommitted(client: QueryClient, { changed, changes, undo, request }: Committed, done: string): void {
  renewAfter(client, changes);
  if (request !== undefined && !undo) return showToast({ text: `Requested, and waiting for a second person: ${done}` });
  if (!changed) return showToast({ text: 'It was so already: nothing changed.' });
  const undoIt = undo && (() => void sent(client, (as) => follow('POST', undo.href, as), `Undid: ${done}`));
  showToast({ text: done, ...(undoIt && { undo: undoIt }) });
}

/** Says why not. `ask` sends the same again as a request, for what a second person has to approve. */
export function tellRefused(client: QueryClient, error: unknown, ask?: () => void): undefined {
  forgetSession(client, error);
  const act = ask && isRefusal(error, 'APPROVAL_NEEDED') && { label: 'Request approval', onAct: ask };
  showToast({ text: sentence(error), failed: true, ...(act && { act }) });
}
