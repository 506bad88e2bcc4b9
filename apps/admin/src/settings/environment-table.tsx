import { actionsGatedBy, type Environment, gatedActions } from '@taffrail/schema';
import { useState } from 'react';
import { addressOf } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { sorted } from '../flags/use-environments.ts';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { Button } from '../ui/button.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { listed } from '../words/numbers.ts';
import { dateWords } from '../words/time.ts';
import { PolicyDialog } from './policy-dialog.tsx';

interface EnvironmentTableProps {
  readonly scope: Scope;
  readonly environments: readonly Environment[];
}

const exportSnapshot = 'GET /orgs/:org/projects/:project/environments/:environment/export';

export function EnvironmentTable({ scope, environments }: EnvironmentTableProps) {
  return (
    <Table hasActs label="Environments" head={['Environment', 'Key', 'Since', 'Second person', 'Snapshot', 'Roll back']}>
      {sorted(environments).map((environment) => (
        <EnvironmentRow key={environment.key} scope={scope} environment={environment} />
      ))}
    </Table>
  );
}

function EnvironmentRow({ scope, environment }: { readonly scope: Scope; readonly environment: Environment }) {
  const { key, name, production, createdAt } = environment;
  return (
    <tr>
      <td>
        <span className={pageStyles.strong}>{name}</span>{' '}
        {production && <span className={pageStyles.dim}>what customers see</span>}
      </td>
      <td>
        <code>{key}</code>
      </td>
      <td className={pageStyles.dim}>{dateWords(createdAt)}</td>
      <td>
        <Policy scope={scope} environment={environment} />
      </td>
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
  );
}

/** The acts that want a second person, and the way to change them. */
function Policy({ scope, environment }: { readonly scope: Scope; readonly environment: Environment }) {
  const [isOpen, setOpen] = useState(false);
  const may = useMay(scope.org)('environment.manage', { project: scope.project, environment: environment.key });
  const labels = actionsGatedBy(environment.policies).map((action) => gatedActions[action].label.toLowerCase());
  const words = labels.length > 0 ? listed(labels) : 'nothing';
  if (!may) return words;
  return (
    <span className={pageStyles.row}>
      {words}
      <Button small aria-label={`Change… what wants a second person in ${environment.name}`} onClick={() => setOpen(true)}>
        Change…
      </Button>
      {isOpen && <PolicyDialog scope={scope} environment={environment} onClose={() => setOpen(false)} />}
    </span>
  );
}
