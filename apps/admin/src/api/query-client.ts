import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isRefusal, Refusal, Unreachable } from './refusal.ts';

const attempts = 2;

/**
 * The cache of everything that was read. Nothing grows stale by time: the project's stream says what changed,
 * and when the stream was lost everything is asked for again.
 */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => forgetSession(client, error) }),
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        retry: mayPass,
        retryDelay: 400,
      },
    },
  });
  return client;
}

/** A session that ended shows the sign-in page where one is; drafts stay. */
export function forgetSession(client: QueryClient, error: unknown): void {
  if (isRefusal(error, 'NOT_SIGNED_IN')) client.setQueryData(['session'], null);
}

/** A refusal stays a refusal; what failed on the way may pass. */
function mayPass(failures: number, error: unknown): boolean {
  const passing = error instanceof Unreachable || (error instanceof Refusal && error.problem.status >= 500);
  return passing && failures < attempts;
}
