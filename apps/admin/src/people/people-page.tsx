import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { membersQuery } from '../api/queries.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { Secret } from '../ui/secret.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { Members } from './members.tsx';

/** Who belongs to the organization and what each may do. */
export function PeoplePage({ params: { org } }: { readonly params: { readonly org: string } }) {
  const people = useQuery(membersQuery(org));
  const mayManage = useMay(org)('member.manage');
  const [isInviting, setInviting] = useState(false);
  const [link, setLink] = useState<string>();
  function show(invited: string) {
    setInviting(false);
    setLink(invited);
  }
  const tools = (
    <>
      <span className={pageStyles.spacer} />
      {mayManage && (
        <Button tone="primary" icon="plus" onClick={() => setInviting(true)}>
          Invite
        </Button>
      )}
    </>
  );
  return (
    <Page title="People" tools={tools}>
      {link && (
        <Secret title="The invitation link" secret={link} onDone={() => setLink(undefined)}>
          <p>Send it to the person yourself; it works once.</p>
        </Secret>
      )}
      <Loaded query={people} label="people">
        {({ members, invitations }) => (
          <>
            <Members org={org} members={members} mayManage={mayManage} />
            {invitations.length > 0 && <Invitations org={org} invitations={invitations} mayManage={mayManage} />}
          </>
        )}
      </Loaded>
      {isInviting && <InviteDialog org={org} onClose={() => setInviting(false)} onInvited={show} />}
    </Page>
  );
}
