import { useQuery } from '@tanstack/react-query';
import { type ReleaseDetail, runningQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { BackOutButton } from '../back-outs/back-out-button.tsx';
import styles from '../flag/flag-page.module.css';
import { Link } from '../routes/link.tsx';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { runningWords, signedState, supportWords } from './release-words.ts';
import { SignedMark } from './signed-mark.tsx';
import { SupportDialog } from './support-dialog.tsx';

interface ReleaseHeadProps {
  readonly scope: Scope;
  readonly detail: ReleaseDetail;
}

/** What the release is, how far its shipment has come, and what can be done about what has left. */
export function ReleaseHead({ scope, detail }: ReleaseHeadProps) {
  const isAsked = useAddressQuery().has('support');
  const mayCut = useMay(scope.org)('release.cut', { project: scope.project });
  const { release, line } = detail;
  return (
    <header className={styles.head}>
      <div className={styles.name}>
        <h1>{release}</h1>
        <span className={styles.type}>line {line}</span>
        <span className={styles.spacer} />
        {mayCut && (
          <Button small tone="plain" onClick={() => setQuery({ support: 'open' })}>
            Support
          </Button>
        )}
        {detail.supported && <BackOutButton scope={scope} releases={`>=${release}`} />}
      </div>
      <Facts scope={scope} detail={detail} />
      <Carried scope={scope} detail={detail} />
      <Unsigned scope={scope} detail={detail} />
      {mayCut && isAsked && <SupportDialog scope={scope} detail={detail} onClose={() => setQuery({ support: null })} />}
    </header>
  );
}

function Facts({ scope, detail }: ReleaseHeadProps) {
  const { release, cutAt, cutBy, commit, environment, supported } = detail;
  const { data: running } = useQuery(runningQuery(scope));
  const shipment = detail.shipments.at(-1);
  return (
    <p className={styles.facts}>
      <span>
        cut by <b>{cutBy}</b>, <Ago at={cutAt} />, from <code>{commit.slice(0, 12)}</code>, as <b>{environment}</b> was
      </span>
      <span>· {supportWords(detail)}</span>
      {shipment && (
        <span>
          · shipment <b>r{shipment.revision}</b> <SignedMark shipment={shipment} supported={supported} />
        </span>
      )}
      {running && (
        <span>
          · <Link href={pages.installs.href(scope, { release })}>{runningWords(running, release)}</Link>
        </span>
      )}
    </p>
  );
}

function Carried({ scope, detail: { backOuts } }: ReleaseHeadProps) {
  if (backOuts.length === 0) return null;
  return (
    <p className={styles.facts}>
      <span>
        carries{' '}
        {backOuts.map(({ key, flags }, index) => (
          <span key={key}>
            {index > 0 && ', '}
            <Link href={pages.backOut.href({ ...scope, backOut: key })}>
              <b>{key}</b>
            </Link>{' '}
            ({flags.join(', ')})
          </span>
        ))}
      </span>
    </p>
  );
}

function Unsigned({ scope, detail }: ReleaseHeadProps) {
  const shipment = detail.shipments.at(-1);
  if (!shipment || signedState({ shipment, supported: detail.supported }) !== 'waits') return null;
  return (
    <Notice tone="warn">
      r{shipment.revision} waits to be signed: no site gets it before.{' '}
      <Link href={pages.release.href({ ...scope, release: detail.release }, { tab: 'shipments' })}>
        <u>How it is signed</u>
      </Link>
    </Notice>
  );
}
