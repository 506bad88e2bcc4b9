import { useState } from 'react';
import type { SegmentEntry } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { keyMistakeOf } from '../new-flag/form.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';

interface NewSegmentDialogProps {
  readonly scope: Scope;
  readonly environment: string;
  readonly entries: readonly SegmentEntry[];
  onClose(): void;
}

/** Asks for the name; everything else is said on the segment's page. */
export function NewSegmentDialog({ scope, environment, entries, onClose }: NewSegmentDialogProps) {
  const [key, setKey] = useState('');
  const taken = new Set(entries.map(({ segment }) => segment.document.key));
  const mistake = keyMistakeOf(key, taken)?.replace('flag', 'segment');
  const go = () =>
    mistake === undefined && navigate(pages.segment.href({ ...scope, segment: key }, { env: environment, new: '1' }));
  return (
    <Dialog
      title="New segment"
      onClose={onClose}
      onSubmit={go}
      foot={<SubmitRow verb="Continue" disabled={mistake !== undefined} onCancel={onClose} />}
    >
      <TextField
        mono
        label="Name"
        placeholder="early-adopters"
        value={key}
        error={key === '' ? undefined : mistake}
        onChange={setKey}
      />
    </Dialog>
  );
}
