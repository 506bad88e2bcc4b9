import type { Preview } from '@taffrail/schema';
import { useCallback } from 'react';
import { preview } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';

const operation = 'POST /orgs/:org/projects/:project/flags/:flag/archive';

/**
 * Archives a flag. One that releases still read is shown with who runs those instead, for whoever wants it all the same. True when it
 * was archived.
 */
export function useArchive(scope: Scope): (flag: string) => Promise<boolean> {
  const commit = useCommit();
  return useCallback(
    async (flag) => {
      const params = { ...scope, flag };
      const isRead = await preview(operation, { params, body: { accept: true } }).then(takesRisk, () => false);
      if (isRead) navigate(pages.flag.href({ ...scope, flag }, { archive: 'open' }));
      return !isRead && (await commit(operation, { params, body: {} }, `Archived ${flag}`)) !== undefined;
    },
    [commit, scope],
  );
}

/** Whether supported releases still read what would be archived. */
const takesRisk = ({ changes }: Preview): boolean => changes.some(({ kind }) => kind === 'flag.risk-accepted');
