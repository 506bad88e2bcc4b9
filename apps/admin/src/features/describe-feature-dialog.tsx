import { useState } from 'react';
import type { FeatureDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { FeatureFields, GateFields } from './feature-fields.tsx';
import { bodyOf, formOf, hoursMistake } from './feature-form.ts';

interface DescribeFeatureDialogProps {
  readonly scope: Scope;
  readonly detail: FeatureDetail;
  onClose(): void;
}

/** What a feature is in its project. Its flags stay as they are until it moves. */
export function DescribeFeatureDialog({ scope, detail: { feature }, onClose }: DescribeFeatureDialogProps) {
  const commit = useCommit();
  const { document, revision } = feature;
  const [form, setForm] = useState(() => formOf(document));
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const isWrong = hoursMistake(form) !== undefined || form.flags.length === 0;
  async function save() {
    if (isWrong) return;
    const request = { params: { ...scope, feature: document.key }, body: bodyOf(form), ifMatch: revision };
    const done = await commit(
      'PATCH /orgs/:org/projects/:project/features/:feature',
      request,
      `Changed the details of ${document.key}`,
    );
    if (done) onClose();
  }
  return (
    <Dialog
      side
      title={`Details of ${document.key}`}
      onClose={onClose}
      onSubmit={() => void save()}
      foot={<SubmitRow verb="Save" disabled={isWrong} onCancel={onClose} />}
    >
      <TextField label="Name" value={form.name} onChange={(name) => set({ name })} />
      <FeatureFields scope={scope} form={form} onChange={set} />
      <GateFields form={form} onChange={set} />
    </Dialog>
  );
}
