import { Field, SelectField, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { dateWords } from '../words/time.ts';
import { kindOptions } from './kinds.ts';
import { type NewFlagForm, withKind } from './form.ts';
import styles from './new-flag-sheet.module.css';

interface FactFieldsProps {
  readonly form: NewFlagForm;
  readonly mistake: string | undefined;
  onChange(form: NewFlagForm): void;
}

/** Whose it is, what sort it is and when it ends: filled in already, shown in one line, opened to be changed. */
export function FactFields({ form, mistake, onChange }: FactFieldsProps) {
  const { kind, owner, expiresOn, description, client } = form;
  const expiry = expiresOn ? `expires ${dateWords(expiresOn)}` : 'permanent';
  return (
    <details className={styles.more}>
      <summary>
        <Icon name="right" size={12} />
        <span>Details</span>
        <span className={styles.facts}>
          {kind} · {owner || 'no owner'} · {expiry}
        </span>
      </summary>
      <div>
        <div className={styles.row}>
          <SelectField
            label="Kind"
            options={kindOptions}
            value={kind}
            onChange={(value) => onChange(withKind(form, value, Date.now()))}
          />
          <TextField
            label="Expires on"
            type="date"
            value={expiresOn}
            error={mistake}
            onChange={(value) => onChange({ ...form, expiresOn: value })}
          />
        </div>
        <TextField
          label="Owner"
          hint="a person or a team"
          value={owner}
          onChange={(value) => onChange({ ...form, owner: value })}
        />
        <Field label="Description">
          {(wiring) => (
            <textarea
              {...wiring}
              rows={2}
              maxLength={2_000}
              value={description}
              onChange={(event) => onChange({ ...form, description: event.target.value })}
            />
          )}
        </Field>
        <label className={styles.check}>
          <input type="checkbox" checked={client} onChange={(event) => onChange({ ...form, client: event.target.checked })} />
          <span>
            Send to browsers too
            <small>Browsers evaluate locally, so what they need of it is public.</small>
          </span>
        </label>
      </div>
    </details>
  );
}
