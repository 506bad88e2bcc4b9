import type { Token } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { tokensQuery } from '../api/queries.ts';
import { useCommit } from '../api/use-commit.ts';
import { grantsWords } from '../people/grant-words.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page, Table } from '../ui/page.tsx';
import { Secret } from '../ui/secret.tsx';
import { Empty } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { dateWords } from '../words/time.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';

/** Tokens of the management API: for the command line, for CI, for robots. */
export function TokensPage({ params: { org } }: { readonly params: { readonly org: string } }) {
  const tokens = useQuery(tokensQuery(org));
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState<string>();
  function show(made: string) {
    setNew(false);
    setSecret(made);
  }
  const create = (
    <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
      New token
    </Button>
  );
  const tools = (
    <>
      <span className={pageStyles.spacer} />
      {create}
    </>
  );
  return (
    <Page title="Tokens" tools={tools}>
      <p className={pageStyles.words}>
        A personal token acts as you. A service token has grants of its own and outlives whoever made it.
      </p>
      {secret && <Secret title="The new token" secret={secret} onDone={() => setSecret(undefined)} />}
      <Loaded query={tokens} label="tokens">
        {(all) => <TokenTable org={org} tokens={all} create={create} />}
      </Loaded>
      {isNew && <NewTokenDialog org={org} onClose={() => setNew(false)} onMade={show} />}
    </Page>
  );
}

interface TokenTableProps {
  readonly org: string;
  readonly tokens: readonly Token[];
  readonly create: ReactNode;
}

function TokenTable({ org, tokens, create }: TokenTableProps) {
  if (tokens.length === 0) {
    return (
      <Empty title="No token yet" action={create}>
        The command line makes its own by “taffrail login”.
      </Empty>
    );
  }
  return (
    <Table hasActs label="Tokens" head={['Token', 'Kind', 'May', 'Made', 'Last used', 'Revoke']}>
      {tokens.map((token) => (
        <TokenLine key={token.id} org={org} token={token} />
      ))}
    </Table>
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
