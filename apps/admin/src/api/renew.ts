import type { Change } from '@taffrail/schema';
import type { QueryClient } from '@tanstack/react-query';

/** Documents of projects that lists of an organization show too. */
const widelyShown = new Set(['organization', 'member', 'invitation', 'token', 'sdk-key', 'project', 'environment']);
/** What no commit of flags or segments touches. */
const untouched = new Set<unknown>(['contexts', 'context-pages', 'keys']);

/** Asks again for what these changes may have made stale: shown queries at once, others when they are next shown. */
export function renewAfter(client: QueryClient, changes: readonly Pick<Change, 'sort'>[]): void {
  const isWide = changes.some(({ sort }) => widelyShown.has(sort));
  void client.invalidateQueries({
    predicate({ queryKey: [group, , , name] }) {
      if (group === 'project') return isWide || !untouched.has(name);
      return group === 'preview' || (group === 'organization' && isWide);
    },
  });
}
