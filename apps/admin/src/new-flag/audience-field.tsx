import type { Environment } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { ContextKeysInput } from '../contexts/context-keys-input.tsx';
import { parsePercent } from '../edit/percentages.ts';
import { inOrder } from '../flags/use-environments.ts';
import type { Option } from '../ui/field.tsx';
import { OneOf, SomeOf } from '../ui/segmented.tsx';
import type { Audience, NewFlagForm } from './form.ts';
import styles from './new-flag-sheet.module.css';

interface AudienceFieldProps {
  readonly scope: Scope;
  readonly environments: readonly Environment[];
  readonly form: NewFlagForm;
  readonly mistakes: Readonly<Record<string, string>>;
  onChange(form: NewFlagForm): void;
}

const audiences: readonly Option<Audience>[] = [
  { value: 'nobody', label: 'Nobody' },
  { value: 'contexts', label: 'Orgs' },
  { value: 'percent', label: '%' },
  { value: 'everyone', label: 'Everyone' },
];

/** "Turn on now for": whom, and where. */
export function AudienceField({ scope, environments, form, mistakes, onChange }: AudienceFieldProps) {
  const { audience, environments: chosen } = form;
  return (
    <fieldset className={styles.choices}>
      <legend>Turn on now for</legend>
      <OneOf
        label="Turn on now for"
        options={audiences}
        value={audience}
        onChange={(value) => onChange({ ...form, audience: value })}
      />
      {audience === 'contexts' && <Contexts scope={scope} form={form} onChange={onChange} />}
      {audience === 'percent' && <Percent form={form} onChange={onChange} />}
      {audience !== 'nobody' && (
        <div className={styles.line}>
          <span>in</span>
          <SomeOf
            label="Environments"
            options={inOrder(environments).map(({ key, name }) => ({ value: key, label: name }))}
            values={chosen}
            onChange={(values) => onChange({ ...form, environments: values })}
          />
        </div>
      )}
      {mistakes['environments'] && <p className={styles.mistake}>{mistakes['environments']}</p>}
    </fieldset>
  );
}

type PartProps = Pick<AudienceFieldProps, 'form' | 'onChange'>;

function Contexts({ scope, form, onChange }: PartProps & { readonly scope: Scope }) {
  const { contextKind, contextKeys } = form;
  return (
    <div className={styles.line}>
      <KindSelect form={form} onChange={onChange} />
      <span className={styles.grow}>
        <ContextKeysInput
          boxed
          scope={scope}
          environment={form.environments[0] ?? ''}
          kind={contextKind}
          label={`Keys of ${contextKind}`}
          placeholder="acme…"
          keys={contextKeys}
          onAdd={(keys) => onChange({ ...form, contextKeys: [...contextKeys, ...keys] })}
          onRemove={(key) => onChange({ ...form, contextKeys: contextKeys.filter((each) => each !== key) })}
        />
      </span>
    </div>
  );
}

function Percent({ form, onChange }: PartProps) {
  return (
    <div className={styles.line}>
      <input
        className={styles.percent}
        inputMode="decimal"
        aria-label="Percentage"
        placeholder="10"
        defaultValue={form.percent ?? ''}
        onChange={(event) => onChange({ ...form, percent: parsePercent(event.target.value) })}
      />
      <span>% of each</span>
      <KindSelect form={form} onChange={onChange} />
    </div>
  );
}

/** What is counted: the customer's organization or the single user. Others are chosen on the flag's page. */
function KindSelect({ form, onChange }: PartProps) {
  return (
    <select
      className={styles.kind}
      aria-label="Kind of context"
      value={form.contextKind}
      onChange={(event) => onChange({ ...form, contextKind: event.target.value, contextKeys: [] })}
    >
      <option value="org">org</option>
      <option value="user">user</option>
    </select>
  );
}
