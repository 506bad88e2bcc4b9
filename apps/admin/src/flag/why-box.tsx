import type { Environment } from '@taffrail/schema';
import { useRef, useState } from 'react';
import type { FlagDetail } from '../api/queries.ts';
import { sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import type { Asked } from '../edit/asked-context.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { useCompact } from '../ui/use-compact.ts';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import type { Decision } from './decision.ts';
import { askedIn, useWhy } from './use-why.ts';
import { WhyAnswer } from './why-answer.tsx';
import styles from './why-box.module.css';
import { WhyForm } from './why-form.tsx';

interface WhyBoxProps {
  readonly scope: Scope;
  readonly detail: FlagDetail;
  readonly environments: readonly Environment[];
  onDecided(environment: string, decision: Decision): void;
}

/** Type an organization or a user: what it gets, and what decided. The address keeps the question. */
export function WhyBox({ scope, detail, environments, onDecided }: WhyBoxProps) {
  const address = useAddressQuery();
  const form = useRef<HTMLDivElement>(null);
  const isCompact = useCompact();
  const [asked, ask] = useState(() => askedIn(address.get('why')));
  const [isOpen, setOpen] = useState(asked !== undefined);
  const [chosen, setChosen] = useState<string>();
  const environment = environments.find(({ key }) => key === chosen)?.key ?? environments[0]?.key ?? '';
  const { reply, error } = useWhy({ scope, flag: detail.definition.document.key, environment, asked }, onDecided);
  useHotkeys({ w: () => form.current?.querySelector('input')?.focus() });

  function submit(next: Asked) {
    ask(next);
    setQuery({ why: `${next.kind}:${next.key}` });
  }
  return (
    <section className={styles.box}>
      <div className={styles.title}>
        <h2>
          {isCompact ? (
            <Button tone="plain" icon={isOpen ? 'down' : 'right'} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              Why?
            </Button>
          ) : (
            'Why?'
          )}
        </h2>
        {environments.length > 1 && <Where environments={environments} value={environment} onChange={setChosen} />}
      </div>
      {(isOpen || !isCompact) && <WhyForm ref={form} scope={scope} environment={environment} first={asked} onAsk={submit} />}
      {error && (
        <p className={styles.error} role="alert">
          {sentence(error)}
        </p>
      )}
      {reply && (isOpen || !isCompact) && <WhyAnswer reply={reply} flag={detail.environments[environment]?.document} />}
    </section>
  );
}

interface WhereProps {
  readonly environments: readonly Environment[];
  readonly value: string;
  onChange(key: string): void;
}

function Where({ environments, value, onChange }: WhereProps) {
  return (
    <select
      aria-label="Environment of the question"
      className={styles.field}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {environments.map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
