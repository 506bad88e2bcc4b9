import type { Grant } from '@taffrail/schema';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { organizationKey } from '../api/queries.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { GrantFields } from './grant-fields.tsx';

interface InviteDialogProps {
  readonly org: string;
  onClose(): void;
  onInvited(link: string): void;
}

/** Makes a link that somebody joins with. Mail is not sent: the link is handed over by whoever invites. */
export function InviteDialog({ org, onClose, onInvited }: InviteDialogProps) {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [grants, setGrants] = useState<readonly Grant[]>([{ role: 'editor' }]);
  const invite = useMutation({
    mutationFn: () =>
      call('POST /orgs/:org/invitations', { params: { org }, body: { email: email.trim(), grants: [...grants] } }),
    onSuccess({ link }) {
      void client.invalidateQueries({ queryKey: organizationKey(org) });
      onInvited(link);
    },
  });
  const mistake = invite.error ? (mistakesOf(invite.error)[0]?.message ?? sentence(invite.error)) : undefined;
  return (
    <Dialog
      title="Invite somebody"
      onClose={onClose}
      onSubmit={() => invite.mutate()}
      foot={
        <>
          <Button tone="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" tone="primary" busy={invite.isPending} disabled={email.trim() === ''}>
            Make the link
          </Button>
        </>
      }
    >
      <TextField label="E-mail" type="email" value={email} error={mistake} onChange={setEmail} />
      <GrantFields org={org} grants={grants} onChange={setGrants} />
    </Dialog>
  );
}
