import { actionsGatedBy, type Environment, type GatedAction, gatedActions, type Policies } from '@taffrail/schema';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';

interface PolicyDialogProps {
  readonly scope: Scope;
  readonly environment: Environment;
  onClose(): void;
}

const operation = 'PATCH /orgs/:org/projects/:project/environments/:environment';
const actions = Object.keys(gatedActions) as GatedAction[];

/** Which acts want a second person in an environment. Asking for less than before is itself such an act. */
export function PolicyDialog({ scope, environment, onClose }: PolicyDialogProps) {
  const commit = useCommit();
  const before = actionsGatedBy(environment.policies);
  const [gated, setGated] = useState<readonly GatedAction[]>(before);
  const [reason, setReason] = useState('');
  const params = { ...scope, environment: environment.key };
  const body = { policies: policiesOf(gated), ...(reason.trim() && { reason: reason.trim() }) };
  const isSame = actions.every((action) => before.includes(action) === gated.includes(action));
  const { preview, error } = usePreview(operation, isSame ? undefined : { params, body });
  async function save(as?: SentAs) {
    const done = await commit(operation, { params, body }, `Changed what wants a second person in ${environment.name}`, as);
    if (done) onClose();
  }
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
        disabled={isSame || preview === undefined || Boolean(error)}
        onCommit={(as) => void save(as)}
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
          onChange={(isGated) => setGated(isGated ? [...gated, action] : gated.filter((each) => each !== action))}
        />
      ))}
      <TextField label="Reason, for the history" maxLength={500} value={reason} onChange={setReason} />
    </Dialog>
  );
}

function policiesOf(gated: readonly GatedAction[]): Policies {
  return Object.fromEntries(actions.map((action) => [action, gated.includes(action) ? 'second-person' : 'none']));
}
