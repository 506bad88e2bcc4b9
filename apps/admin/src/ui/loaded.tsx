import type { ReactNode } from 'react';
import { Failure, SkeletonRows } from './states.tsx';

interface LoadedProps<T> {
  readonly query: { readonly data: T | undefined; readonly error: unknown; refetch(): unknown };
  /** What is loading, for those who listen. */
  readonly label: string;
  readonly rows?: number;
  children(data: T): ReactNode;
}

/** What was loaded; until then rows in its place, or why it did not load. What was once loaded stays while it is asked for again. */
export function Loaded<T>({ query: { data, error, refetch }, label, rows = 6, children }: LoadedProps<T>) {
  if (data !== undefined) return children(data);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return <SkeletonRows rows={rows} label={`Loading ${label}`} />;
}
