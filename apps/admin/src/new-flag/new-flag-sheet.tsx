import type { Environment } from '@taffrail/schema';
import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { AudienceField } from './audience-field.tsx';
import { FactFields } from './fact-fields.tsx';
import { withType } from './form.ts';
import { useNewFlag } from './use-new-flag.ts';
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
  const { form, setForm, mistakes, isTouched, isReady, isBusy, create } = useNewFlag(scope, environments, rows);
  return (
    <Dialog
      side
      title="New flag"
      onClose={onClose}
      onSubmit={() => void create()}
      foot={<SubmitRow verb="Create flag" busy={isBusy} disabled={isTouched && !isReady} onCancel={onClose} />}
    >
      <TextField
        mono
        label="Name"
        placeholder="new-checkout"
        hint="as your code will ask for it; it never changes"
        value={form.key}
        error={isTouched || form.key !== '' ? mistakes['key'] : undefined}
        maxLength={140}
        onChange={(key) => setForm({ ...form, key })}
      />
      <AudienceField
        scope={scope}
        environments={environments}
        form={form}
        mistakes={isTouched ? mistakes : {}}
        onChange={setForm}
      />
      <SelectField label="Type" options={types} value={form.type} onChange={(type) => setForm(withType(form, type))} />
      {form.type !== 'boolean' && <VariantFields form={form} mistakes={mistakes} onChange={setForm} />}
      <FactFields form={form} mistake={mistakes['expiresOn']} onChange={setForm} />
    </Dialog>
  );
}
