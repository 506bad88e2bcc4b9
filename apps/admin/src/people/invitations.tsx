import type { Invitation } from '../api/queries.ts';
import { useCommit } from '../api/use-commit.ts';
import { Button } from '../ui/button.tsx';
import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { dateWords } from '../words/time.ts';
import { grantsWords } from './grant-words.ts';

interface InvitationsProps {
  readonly org: string;
  readonly invitations: readonly Invitation[];
  readonly mayManage: boolean;
}

/** Those who were invited and have not come yet. */
export function Invitations({ org, invitations, mayManage }: InvitationsProps) {
  const commit = useCommit();
  const withdraw = ({ id, email }: Invitation) =>
    void commit(
      'DELETE /orgs/:org/invitations/:invitation',
      { params: { org, invitation: id } },
      `Withdrew the invitation of ${email}`,
    );
  return (
    <section className={pageStyles.section}>
      <h2>Invited</h2>
      <Table hasActs label="Invitations" head={['E-mail', 'Will', 'Until', 'Withdraw']}>
        {invitations.map((invitation) => (
          <tr key={invitation.id}>
            <td>{invitation.email}</td>
            <td>{grantsWords(invitation.grants)}</td>
            <td className={pageStyles.dim}>{dateWords(invitation.expiresAt)}</td>
            <td>
              {mayManage && (
                <Button
                  small
                  tone="stop"
                  aria-label={`Withdraw the invitation of ${invitation.email}`}
                  onClick={() => withdraw(invitation)}
                >
                  Withdraw
                </Button>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
