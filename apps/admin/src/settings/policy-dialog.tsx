import { type Environment, gatedActions } from '@taffrail/schema';
import { useState } from 'react';
import { sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import type { Previewed } from '../publish/use-preview.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/states.tsx';
import { waitWords } from '../words/affected-words.ts';
import { actions, usePolicies } from './use-policies.ts';

interface PolicyDialogProps {
  readonly scope: Scope;
  readonly environment: Environment;
  onClose(): void;
}

/** Which acts want a second person in an environment. Asking for less than before is itself such an act. */
export function PolicyDialog({ scope, environment, onClose }: PolicyDialogProps) {
  const { preview, error, gated, gate, isSame, isBusy, save } = usePolicies(scope, environment);
  const [reason, setReason] = useState('');
  const foot = (
    <>
      <Button tone="plain" onClick={onClose}>
        Cancel
      </Button>
      <CommitButtons
        scope={scope}
        verb="Save"
        waits={preview?.waits}
        reason={reason}
        busy={isBusy}
        disabled={isSame || preview === undefined || Boolean(error)}
        onCommit={(as) => void save(reason, as).then((isDone) => isDone && onClose())}
      />
    </>
  );
  return (
    <Dialog title={`Second person in ${environment.name}`} onClose={onClose} foot={foot}>
      <p>Turning off, killing and rolling back to less never wait.</p>
      {actions.map((action) => (
        <CheckField
          key={action}
          label={gatedActions[action].label}
          hint={gatedActions[action].about}
          checked={gated.includes(action)}
          onChange={(isGated) => gate(action, isGated)}
        />
      ))}
      <TextField label="Reason, for the history" maxLength={500} value={reason} onChange={setReason} />
      <Hurdle preview={preview} error={error} />
    </Dialog>
  );
}

/** What stands against it: a refusal, or that it waits itself. */
function Hurdle({ preview, error }: Previewed) {
  const words = error ? [sentence(error)] : preview ? waitWords(preview) : [];
  return words.map((line) => (
    <Notice key={line} urgent tone="warn">
      {line}
    </Notice>
  ));
}
