import { CheckField } from '../ui/check-field.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { TextAreaField } from '../ui/text-area-field.tsx';
import { dateWords } from '../words/time.ts';
import { type NewFlagForm, withKind } from './form.ts';
import { kindOptions } from './kinds.ts';
import styles from './new-flag-sheet.module.css';

interface FactFieldsProps {
  readonly form: NewFlagForm;
  readonly mistake: string | undefined;
  onChange(form: NewFlagForm): void;
}

/** Whose it is, what sort it is and when it ends: filled in already, shown in one line, opened to be changed. */
export function FactFields({ form, mistake, onChange }: FactFieldsProps) {
  const { kind, owner, expiresOn, description, client } = form;
  const set = (change: Partial<NewFlagForm>) => onChange({ ...form, ...change });
  return (
    <details className={styles.more} open={mistake !== undefined || undefined}>
      <summary>
        <Icon name="right" size={12} />
        <span>Details</span>
        <span className={styles.facts}>
          {kind} · {owner || 'no owner'} · {expiresOn ? `expires ${dateWords(expiresOn)}` : 'permanent'}
        </span>
      </summary>
      <div>
        <div className={styles.row}>
          <SelectField
            label="Kind"
            options={kindOptions}
            value={kind}
            onChange={(next) => onChange(withKind(form, next, Date.now()))}
          />
          <TextField
            label="Expires on"
            type="date"
            value={expiresOn}
            error={mistake}
            onChange={(next) => set({ expiresOn: next })}
          />
        </div>
        <TextField label="Owner" hint="a person or a team" value={owner} onChange={(next) => set({ owner: next })} />
        <TextAreaField label="Description" value={description} onChange={(next) => set({ description: next })} />
        <CheckField
          label="Send to browsers too"
          hint="Browsers evaluate locally, so what they need of it is public."
          checked={client}
          onChange={(next) => set({ client: next })}
        />
      </div>
    </details>
  );
}
