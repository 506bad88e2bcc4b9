import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type FeatureRow, featuresQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page, Table } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { count } from '../words/numbers.ts';
import { dateWords } from '../words/time.ts';
import { NewFeatureDialog } from './new-feature-dialog.tsx';
import { StageBar } from './stage-bar.tsx';

/** The large features of a project, and how far each has come. */
export function FeaturesPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const features = useQuery(featuresQuery(scope));
  const [isNew, setNew] = useState(false);
  const create = useMay(org)('flag.edit', { project }) && (
    <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
      New feature
    </Button>
  );
  const tools = (
    <>
      <span className={pageStyles.spacer} />
      {create}
    </>
  );
  return (
    <Page title="Features" tools={tools}>
      <Loaded query={features} label="features">
        {(rows) => <FeatureTable scope={scope} rows={rows} create={create} />}
      </Loaded>
      {isNew && <NewFeatureDialog scope={scope} taken={features.data ?? []} onClose={() => setNew(false)} />}
    </Page>
  );
}

interface FeatureTableProps {
  readonly scope: Scope;
  readonly rows: readonly FeatureRow[];
  readonly create: ReactNode;
}

function FeatureTable({ scope, rows, create }: FeatureTableProps) {
  const environments = useEnvironments(scope) ?? [];
  if (rows.length === 0) {
    return (
      <Empty title="No features yet" action={create}>
        A feature is a group of flags that are launched together: dark, then internal, early access, a share, everybody.
      </Empty>
    );
  }
  return (
    <Table label="Features" head={['Feature', ...environments.map(({ name }) => name), 'Owner', 'Last change']}>
      {rows.map((row) => (
        <tr key={row.feature.key}>
          <td>
            <Link className={pageStyles.strong} href={pages.feature.href({ ...scope, feature: row.feature.key })}>
              {row.feature.name}
            </Link>{' '}
            <span className={pageStyles.dim}>{count(row.feature.flags.length, 'flag')}</span>
          </td>
          {environments.map(({ key }) => (
            <td key={key}>
              <Standing standing={row.environments[key]} />
            </td>
          ))}
          <td>
            <Ownership row={row} />
          </td>
          <td className={pageStyles.dim}>
            {row.lastChange && (
              <span title={row.lastChange.summary}>
                {row.lastChange.by.name}, <Ago at={row.lastChange.at} />
              </span>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Standing({ standing }: { readonly standing: FeatureRow['environments'][string] | undefined }) {
  return standing ? <StageBar standing={standing} closed={standing.closed} differs={standing.differs} /> : null;
}

function Ownership({ row: { feature } }: { readonly row: FeatureRow }) {
  return (
    <>
      {feature.owner || <span className={pageStyles.dim}>nobody</span>}
      {feature.expiresOn && <span className={pageStyles.dim}> until {dateWords(feature.expiresOn)}</span>}
    </>
  );
}
