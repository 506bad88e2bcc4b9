import type { Member } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { membersQuery } from '../api/queries.ts';
import { useCommit } from '../api/use-commit.ts';
import { useMay, useSession } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Page, Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Secret } from '../ui/secret.tsx';
import { Failure, SkeletonRows } from '../ui/states.tsx';
import { dateWords } from '../words/time.ts';
import { grantsWords } from './grant-words.ts';
import { GrantsDialog } from './grants-dialog.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';

/** Who belongs to the organization and what each may do. */
export function PeoplePage({ params: { org } }: { readonly params: { readonly org: string } }) {
  const { data, error, refetch } = useQuery(membersQuery(org));
  const mayManage = useMay(org)('member.manage');
  const [isInviting, setInviting] = useState(false);
  const [link, setLink] = useState<string>();
  return (
    <Page
      title="People"
      tools={
        <>
          <span className={pageStyles.spacer} />
          {mayManage && (
            <Button tone="primary" icon="plus" onClick={() => setInviting(true)}>
              Invite
            </Button>
          )}
        </>
      }
    >
      {link && (
        <Secret title="The invitation link" secret={link} onDone={() => setLink(undefined)}>
          <p>Send it to the person yourself; it works once.</p>
        </Secret>
      )}
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={5} label="Loading people" />}
      {data && (
        <Table label="Members" head={['Name', 'E-mail', 'May', 'Since', 'Change']}>
          {data.members.map((member) => (
            <MemberLine key={member.id} org={org} member={member} mayManage={mayManage} />
          ))}
        </Table>
      )}
      {data && data.invitations.length > 0 && <Invitations org={org} invitations={data.invitations} mayManage={mayManage} />}
      {isInviting && (
        <InviteDialog
          org={org}
          onClose={() => setInviting(false)}
          onInvited={(invited) => {
            setInviting(false);
            setLink(invited);
          }}
        />
      )}
    </Page>
  );
}

interface MemberLineProps {
  readonly org: string;
  readonly member: Member;
  readonly mayManage: boolean;
}

function MemberLine({ org, member, mayManage }: MemberLineProps) {
  const commit = useCommit();
  const { person } = useSession();
  const [isChanging, setChanging] = useState(false);
  const { id, name, email, grants, joinedAt } = member;
  const said = name || email;
  const remove = () => void commit('DELETE /orgs/:org/members/:member', { params: { org, member: id } }, `Removed ${said}`);
  return (
    <tr>
      <td className={pageStyles.strong}>
        {said}
        {email === person.email && <span className={pageStyles.dim}> (you)</span>}
      </td>
      <td>{email}</td>
      <td>{grantsWords(grants)}</td>
      <td className={pageStyles.dim}>{dateWords(joinedAt)}</td>
      <td>
        {mayManage && (
          <span className={pageStyles.row} style={{ justifyContent: 'flex-end' }}>
            <Button small tone="plain" aria-label={`Change what ${said} may do`} onClick={() => setChanging(true)}>
              Change
            </Button>
            <ConfirmButton label={`Remove ${said}`} question="Their sessions end." verb="Remove" onConfirm={remove} />
          </span>
        )}
        {isChanging && <GrantsDialog org={org} member={member} onClose={() => setChanging(false)} />}
      </td>
    </tr>
  );
}
