import type { QueryClient } from '@tanstack/react-query';
import { projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';

/** What installs move by what they say, which is no commit: the board, who runs what, how far back-outs have come. */
const moved = ['installs', 'running', 'progress'] as const;

/**
 * Holds what was read of installs for old. What no page shows at this moment is asked for as soon as one does; what is being asked for
 * is asked once more when it is answered, for the answer may be from before and would pass for new.
 */
export function outdateInstalls(client: QueryClient, scope: Scope): void {
  for (const part of moved) {
    const queryKey = [...projectKey(scope), part];
    void client.invalidateQueries({ queryKey, refetchType: 'none' });
    const underWay = client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' });
    for (const query of underWay) {
      const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
      void query.fetch().then(again, again);
    }
  }
}
