import type { Environment } from '@taffrail/schema';
import { useMemo, useState } from 'react';
import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useSession } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { AudienceField } from './audience-field.tsx';
import { FactFields } from './fact-fields.tsx';
import { bodyOf, mistakesIn, newFlagForm, withType } from './form.ts';
import { VariantFields } from './variant-fields.tsx';

interface NewFlagSheetProps {
  readonly scope: Scope;
  readonly environments: readonly Environment[];
  readonly rows: readonly FlagRow[];
  onClose(): void;
}

const types = [
  { value: 'boolean', label: 'boolean' },
  { value: 'string', label: 'string' },
  { value: 'number', label: 'number' },
  { value: 'json', label: 'JSON' },
] as const;

/** A new flag, from its name to the first organization that has it, in one sheet. */
export function NewFlagSheet({ scope, environments, rows, onClose }: NewFlagSheetProps) {
  const { person } = useSession();
  const commit = useCommit();
  const [busy, setBusy] = useState(false);
  const [touched, setTouched] = useState(false);
  const [form, setForm] = useState(() => newFlagForm(person.email, firstPlace(environments), Date.now()));
  const taken = useMemo(() => new Set(rows.map(({ definition }) => definition.key)), [rows]);
  const mistakes = mistakesIn(form, taken);
  const keyMistake = touched || form.key !== '' ? mistakes['key'] : undefined;
  const isReady = Object.keys(mistakes).length === 0;

  async function create() {
    setTouched(true);
    if (!isReady) return;
    setBusy(true);
    const done = await commit(
      'POST /orgs/:org/projects/:project/flags',
      { params: { ...scope }, body: bodyOf(form) },
      `Created ${form.key}`,
    );
    setBusy(false);
    if (done) navigate(pages.flag.href({ ...scope, flag: form.key }, { created: '1' }));
  }
  return (
    <Dialog
      side
      title="New flag"
      onClose={onClose}
      onSubmit={() => void create()}
      foot={
        <>
          <Button tone="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" tone="primary" busy={busy} disabled={touched && !isReady}>
            Create flag
          </Button>
        </>
      }
    >
      <TextField
        mono
        label="Name"
        placeholder="new-checkout"
        hint="as your code will ask for it; it never changes"
        value={form.key}
        error={keyMistake}
        maxLength={140}
        onChange={(key) => setForm({ ...form, key })}
      />
      <AudienceField
        scope={scope}
        environments={environments}
        form={form}
        mistakes={touched ? mistakes : {}}
        onChange={setForm}
      />
      <SelectField label="Type" options={types} value={form.type} onChange={(type) => setForm(withType(form, type))} />
      {form.type !== 'boolean' && <VariantFields form={form} mistakes={mistakes} onChange={setForm} />}
      <FactFields form={form} mistake={mistakes['expiresOn']} onChange={setForm} />
    </Dialog>
  );
}

/** The environment to begin in: development, else the first that is not production. */
function firstPlace(environments: readonly Environment[]): string | undefined {
  const tame = environments.filter(({ production }) => !production);
  return (tame.find(({ key }) => key.startsWith('dev')) ?? tame[0])?.key;
}
