import { Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Scope } from '../api/scope.ts';
import { later } from '../routes/screens.tsx';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import type { BackOutStart } from './use-back-out.ts';

const BackOutSheet = later(() => import('./back-out-sheet.tsx'), 'BackOutSheet');

interface BackOutButtonProps extends BackOutStart {
  readonly scope: Scope;
  /** One of many in a list. */
  readonly isPlain?: boolean;
}

/** The way out of what has left the building. Not shown to who may not go it. */
export function BackOutButton({ scope, isPlain = false, ...start }: BackOutButtonProps) {
  const may = useMay(scope.org)('backout.make', { project: scope.project });
  const [isOpen, setOpen] = useState(false);
  if (!may) return null;
  const what = start.feature ?? start.flags?.join(', ');
  return (
    <>
      <Button
        small
        tone={isPlain ? 'plain' : 'stop'}
        {...(isPlain ? {} : { icon: 'power' as const })}
        aria-label={what ? `Back ${what} out of releases` : 'Back out of releases'}
        onClick={() => setOpen(true)}
      >
        {isPlain ? 'Back out' : 'Back out of releases'}
      </Button>
      {isOpen &&
        // Out of the table that the button may stand in: its sheet is none of its cells.
        createPortal(
          <Suspense>
            <BackOutSheet scope={scope} {...start} onClose={() => setOpen(false)} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
