import type { QueryClient } from '@tanstack/react-query';
import { projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';

/** Asks again for all that is shown of installs: their keys are documents of the organization, of which the project's stream does not tell. */
export function renewInstalls(client: QueryClient, scope: Scope): void {
  void client.invalidateQueries({ queryKey: [...projectKey(scope), 'installs'] });
}
