import type { Environment } from '@taffrail/schema';
import { Suspense } from 'react';
import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { setQuery } from '../routes/location.ts';
import { later } from '../routes/screens.tsx';

const NewFlagSheet = later(() => import('../new-flag/new-flag-sheet.tsx'), 'NewFlagSheet');

interface NewFlagProps {
  readonly scope: Scope;
  readonly environments: readonly Environment[];
  readonly rows: readonly FlagRow[] | undefined;
}

const noRows: readonly FlagRow[] = [];

/** The sheet of a new flag, over the list. It knows where flags can be on before it opens. */
export function NewFlag({ scope, environments, rows = noRows }: NewFlagProps) {
  if (environments.length === 0) return null;
  return (
    <Suspense>
      <NewFlagSheet scope={scope} environments={environments} rows={rows} onClose={() => setQuery({ new: null })} />
    </Suspense>
  );
}
