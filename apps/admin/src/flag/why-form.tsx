import { type RefObject, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { useKnownShape } from '../contexts/known-shape.ts';
import { useKnownKeys } from '../contexts/use-known-keys.ts';
import { type Asked, isFact } from '../edit/asked-context.ts';
import { SuggestInput } from '../ui/suggest-input.tsx';
import { TokensInput } from '../ui/tokens-input.tsx';
import styles from './why-box.module.css';

interface WhyFormProps {
  readonly scope: Scope;
  readonly environment: string;
  readonly first: Asked | undefined;
  readonly ref: RefObject<HTMLDivElement | null>;
  onAsk(asked: Asked): void;
}

/** About whom: a kind and a key, and what else is to be said of it. */
export function WhyForm({ scope, environment, first, ref, onAsk }: WhyFormProps) {
  const [form, setForm] = useState<Asked>(() => first ?? { kind: 'org', key: '', facts: [] });
  const [isTyping, setTyping] = useState(false);
  const { kinds } = useKnownShape(scope, environment);
  const suggestions = useKnownKeys(scope, environment, form.kind, isTyping ? form.key : null);
  function submit(next: Asked) {
    setForm(next);
    const key = next.key.trim();
    if (key !== '') onAsk({ ...next, key });
  }
  return (
    <div className={styles.form} ref={ref}>
      <span className={styles.who}>
        <select
          aria-label="Kind"
          className={styles.field}
          value={form.kind}
          onChange={(event) => setForm({ ...form, kind: event.target.value })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kind}
            </option>
          ))}
        </select>
        <SuggestInput
          className={styles.field}
          aria-label={`Key of the ${form.kind}`}
          placeholder={form.kind === 'org' ? 'acme' : 'key'}
          enterKeyHint="go"
          value={form.key}
          suggestions={suggestions}
          onFocusCapture={() => setTyping(true)}
          onChange={(key) => setForm({ ...form, key })}
          onPick={(key) => submit({ ...form, key })}
          onEnter={() => submit(form)}
        />
      </span>
      <TokensInput
        boxed
        label="Also known"
        placeholder="plan=pro, user=7…"
        tokens={form.facts.map((fact) => ({ id: fact, text: fact }))}
        onAdd={(facts) => submit({ ...form, facts: [...form.facts, ...facts.filter(isFact)] })}
        onRemove={(fact) => submit({ ...form, facts: form.facts.filter((each) => each !== fact) })}
      />
    </div>
  );
}
