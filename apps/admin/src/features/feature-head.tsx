import { useQueries, useQuery } from '@tanstack/react-query';
import type { FeatureDetail } from '../api/queries.ts';
import { releasesOfFlagQuery, releasesQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { LastChange } from '../activity/last-change.tsx';
import { useCommit } from '../api/use-commit.ts';
import { BackOutButton } from '../back-outs/back-out-button.tsx';
import { Owned } from '../flag/owned.tsx';
import styles from '../flag/flag-page.module.css';
import { Link } from '../routes/link.tsx';
import { navigate, setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Notice } from '../ui/states.tsx';
import { dateWords } from '../words/time.ts';
import { DescribeFeatureDialog } from './describe-feature-dialog.tsx';

interface FeatureHeadProps {
  readonly scope: Scope;
  readonly detail: FeatureDetail;
}

/** What the feature is, which flags it is made of, and who changed it last, with the way back. */
export function FeatureHead({ scope, detail }: FeatureHeadProps) {
  const isAsked = useAddressQuery().has('details');
  const mayEdit = useMay(scope.org)('flag.edit', { project: scope.project });
  const { key, name, description, archivedAt } = detail.feature.document;
  const isEditable = mayEdit && !archivedAt;
  return (
    <header className={styles.head}>
      <div className={styles.name}>
        <h1>{name}</h1>
        <span className={styles.type}>feature</span>
        <span className={styles.spacer} />
        {!archivedAt && <OutOfReleases scope={scope} detail={detail} />}
        {isEditable && (
          <>
            <Button small tone="plain" onClick={() => setQuery({ details: 'open' })}>
              Details
            </Button>
            <HeadMenu scope={scope} feature={key} />
          </>
        )}
      </div>
      {description && <p>{description}</p>}
      <Facts scope={scope} detail={detail} />
      <LastChange scope={scope} change={detail.lastChange} mayUndo={mayEdit} />
      {archivedAt && <Notice tone="warn">Archived {dateWords(archivedAt)}: its flags stay as they are.</Notice>}
      {isEditable && isAsked && (
        <DescribeFeatureDialog scope={scope} detail={detail} onClose={() => setQuery({ details: null })} />
      )}
    </header>
  );
}

/** Where nothing of it has left, there is nothing to back out of. */
function OutOfReleases({ scope, detail: { feature } }: FeatureHeadProps) {
  const { key, flags } = feature.document;
  const { data: releases = [] } = useQuery(releasesQuery(scope));
  const hasLeft = releases.some(({ supported }) => supported);
  const readers = useQueries({ queries: hasLeft ? flags.map((flag) => releasesOfFlagQuery(scope, flag)) : [] });
  const isRead = readers.some(({ data }) => data?.releases.some(({ supported }) => supported));
  return isRead && <BackOutButton scope={scope} feature={key} />;
}

function Facts({ scope, detail: { feature, flags } }: FeatureHeadProps) {
  const { key, name, owner, expiresOn } = feature.document;
  return (
    <p className={styles.facts}>
      {name !== key && <code>{key}</code>}
      <span>
        <Owned owner={owner} expiresOn={expiresOn} />
      </span>
      <span>
        · flags, in the order they go on:{' '}
        {flags.map(({ definition: { key } }, index) => (
          <span key={key}>
            {index > 0 && ', '}
            <Link href={pages.flag.href({ ...scope, flag: key })}>
              <b>{key}</b>
            </Link>
          </span>
        ))}
      </span>
    </p>
  );
}

function HeadMenu({ scope, feature }: { readonly scope: Scope; readonly feature: string }) {
  const commit = useCommit();
  async function archive() {
    const request = { params: { ...scope, feature }, body: {} };
    const done = await commit(
      'POST /orgs/:org/projects/:project/features/:feature/archive',
      request,
      `Archived ${feature}; its flags stay as they are`,
    );
    if (done) navigate(pages.features.href(scope));
  }
  return (
    <Menu small label="More for this feature" items={[{ label: 'Archive', tone: 'stop', onSelect: () => void archive() }]} />
  );
}
