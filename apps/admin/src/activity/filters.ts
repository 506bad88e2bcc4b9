import type { HistoryFilter } from '../api/queries.ts';

/** How many entries are asked for at once. */
const pageLimit = 100;
const dayMs = 86_400_000;

/** The filters of the address as the server understands them. Days are whole, where the reader is. */
export function filterOf(query: URLSearchParams): HistoryFilter {
  const [flag, environment, by] = ['flag', 'env', 'by'].map((name) => query.get(name) ?? '');
  const [since, until] = [instantOf(query.get('since'), 0), instantOf(query.get('until'), dayMs)];
  return {
    limit: pageLimit,
    ...(flag ? { flag } : {}),
    ...(environment ? { environment } : {}),
    ...(by ? { by } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
}

function instantOf(day: string | null, plusMs: number): string | undefined {
  const at = day ? new Date(`${day}T00:00:00`).getTime() + plusMs : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
