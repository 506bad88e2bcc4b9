import { useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';
import { OneOf } from '../ui/segmented.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { TextAreaField } from '../ui/text-area-field.tsx';
import { connectionHints, connections } from './install-form.ts';
import type { InstallDetail } from './queries.ts';

interface EditInstallDialogProps {
  readonly scope: Scope;
  readonly detail: InstallDetail;
  onClose(): void;
}

export function EditInstallDialog({ scope, detail, onClose }: EditInstallDialogProps) {
  const commit = useCommit();
  const { key, name, connection, note = '' } = detail.install;
  const [form, setForm] = useState({ name, connection, note });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  async function save() {
    const body = { ...form, name: form.name.trim(), note: form.note.trim() };
    const request = { params: { ...scope, install: key }, body, ifMatch: detail.revision };
    const done = `Changed the details of ${body.name}`;
    if (await commit('PATCH /orgs/:org/projects/:project/installs/:install', request, done)) onClose();
  }
  return (
    <Dialog
      title={`Details of ${name}`}
      onClose={onClose}
      onSubmit={() => void save()}
      foot={<SubmitRow verb="Save" disabled={form.name.trim() === ''} onCancel={onClose} />}
    >
      <TextField label="Name" value={form.name} maxLength={128} onChange={(next) => set({ name: next })} />
      <div className={pageStyles.section}>
        <OneOf
          label="How shipments come to it"
          options={connections}
          value={form.connection}
          onChange={(next) => set({ connection: next })}
        />
        <p className={pageStyles.dim}>{connectionHints[form.connection]}</p>
      </div>
      <TextAreaField label="Note" value={form.note} onChange={(next) => set({ note: next })} />
    </Dialog>
  );
}
