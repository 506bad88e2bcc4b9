import type { HistoryEntry } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { type Ref, useImperativeHandle, useState } from 'react';
import { call } from '../api/call.ts';
import { flagQuery, projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Proposal } from '../publish/proposal.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import type { Intent } from './intent.ts';
import { lackWords, needsDetail, paletteOrder, type PaletteOrder } from './order.ts';
import styles from './palette.module.css';

export interface PlanHandle {
  /** Publishes what is shown; nothing while nothing is. */
  publish(): Promise<void>;
}

interface PlanProps {
  readonly scope: Scope;
  readonly intent: Intent;
  readonly ref: Ref<PlanHandle>;
  onDone(): void;
}

/** What an act would change and for whom. Only what is shown here is published. */
export function Plan({ scope, intent, ref, onDone }: PlanProps) {
  const commit = useCommit();
  const { data: detail } = useQuery({ ...flagQuery(scope, intent.flag), enabled: needsDetail(intent) });
  const newest = useNewest(scope, intent.verb === 'undo');
  const order = newest ? undoOrder(scope, newest) : paletteOrder(intent, scope, detail);
  const [isSent, setSent] = useState(false);
  const { preview, error } = usePreview(order?.operation ?? 'PATCH /orgs/:org', isSent ? undefined : (order?.request as never));
  async function publish() {
    if (!order || !preview || error) return;
    setSent(true);
    const done = await commit(order.operation, order.request, order.done, preview.waits?.length ? 'request' : undefined);
    setSent(false);
    if (!done) return;
    onDone();
    if (intent.verb === 'new') navigate(pages.flag.href({ ...scope, flag: intent.flag }, { created: '1' }));
  }
  useImperativeHandle(ref, () => ({ publish }));
  if (!order) return <p className={styles.empty}>{lackWords(intent)}</p>;
  return (
    <section className={styles.plan} aria-label="What it would do">
      <Proposal preview={preview} error={error} limit={5} />
    </section>
  );
}

function useNewest(scope: Scope, isWanted: boolean): HistoryEntry | undefined {
  const { data } = useQuery({
    queryKey: [...projectKey(scope), 'newest'],
    queryFn: () => call('GET /orgs/:org/projects/:project/history', { params: { ...scope }, query: { limit: 1 } }),
    enabled: isWanted,
  });
  return isWanted ? data?.entries[0] : undefined;
}

function undoOrder(scope: Scope, { revision, changes }: HistoryEntry): PaletteOrder {
  return {
    operation: 'POST /orgs/:org/projects/:project/history/:revision/undo',
    request: { params: { ...scope, revision: String(revision) }, body: {} } as PaletteOrder['request'],
    done: `Undid revision ${revision}: ${changes[0]?.summary ?? ''}`,
  };
}
