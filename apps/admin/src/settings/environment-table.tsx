import type { Environment } from '@taffrail/schema';
import { addressOf } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { sorted } from '../flags/use-environments.ts';
import { pages } from '../routes/pages.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { dateWords } from '../words/time.ts';

interface EnvironmentTableProps {
  readonly scope: Scope;
  readonly environments: readonly Environment[];
}

const exportSnapshot = 'GET /orgs/:org/projects/:project/environments/:environment/export';

export function EnvironmentTable({ scope, environments }: EnvironmentTableProps) {
  return (
    <Table hasActs label="Environments" head={['Environment', 'Key', 'Since', 'Snapshot', 'Roll back']}>
      {sorted(environments).map(({ key, name, production, createdAt }) => (
        <tr key={key}>
          <td>
            <span className={pageStyles.strong}>{name}</span>{' '}
            {production && <span className={pageStyles.dim}>production: what customers see</span>}
          </td>
          <td>
            <code>{key}</code>
          </td>
          <td className={pageStyles.dim}>{dateWords(createdAt)}</td>
          <td>
            <a
              href={addressOf(exportSnapshot, { params: { ...scope, environment: key } })}
              download={`${scope.project}-${key}.ndjson`}
            >
              Export
            </a>
          </td>
          <td>
            <ButtonLink small href={pages.rollback.href(scope, { env: key })}>
              Roll back…
            </ButtonLink>
          </td>
        </tr>
      ))}
    </Table>
  );
}
