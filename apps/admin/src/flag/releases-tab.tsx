import { useQuery } from '@tanstack/react-query';
import { type ReleasesOfFlag, releasesOfFlagQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { BackOutButton } from '../back-outs/back-out-button.tsx';
import { Cell } from '../releases/cell.tsx';
import { supportWords } from '../releases/release-words.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { OnpremPart } from './onprem-part.tsx';
import styles from './releases-tab.module.css';

interface ReleasesTabProps {
  readonly scope: Scope;
  readonly flag: string;
  /** What is archived ships no more. */
  readonly isArchived: boolean;
}

/** What a flag is in releases that have left, and what it is to be in those to come. */
export function ReleasesTab({ scope, flag, isArchived }: ReleasesTabProps) {
  const releases = useQuery(releasesOfFlagQuery(scope, flag));
  return (
    <div className={styles.tab}>
      <Loaded query={releases} label="releases">
        {(found) => (
          <>
            <OnpremPart scope={scope} flag={flag} policy={found.policy} isArchived={isArchived} />
            <Readers scope={scope} flag={flag} releases={found.releases} />
          </>
        )}
      </Loaded>
    </div>
  );
}

interface ReadersProps {
  readonly scope: Scope;
  readonly flag: string;
  readonly releases: ReleasesOfFlag['releases'];
}

function Readers({ scope, flag, releases }: ReadersProps) {
  if (releases.length === 0) return <Empty title="No release reads it">Its key stands in no manifest of a release.</Empty>;
  return (
    <section className={pageStyles.section}>
      <header className={pageStyles.row}>
        <h2>Releases that read it</h2>
        {releases.some(({ supported }) => supported) && <BackOutButton scope={scope} flags={[flag]} />}
      </header>
      <Table label="Releases that read it" head={['Release', 'Here', 'Support']}>
        {releases.map((row) => (
          <tr key={row.release}>
            <td>
              <Link className={pageStyles.strong} href={pages.release.href({ ...scope, release: row.release })}>
                {row.release}
              </Link>
            </td>
            <td data-label="Here">
              <Cell scope={scope} summary={row.summary} />
            </td>
            <td data-label="Support" className={row.supported ? undefined : pageStyles.dim}>
              {supportWords(row)}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
