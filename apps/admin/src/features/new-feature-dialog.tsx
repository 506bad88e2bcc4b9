import { useState } from 'react';
import type { FeatureRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { FeatureFields } from './feature-fields.tsx';
import { useNewFeature } from './use-new-feature.ts';

interface NewFeatureDialogProps {
  readonly scope: Scope;
  readonly taken: readonly FeatureRow[];
  onClose(): void;
}

/** A feature starts dark everywhere; its flags are made with it where they are missing. */
export function NewFeatureDialog({ scope, taken, onClose }: NewFeatureDialogProps) {
  const { form, set, mistake, isReady, isBusy, create } = useNewFeature(scope, taken);
  const [createFlags, setCreateFlags] = useState(true);
  return (
    <Dialog
      side
      title="New feature"
      onClose={onClose}
      onSubmit={() => void create({ createFlags })}
      foot={<SubmitRow verb="Create feature" busy={isBusy} disabled={!isReady} onCancel={onClose} />}
    >
      <TextField
        mono
        label="Name"
        placeholder="issue-stream-v2"
        value={form.key}
        error={form.key === '' ? undefined : mistake}
        onChange={(key) => set({ key })}
      />
      <FeatureFields scope={scope} form={form} onChange={set} />
      <CheckField label="Create the flags that are not there" checked={createFlags} onChange={setCreateFlags} />
    </Dialog>
  );
}
