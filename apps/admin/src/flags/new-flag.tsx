import type { Environment } from '@taffrail/schema';
import { Suspense } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Bone } from '../ui/states.tsx';
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

const close = (): void => setQuery({ new: null });

/** The sheet of a new flag, over the list. It knows where flags can be on before it opens. */
export function NewFlag({ scope, environments, rows = noRows }: NewFlagProps) {
  if (environments.length === 0) return null;
  return (
    <Suspense fallback={<Loading onClose={close} />}>
      <NewFlagSheet scope={scope} environments={environments} rows={rows} onClose={close} />
    </Suspense>
  );
}

/** Open at once, so that what is typed next is not taken for the keys of the list. */
function Loading({ onClose }: { onClose(): void }) {
  return (
    <Dialog side title="New flag" onClose={onClose}>
      <Bone width="60%" />
    </Dialog>
  );
}
