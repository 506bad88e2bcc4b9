import { CommitButtons } from './commit-buttons.tsx';
import type { ComponentProps } from 'react';
import { ReasonInput } from './reason-input.tsx';
import type { Previewed } from './use-preview.ts';

interface CommitFootProps extends Omit<ComponentProps<typeof CommitButtons>, 'waits' | 'disabled'>, Pick<Previewed, 'preview'> {
  onReason(reason: string): void;
}

/** The foot of a dialog that commits: why, and the button, which waits for a preview that would change something. */
export function CommitFoot({ preview, onReason, ...rest }: CommitFootProps) {
  return (
    <>
      <ReasonInput reason={rest.reason} onChange={onReason} />
      <CommitButtons {...rest} waits={preview?.waits} disabled={preview === undefined || preview.changes.length === 0} />
    </>
  );
}
