import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type HistoryFilter, historyQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { ActivityEntry } from './activity-entry.tsx';
import styles from './activity.module.css';

interface ActivityListProps {
  readonly scope: Scope;
  readonly filter: HistoryFilter;
  onPerson?(id: string): void;
}

/** The commits that match, newest first; older ones come as one reaches the end. */
export function ActivityList({ scope, filter, onPerson }: ActivityListProps) {
  const history = useInfiniteQuery(historyQuery(scope, filter));
  const mayUndo = useMay(scope.org)('flag.edit', { project: scope.project });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = history;
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={18} label="Loading activity" />;
  if (entries.length === 0)
    return <Empty title="No change matches">Every change that anybody makes is listed here, with its undo.</Empty>;
  return (
    <div className={styles.list}>
      <ol aria-label="Changes">
        {entries.map((entry) => (
          <ActivityEntry key={entry.seq} scope={scope} entry={entry} mayUndo={mayUndo} {...(onPerson ? { onPerson } : {})} />
        ))}
      </ol>
      {hasNextPage && <Older isBusy={isFetchingNextPage} onReach={() => void fetchNextPage()} />}
    </div>
  );
}

/** Asks for older entries when it comes into sight; for those without a pointer it is a button. */
function Older({ isBusy, onReach }: { readonly isBusy: boolean; onReach(): void }) {
  const mark = useRef<HTMLDivElement>(null);
  const reach = useRef(onReach);
  reach.current = onReach;
  useEffect(() => {
    if (!mark.current) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && reach.current(), { rootMargin: '400px' });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={mark} className={styles.older}>
      <Button tone="plain" busy={isBusy} onClick={onReach}>
        Older changes
      </Button>
    </div>
  );
}
