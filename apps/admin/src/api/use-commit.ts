import type { Committed } from '@taffrail/schema';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { placeOf } from '../routes/place-of.ts';
import { showToast, type Toast } from '../ui/toast-store.ts';
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
    tellCommitted(client, committed, done, as);
    return committed;
  } catch (error) {
    return tellRefused(client, error, () => void sent(client, send, done, 'request'));
  }
}

/** Shows what was committed and renews what it may have changed, without waiting for the stream. */
export function tellCommitted(client: QueryClient, committed: Committed, done: string, as?: SentAs): void {
  const { changed, changes, undo, request } = committed;
  renewAfter(client, changes);
  if (as === 'request' && request !== undefined)
    return showToast({ text: `Waits for a second person: ${done}`, ...leadingTo(request) });
  if (!changed) return showToast({ text: 'It was so already: nothing changed.' });
  const undoIt = undo && (() => void sent(client, (as) => follow('POST', undo.href, as), `Undid: ${done}`));
  showToast({ text: done, ...(undoIt && { undo: undoIt }) });
}

/** The way to a request that was made on a page of its project. */
function leadingTo(request: string): Pick<Toast, 'act'> {
  const { org, project } = placeOf(location.pathname);
  if (!org || !project) return {};
  return { act: { label: 'Show', onAct: () => navigate(pages.request.href({ org, project, request })) } };
}

/** Says why not. `ask` sends the same again as a request, for what a second person has to approve. */
export function tellRefused(client: QueryClient, error: unknown, ask?: () => void): undefined {
  forgetSession(client, error);
  const act = ask && isRefusal(error, 'APPROVAL_NEEDED') && { label: 'Request approval', onAct: ask };
  showToast({ text: sentence(error), failed: true, ...(act && { act }) });
}
