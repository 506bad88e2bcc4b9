import type { Grant, Member } from '@taffrail/schema';
import { useState } from 'react';
import { useCommit } from '../api/use-commit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { GrantFields } from './grant-fields.tsx';

interface GrantsDialogProps {
  readonly org: string;
  readonly member: Member;
  onClose(): void;
}

export function GrantsDialog({ org, member, onClose }: GrantsDialogProps) {
  const commit = useCommit();
  const [grants, setGrants] = useState<readonly Grant[]>(member.grants);
  const name = member.name || member.email;
  async function save() {
    const request = { params: { org, member: member.id }, body: { grants: [...grants] } };
    if (await commit('PUT /orgs/:org/members/:member/grants', request, `Changed what ${name} may do`)) onClose();
  }
  return (
    <Dialog
      title={`What ${name} may do`}
      onClose={onClose}
      onSubmit={() => void save()}
      foot={
        <Button type="submit" tone="primary">
          Save
        </Button>
      }
    >
      <GrantFields org={org} grants={grants} onChange={setGrants} />
    </Dialog>
  );
}
