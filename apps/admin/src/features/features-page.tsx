import type { Environment } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type FeatureRow, featuresQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { featureOf, useFlashes } from '../flags/use-flashes.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page, Table } from '../ui/page.tsx';
import { Empty, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { count } from '../words/numbers.ts';
import { dateWords } from '../words/time.ts';
import styles from './features.module.css';
import { NewFeatureDialog } from './new-feature-dialog.tsx';
import { StageBar } from './stage-bar.tsx';

/** A screenful, as the list of flags has. */
const skeletonRows = 20;

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
      <Loaded query={features} label="features" rows={skeletonRows}>
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
  const environments = useEnvironments(scope);
  const flashes = useFlashes(featureOf);
  if (rows.length === 0) {
    return (
      <Empty title="No features yet" action={create}>
        A feature is a group of flags that are launched together: dark, then internal, early access, a share, everybody.
      </Empty>
    );
  }
  if (!environments) return <SkeletonRows rows={skeletonRows} label="Loading environments" />;
  return (
    <Table label="Features" head={['Feature', ...environments.map(({ name }) => name), 'Owner', 'Last change']}>
      {rows.map((row) => (
        <FeatureLine
          key={row.feature.key}
          scope={scope}
          row={row}
          environments={environments}
          hasFlashed={flashes.has(row.feature.key)}
        />
      ))}
    </Table>
  );
}

interface FeatureLineProps {
  readonly scope: Scope;
  readonly row: FeatureRow;
  readonly environments: readonly Environment[];
  readonly hasFlashed: boolean;
}

function FeatureLine({ scope, row, environments, hasFlashed }: FeatureLineProps) {
  const { feature, lastChange } = row;
  return (
    <tr className={hasFlashed ? styles.flashed : undefined}>
      <td className={styles.nameCell}>
        <Link className={pageStyles.strong} href={pages.feature.href({ ...scope, feature: feature.key })}>
          {feature.name}
        </Link>{' '}
        <span className={pageStyles.dim}>{count(feature.flags.length, 'flag')}</span>
      </td>
      {environments.map(({ key, name }) => (
        <td key={key} className={styles.standingCell} data-label={name}>
          <Standing standing={row.environments[key]} />
        </td>
      ))}
      <td className={styles.ownerCell}>
        <Ownership row={row} />
      </td>
      <td className={pageStyles.dim}>
        {lastChange && (
          <span title={lastChange.summary}>
            {lastChange.by.name}, <Ago at={lastChange.at} />
          </span>
        )}
      </td>
    </tr>
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
