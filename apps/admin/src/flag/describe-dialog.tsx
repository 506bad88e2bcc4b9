import { useState } from 'react';
import type { FlagDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { kindOptions } from '../new-flag/kinds.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, SelectField, TextField } from '../ui/field.tsx';

interface DescribeDialogProps {
  readonly scope: Scope;
  readonly detail: FlagDetail;
  onClose(): void;
}

/** What a flag is in its project, the same in every environment. */
export function DescribeDialog({ scope, detail, onClose }: DescribeDialogProps) {
  const commit = useCommit();
  const { document, revision } = detail.definition;
  const [form, setForm] = useState({
    kind: document.kind,
    owner: document.owner,
    description: document.description,
    expiresOn: document.expiresOn ?? '',
  });
  async function save() {
    const body = { ...form, expiresOn: form.expiresOn || null };
    const params = { ...scope, flag: document.key };
    const done = await commit(
      'PATCH /orgs/:org/projects/:project/flags/:flag',
      { params, body, ifMatch: revision },
      `Changed the details of ${document.key}`,
    );
    if (done) onClose();
  }
  return (
    <Dialog
      title={`Details of ${document.key}`}
      onClose={onClose}
      onSubmit={() => void save()}
      foot={
        <>
          <Button tone="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" tone="primary">
            Save
          </Button>
        </>
      }
    >
      <SelectField label="Kind" options={kindOptions} value={form.kind} onChange={(kind) => setForm({ ...form, kind })} />
      <TextField label="Owner" value={form.owner} onChange={(owner) => setForm({ ...form, owner })} />
      <TextField
        label="Expires on"
        type="date"
        hint="a temporary flag has a last day"
        value={form.expiresOn}
        onChange={(expiresOn) => setForm({ ...form, expiresOn })}
      />
      <Field label="Description">
        {(wiring) => (
          <textarea
            {...wiring}
            rows={3}
            maxLength={2_000}
            value={form.description}
            onChange={(event) => setForm({ ...form, description: event.target.value })}
          />
        )}
      </Field>
    </Dialog>
  );
}
