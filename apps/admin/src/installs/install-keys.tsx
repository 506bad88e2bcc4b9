import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Secret } from '../ui/secret.tsx';
import { Ago } from '../ui/time.tsx';
import { dateWords } from '../words/time.ts';
import { NewInstallKeyDialog } from './new-install-key-dialog.tsx';
import styles from './installs.module.css';
import type { InstallDetail } from './queries.ts';
import { renewInstalls } from './renew-installs.ts';
import { SiteSetup } from './site-setup.tsx';

interface InstallKeysProps {
  readonly scope: Scope;
  readonly detail: InstallDetail;
  readonly mayManage: boolean;
}

/** The keys by which a site reads its shipments and acknowledges them; those that were revoked last. */
export function InstallKeys({ scope, detail: { install, keys }, mayManage }: InstallKeysProps) {
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState<string>();
  const inOrder = [...keys].sort((one, other) => Number(one.revokedAt !== undefined) - Number(other.revokedAt !== undefined));
  function show(made: string) {
    setNew(false);
    setSecret(made);
  }
  return (
    <section className={pageStyles.section} aria-labelledby="install-keys">
      <header className={styles.partHead}>
        <h2 id="install-keys">Keys</h2>
        {mayManage && (
          <Button icon="plus" onClick={() => setNew(true)}>
            New key
          </Button>
        )}
      </header>
      {secret && (
        <Secret title={`The new key of ${install.name}`} secret={secret} onDone={() => setSecret(undefined)}>
          <SiteSetup isConnected={install.connection === 'connected'} />
        </Secret>
      )}
      {keys.length === 0 ? (
        <p className={pageStyles.words}>None. A site without one asks for nothing, and stands in no support code.</p>
      ) : (
        <Table hasActs label="Keys" head={['Key', 'Made', 'Last used', 'Revoke']}>
          {inOrder.map((key) => (
            <KeyLine key={key.id} scope={scope} install={install.key} row={key} mayManage={mayManage} />
          ))}
        </Table>
      )}
      {isNew && <NewInstallKeyDialog scope={scope} install={install.key} onClose={() => setNew(false)} onMade={show} />}
    </section>
  );
}

interface KeyLineProps extends Pick<InstallKeysProps, 'scope' | 'mayManage'> {
  readonly install: string;
  readonly row: InstallDetail['keys'][number];
}

function KeyLine({ scope, install, row, mayManage }: KeyLineProps) {
  const client = useQueryClient();
  const commit = useCommit();
  const { id, name, createdAt, createdBy, expiresAt, lastUsedAt, revokedAt } = row;
  async function revoke() {
    const request = { params: { ...scope, install, key: id } };
    await commit('DELETE /orgs/:org/projects/:project/installs/:install/keys/:key', request, `Revoked ${name}`);
    renewInstalls(client, scope);
  }
  return (
    <tr>
      <td>
        <span className={pageStyles.strong}>{name}</span> <code className={pageStyles.dim}>{id}</code>
      </td>
      <td className={pageStyles.dim}>
        {createdBy}, <Ago at={createdAt} />
        {expiresAt && `, ends ${dateWords(expiresAt)}`}
      </td>
      <td className={pageStyles.dim} data-label="Last used">
        {lastUsedAt ? <Ago at={lastUsedAt} /> : 'never'}
      </td>
      <td>
        {revokedAt ? (
          <span className={pageStyles.dim}>revoked {dateWords(revokedAt)}</span>
        ) : (
          mayManage && (
            <ConfirmButton
              label={`Revoke ${name}`}
              question="Its streams end at once."
              verb="Revoke"
              onConfirm={() => void revoke()}
            />
          )
        )}
      </td>
    </tr>
  );
}
