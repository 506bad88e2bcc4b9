import type { OnpremPolicy } from '@taffrail/schema';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Proposal } from '../publish/proposal.tsx';
import { ReasonInput } from '../publish/reason-input.tsx';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { OneOf } from '../ui/segmented.tsx';
import { Ago } from '../ui/time.tsx';
import { onpremChoices, policyWords, upgradeWords } from './onprem-words.ts';
import styles from './releases-tab.module.css';
import { type Onprem, useOnprem } from './use-onprem.ts';

interface OnpremPartProps {
  readonly scope: Scope;
  readonly flag: string;
  readonly policy: OnpremPolicy | undefined;
  readonly isArchived: boolean;
}

/** What the flag is to be in releases cut from now on. Those that have left stay as they are. */
export function OnpremPart({ scope, flag, policy, isArchived }: OnpremPartProps) {
  const may = useMay(scope.org)('release.cut', { project: scope.project });
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={styles.policy} aria-label="In releases to come">
      <header>
        <h2>In releases to come</h2>
        <p>
          <b>{policyWords(policy)}</b>
          {policy && (
            <>
              , as {policy.by} said <Ago at={policy.since} />
            </>
          )}
        </p>
        {may && !isArchived && !isOpen && (
          <Button small onClick={() => setOpen(true)}>
            Change
          </Button>
        )}
      </header>
      {isOpen && <Form scope={scope} flag={flag} policy={policy} onClose={() => setOpen(false)} />}
    </section>
  );
}

interface FormProps extends Pick<OnpremPartProps, 'scope' | 'flag' | 'policy'> {
  onClose(): void;
}

function Form({ scope, flag, policy, onClose }: FormProps) {
  const onprem = useOnprem(scope, flag, policy);
  const { choice, choose, preview, error } = onprem;
  const reached = upgradeWords(choice, preview?.installs);
  return (
    <div className={styles.form}>
      <OneOf label="In releases to come" options={onpremChoices} value={choice} onChange={choose} />
      <p className={styles.about}>{onpremChoices.find(({ value }) => value === choice)?.about}</p>
      {choice !== 'dark' && (
        <TextField
          mono
          label="In these releases alone"
          placeholder="all, or >=8.4 <8.6"
          value={onprem.releases}
          error={onprem.mistake}
          onChange={onprem.setReleases}
        />
      )}
      {reached && (
        <p role="status">
          <b>{reached}</b>
        </p>
      )}
      {(preview || Boolean(error)) && (
        <Proposal isWhole preview={preview && { ...preview, installs: [], narrowing: false }} error={error} />
      )}
      <Acts scope={scope} onprem={onprem} onClose={onClose} />
    </div>
  );
}

function Acts({ scope, onprem, onClose }: Pick<FormProps, 'scope' | 'onClose'> & { readonly onprem: Onprem }) {
  const { choice, preview, reason, setReason, isReady, isBusy } = onprem;
  async function say(as?: SentAs) {
    if (await onprem.say(as)) onClose();
  }
  return (
    <div className={styles.acts}>
      {choice !== 'dark' && (
        <ReasonInput reason={reason} placeholder="Why, for the history" onChange={setReason} onEscape={onClose} />
      )}
      <Button tone="plain" onClick={onClose}>
        Cancel
      </Button>
      <CommitButtons
        scope={scope}
        verb="Publish"
        waits={preview?.waits}
        reason={reason}
        busy={isBusy}
        disabled={!isReady}
        onCommit={(as) => void say(as)}
      />
    </div>
  );
}
