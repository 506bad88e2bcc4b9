import type { Environment, SdkKey } from '@taffrail/schema';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sdkKeysQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { useMay } from '../session/session.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { dateWords } from '../words/time.ts';

interface KeyTableProps {
  readonly scope: Scope;
  readonly environments: readonly Environment[];
  readonly create: ReactNode;
}

/** The keys of every environment; those that were revoked last. */
export function KeyTable({ scope, environments, create }: KeyTableProps) {
  const lists = useQueries({ queries: environments.map(({ key }) => sdkKeysQuery(scope, key)) });
  const failed = lists.find(({ error }) => error);
  if (failed) return <Failure error={failed.error} onRetry={() => lists.forEach(({ refetch }) => void refetch())} />;
  if (lists.some(({ isPending }) => isPending)) return <SkeletonRows rows={4} label="Loading keys" />;
  const keys = lists.flatMap(({ data }) => data ?? []);
  if (keys.length === 0) {
    return (
      <Empty title="No key yet" action={create}>
        Code needs a key to read its flags: one for each environment it runs in.
      </Empty>
    );
  }
  const inOrder = [...keys].sort((one, other) => Number(one.revokedAt !== undefined) - Number(other.revokedAt !== undefined));
  const names = new Map(environments.map(({ key, name }) => [key, name]));
  return (
    <Table hasActs label="SDK keys" head={['Key', 'Environment', 'Kind', 'Made', 'Last used', 'Revoke']}>
      {inOrder.map((key) => (
        <KeyLine key={key.id} scope={scope} sdkKey={key} environment={names.get(key.environment) ?? key.environment} />
      ))}
    </Table>
  );
}

interface KeyLineProps {
  readonly scope: Scope;
  readonly sdkKey: SdkKey;
  readonly environment: string;
}

function KeyLine({ scope, sdkKey, environment }: KeyLineProps) {
  const commit = useCommit();
  const { id, kind, name, origins, createdAt, createdBy, expiresAt, lastUsedAt, revokedAt } = sdkKey;
  const mayManage = useMay(scope.org)('key.manage', { project: scope.project, environment: sdkKey.environment });
  const revoke = () =>
    void commit(
      'DELETE /orgs/:org/projects/:project/environments/:environment/keys/:key',
      { params: { ...scope, environment: sdkKey.environment, key: id } },
      `Revoked ${name}`,
    );
  return (
    <tr>
      <td>
        <span className={pageStyles.strong}>{name}</span> <code className={pageStyles.dim}>{id}</code>
        {origins.length > 0 && <div className={pageStyles.dim}>only {origins.join(', ')}</div>}
      </td>
      <td>{environment}</td>
      <td>{kind}</td>
      <td className={pageStyles.dim}>
        {createdBy}, <Ago at={createdAt} />
        {expiresAt && `, ends ${dateWords(expiresAt)}`}
      </td>
      <td className={pageStyles.dim}>{lastUsedAt ? <Ago at={lastUsedAt} /> : 'never'}</td>
      <td>
        {revokedAt ? (
          <span className={pageStyles.dim}>revoked {dateWords(revokedAt)}</span>
        ) : (
          mayManage && (
            <ConfirmButton label={`Revoke ${name}`} question="Its streams end within 5 s." verb="Revoke" onConfirm={revoke} />
          )
        )}
      </td>
    </tr>
  );
}
