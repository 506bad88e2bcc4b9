import type { InstallRow } from '@taffrail/schema';
import type { Progress } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { Ago } from '../ui/time.tsx';
import { grouped } from '../words/numbers.ts';
import styles from './back-outs.module.css';
import { Meter } from './meter.tsx';
import { ProgressLine } from './progress-line.tsx';
import { progressWords, speedWords, waitingWords } from './progress-words.ts';

/** How many installs have it, how fast they got it, and who waits for it. */
export function BackOutProgress({ scope, progress }: { readonly scope: Scope; readonly progress: Progress }) {
  const { concerned, airGapped, waiting, applied } = progress;
  const speed = speedWords(progress);
  return (
    <div className={styles.came}>
      <p role="status">
        <b>{progressWords(progress)}</b>
        {speed && `, ${speed}`}
        {airGapped > 0 && `. ${grouped(airGapped)} of them ${airGapped === 1 ? 'is' : 'are'} air-gapped: people carry it there`}.
      </p>
      {concerned > 0 && <Meter progress={progress} label="Installs that have it" />}
      <ProgressLine progress={progress} />
      {waiting.length > 0 && <Waiting scope={scope} waiting={waiting} left={concerned - applied - waiting.length} />}
    </div>
  );
}

interface WaitingProps {
  readonly scope: Scope;
  readonly waiting: readonly InstallRow[];
  /** How many more wait. */
  readonly left: number;
}

function Waiting({ scope, waiting, left }: WaitingProps) {
  return (
    <>
      <Table label="Installs that have it not" head={['Has it not', 'Why', 'Last heard of']}>
        {waiting.map((install) => (
          <tr key={install.install}>
            <td>
              <Link className={pageStyles.strong} href={pages.install.href({ ...scope, install: install.install })}>
                {install.name}
              </Link>
            </td>
            <td data-label="Why">{waitingWords(install)}</td>
            <td data-label="Heard of">{install.lastSeenAt ? <Ago at={install.lastSeenAt} /> : 'never'}</td>
          </tr>
        ))}
      </Table>
      {left > 0 && <p className={pageStyles.dim}>and {grouped(left)} more</p>}
    </>
  );
}
