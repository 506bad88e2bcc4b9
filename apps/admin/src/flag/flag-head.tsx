import { Suspense, useState } from 'react';
import type { FeatureRow, FlagDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { LastChange } from '../activity/last-change.tsx';
import { useCommit } from '../api/use-commit.ts';
import { Link } from '../routes/link.tsx';
import { navigate, setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { later } from '../routes/screens.tsx';
import { useArchive } from '../flags/use-archive.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-field.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { Notice } from '../ui/states.tsx';
import { showToast } from '../ui/toast-store.ts';
import { dateWords } from '../words/time.ts';
import { DescribeDialog } from './describe-dialog.tsx';
import { Owned } from './owned.tsx';
import styles from './flag-page.module.css';
import { useFeatureOf } from './use-feature-of.ts';

const ArchiveDialog = later(() => import('./archive-dialog.tsx'), 'ArchiveDialog');

interface FlagHeadProps {
  readonly scope: Scope;
  readonly detail: FlagDetail;
}

/** What the flag is, and who changed it last, with the way back. */
export function FlagHead({ scope, detail }: FlagHeadProps) {
  const [isDescribing, setDescribing] = useState(false);
  const isArchiving = useAddressQuery().has('archive');
  const mayEdit = useMay(scope.org)('flag.edit', { project: scope.project });
  const { document: definition } = detail.definition;
  const { key, type, archivedAt } = definition;
  const row = useFeatureOf(scope, key);
  const description = row && isSaidOf(row, definition.description) ? '' : definition.description;
  return (
    <header className={styles.head}>
      <div className={styles.name}>
        <h1>{key}</h1>
        <span className={styles.type}>{type}</span>
        <span className={styles.spacer} />
        {mayEdit && (
          <Button small tone="plain" onClick={() => setDescribing(true)}>
            Details
          </Button>
        )}
        <HeadMenu scope={scope} detail={detail} mayEdit={mayEdit} />
      </div>
      {description && <p>{description}</p>}
      <Facts scope={scope} detail={detail} row={row} />
      <LastChange scope={scope} change={detail.lastChange} mayUndo={mayEdit} />
      {archivedAt && <Notice tone="warn">Archived {dateWords(archivedAt)}: SDKs know nothing of it.</Notice>}
      {isDescribing && <DescribeDialog scope={scope} detail={detail} onClose={() => setDescribing(false)} />}
      {mayEdit && !archivedAt && isArchiving && (
        <Suspense>
          <ArchiveDialog scope={scope} flag={key} onClose={() => setQuery({ archive: null })} />
        </Suspense>
      )}
    </header>
  );
}

/** A flag that was made with its feature is described by nothing else, and the facts name the feature already. */
const isSaidOf = ({ feature }: FeatureRow, description: string): boolean => description === `Of feature ${feature.key}`;

function Facts({ scope, detail, row }: FlagHeadProps & { readonly row: FeatureRow | undefined }) {
  const { kind, owner, expiresOn } = detail.definition.document;
  return (
    <p className={styles.facts}>
      <span>
        {kind}, <Owned owner={owner} expiresOn={expiresOn} />
      </span>
      {detail.dependents.length > 0 && (
        <span>
          · asked by{' '}
          {detail.dependents.map((dependent, index) => (
            <span key={dependent}>
              {index > 0 && ', '}
              <Link href={pages.flag.href({ ...scope, flag: dependent })}>
                <b>{dependent}</b>
              </Link>
            </span>
          ))}
        </span>
      )}
      {row && <PartOf scope={scope} row={row} />}
    </p>
  );
}

/** The feature that the flag is launched with: its stages write the flag's rules. */
function PartOf({ scope, row }: { readonly scope: Scope; readonly row: FeatureRow }) {
  return (
    <span>
      · part of{' '}
      <Link href={pages.feature.href({ ...scope, feature: row.feature.key })}>
        <b>{row.feature.name}</b>
      </Link>
      , whose stages write its rules: what is edited by hand lasts until the next move
    </span>
  );
}

function HeadMenu({ scope, detail, mayEdit }: FlagHeadProps & { readonly mayEdit: boolean }) {
  const commit = useCommit();
  const archiveFlag = useArchive(scope);
  const { key, archivedAt } = detail.definition.document;
  const params = { ...scope, flag: key };
  async function archive() {
    if (await archiveFlag(key)) navigate(pages.flags.href(scope));
  }
  const restore = () =>
    void commit(
      'POST /orgs/:org/projects/:project/flags/:flag/restore',
      { params, body: {} },
      `Restored ${key}; it is off everywhere`,
    );
  const keep: MenuItem = archivedAt
    ? { label: 'Restore', onSelect: restore }
    : { label: 'Archive', tone: 'stop', onSelect: () => void archive() };
  const copy: MenuItem = {
    label: 'Copy the key',
    onSelect: () => void copyText(key).then(() => showToast({ text: `Copied ${key}` })),
  };
  return <Menu small label="More for this flag" items={[copy, ...(mayEdit ? [keep] : [])]} />;
}
