import type { Committed } from '@taffrail/schema';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { showToast } from '../ui/toast-store.ts';
import { call, type CommandOperation, follow, type RequestOf } from './call.ts';
import { forgetSession } from './query-client.ts';
import { sentence } from './refusal.ts';
import { renewAfter } from './renew.ts';

/** Sends a command and tells of it: done, with its undo; or refused, with the reason. Undefined when it was refused. */
export type Commit = <K extends CommandOperation>(
  operation: K,
  request: RequestOf<K>,
  done: string,
) => Promise<Committed | undefined>;

export function useCommit(): Commit {
  const client = useQueryClient();
  return useCallback<Commit>(
    async (operation, request, done) => {
      const committed = (await call(operation, request).catch((error: unknown) => tellRefused(client, error))) as
        Committed | undefined;
      if (committed) tellCommitted(client, committed, done);
      return committed;
    },
    [client],
  );
}

/** Shows what was committed and renews what it may have changed, without waiting for the stream. */
export function tellCommitted(client: QueryClient, { changed, changes, undo }: Committed, done: string): void {
  if (!changed) return showToast({ text: 'It was so already: nothing changed.' });
  renewAfter(client, changes);
  showToast({ text: done, ...(undo ? { undo: () => void undoCommitted(client, undo.href, done) } : {}) });
}

export function tellRefused(client: QueryClient, error: unknown): undefined {
  forgetSession(client, error);
  showToast({ text: sentence(error), failed: true });
}

async function undoCommitted(client: QueryClient, href: string, done: string): Promise<void> {
  const committed = (await follow('POST', href).catch((error: unknown) => tellRefused(client, error))) as Committed | undefined;
  if (!committed) return;
  renewAfter(client, committed.changes);
  showToast({ text: `Undone: ${done}` });
}
