import type { Resolution, TrailStep } from '@taffrail/engine';
import type { Environment } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { flagQuery, projectKey } from '../api/queries.ts';
import { sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import { useKnownShape } from '../contexts/known-shape.ts';
import { useKnownKeys } from '../contexts/use-known-keys.ts';
import { type Asked, contextOf, isFact } from '../edit/asked-context.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { SuggestInput } from '../ui/suggest-input.tsx';
import { TokensInput } from '../ui/tokens-input.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { type Decision, decisionOf } from './decision.ts';
import { WhyAnswer } from './why-answer.tsx';
import styles from './why-box.module.css';

interface WhyBoxProps {
  readonly scope: Scope;
  readonly flag: string;
  readonly environments: readonly Environment[];
  onDecided(environment: string, decision: Decision): void;
}

/** Type an organization or a user: what it gets, and what decided. The address keeps the question. */
export function WhyBox({ scope, flag, environments, onDecided }: WhyBoxProps) {
  const address = useAddressQuery();
  const input = useRef<HTMLSpanElement>(null);
  const [chosen, setChosen] = useState<string>();
  const place = environments.find(({ key }) => key === chosen)?.key ?? environments[0]?.key ?? '';
  const [asked, ask] = useState<Asked | undefined>(() => askedIn(address.get('why')));
  const [form, setForm] = useState<Asked>(() => asked ?? { kind: 'org', key: '', facts: [] });
  const [isTyping, setTyping] = useState(false);
  const { kinds } = useKnownShape(scope, place);
  const suggestions = useKnownKeys(scope, place, form.kind, isTyping ? form.key : null);
  const { data: detail } = useQuery(flagQuery(scope, flag));
  const why = useQuery({
    queryKey: [...projectKey(scope), 'why', flag, place, asked],
    queryFn: () =>
      call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/why', {
        params: { ...scope, environment: place, flag },
        body: { context: contextOf(asked ?? form) },
      }),
    enabled: asked !== undefined && place !== '',
    retry: false,
  });
  const resolution = why.data?.resolution as Resolution<unknown> | undefined;
  const latest = useRef(onDecided);
  latest.current = onDecided;
  useEffect(() => {
    if (resolution) latest.current(place, decisionOf(resolution));
  }, [resolution, place]);
  useHotkeys({ w: () => input.current?.querySelector('input')?.focus() });

  function submit(next: Asked) {
    setForm(next);
    if (next.key.trim() === '') return;
    ask({ ...next, key: next.key.trim() });
    setQuery({ why: `${next.kind}:${next.key.trim()}` });
  }
  return (
    <section className={styles.box}>
      <div className={styles.title}>
        <h2>Why?</h2>
        {environments.length > 1 && (
          <select
            aria-label="Environment of the question"
            className={styles.field}
            value={place}
            onChange={(event) => setChosen(event.target.value)}
          >
            {environments.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
      <div className={styles.form}>
        <span className={styles.who} ref={input}>
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
      {why.error && (
        <p className={styles.error} role="alert">
          {sentence(why.error)}
        </p>
      )}
      {why.data && resolution && (
        <WhyAnswer
          resolution={resolution}
          trail={why.data.trail as readonly TrailStep[]}
          context={why.data.context}
          flag={detail?.environments[place]?.document}
        />
      )}
    </section>
  );
}

/** `org:acme` in the address. */
function askedIn(text: string | null): Asked | undefined {
  const [kind, ...key] = text?.split(':') ?? [];
  return kind && key.length > 0 ? { kind, key: key.join(':'), facts: [] } : undefined;
}
