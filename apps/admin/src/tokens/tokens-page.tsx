import type { Token } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tokensQuery } from '../api/queries.ts';
import { useCommit } from '../api/use-commit.ts';
import { grantsWords } from '../people/grant-words.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Page, Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Secret } from '../ui/secret.tsx';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { dateWords } from '../words/time.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';

/** Tokens of the management API: for the command line, for CI, for robots. */
export function TokensPage({ params: { org } }: { readonly params: { readonly org: string } }) {
  const { data: tokens, error, refetch } = useQuery(tokensQuery(org));
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState<string>();
  const create = (
    <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
      New token
    </Button>
  );
  return (
    <Page
      title="Tokens"
      tools={
        <>
          <span className={pageStyles.spacer} />
          {create}
        </>
      }
    >
      <p className={pageStyles.words}>
        A personal token acts as you. A service token has grants of its own and outlives whoever made it.
      </p>
      {secret && <Secret title="The new token" secret={secret} onDone={() => setSecret(undefined)} />}
      {error && !tokens && <Failure error={error} onRetry={() => void refetch()} />}
      {!tokens && !error && <SkeletonRows rows={4} label="Loading tokens" />}
      {tokens?.length === 0 && (
        <Empty title="No token yet" action={create}>
          The command line makes its own by “taffrail login”.
        </Empty>
      )}
      {tokens && tokens.length > 0 && (
        <Table label="Tokens" head={['Token', 'Kind', 'May', 'Made', 'Last used', 'Revoke']}>
          {tokens.map((token) => (
            <TokenLine key={token.id} org={org} token={token} />
          ))}
        </Table>
      )}
      {isNew && (
        <NewTokenDialog
          org={org}
          onClose={() => setNew(false)}
          onMade={(made) => {
            setNew(false);
            setSecret(made);
          }}
        />
      )}
    </Page>
  );
}

function TokenLine({ org, token }: { readonly org: string; readonly token: Token }) {
  const commit = useCommit();
  const { id, name, kind, grants, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  const revoke = () => void commit('DELETE /orgs/:org/tokens/:token', { params: { org, token: id } }, `Revoked ${name}`);
  return (
    <tr>
      <td>
        <span className={pageStyles.strong}>{name}</span> <code className={pageStyles.dim}>{id}</code>
      </td>
      <td>{kind}</td>
      <td>{kind === 'personal' ? 'as its owner' : grantsWords(grants)}</td>
      <td className={pageStyles.dim}>
        <Ago at={createdAt} />
        {expiresAt && `, ends ${dateWords(expiresAt)}`}
      </td>
      <td className={pageStyles.dim}>{lastUsedAt ? <Ago at={lastUsedAt} /> : 'never'}</td>
      <td>
        {revokedAt ? (
          <span className={pageStyles.dim}>revoked {dateWords(revokedAt)}</span>
        ) : (
          <ConfirmButton label={`Revoke ${name}`} question="It stops working at once." verb="Revoke" onConfirm={revoke} />
        )}
      </td>
    </tr>
  );
}
