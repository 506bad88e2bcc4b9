import type { Member } from '@taffrail/schema';
import { useState } from 'react';
import { useCommit } from '../api/use-commit.ts';
import { useSession } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { dateWords } from '../words/time.ts';
import { grantsWords } from './grant-words.ts';
import { GrantsDialog } from './grants-dialog.tsx';

interface MembersProps {
  readonly org: string;
  readonly members: readonly Member[];
  readonly mayManage: boolean;
}

export function Members({ org, members, mayManage }: MembersProps) {
  const { person } = useSession();
  return (
    <Table hasActs label="Members" head={['Name', 'E-mail', 'May', 'Since', 'Change']}>
      {members.map((member) => (
        <tr key={member.id}>
          <td className={pageStyles.strong}>
            {member.name || member.email}
            {member.email === person.email && <span className={pageStyles.dim}> (you)</span>}
          </td>
          <td>{member.email}</td>
          <td>{grantsWords(member.grants)}</td>
          <td className={pageStyles.dim}>{dateWords(member.joinedAt)}</td>
          <td>{mayManage && <MemberActs org={org} member={member} />}</td>
        </tr>
      ))}
    </Table>
  );
}

function MemberActs({ org, member }: { readonly org: string; readonly member: Member }) {
  const commit = useCommit();
  const [isChanging, setChanging] = useState(false);
  const said = member.name || member.email;
  const remove = () =>
    void commit('DELETE /orgs/:org/members/:member', { params: { org, member: member.id } }, `Removed ${said}`);
  return (
    <span className={pageStyles.acts}>
      <Button small tone="plain" aria-label={`Change what ${said} may do`} onClick={() => setChanging(true)}>
        Change
      </Button>
      <ConfirmButton label={`Remove ${said}`} question="Their sessions end." verb="Remove" onConfirm={remove} />
      {isChanging && <GrantsDialog org={org} member={member} onClose={() => setChanging(false)} />}
    </span>
  );
}
