import type { QueryClient } from '@tanstack/react-query';
import { projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';

/** What installs move by what they say, which is no commit: the board, who runs what, how far back-outs have come. */
const moved = ['installs', 'running', 'progress'] as const;

/** Holds what was read of installs for old. What no page shows at this moment is asked for as soon as one does. */
export function outdateInstalls(client: QueryClient, scope: Scope): void {
  for (const part of moved) {
    void client.invalidateQueries({ queryKey: [...projectKey(scope), part], refetchType: 'none' });
  }
}
