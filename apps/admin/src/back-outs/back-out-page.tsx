import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type BackOutRow, backOutsQuery, progressQuery } from '../api/release-queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { useAcknowledged } from '../releases/use-acknowledged.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { momentWords } from '../words/time.ts';
import styles from './back-outs.module.css';
import { BackOutProgress } from './back-out-progress.tsx';
import { Carriers } from './carriers.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { severities } from './severity-words.ts';
import { SeverityMark } from './severity-mark.tsx';
import { forceWords } from './state-words.ts';

type Params = Scope & { readonly backOut: string };

/** One back-out: what is off and where, how far that has come, and the way to say that it is fixed. */
export function BackOutPage({ params: { org, project, backOut: key } }: { readonly params: Params }) {
  const scope = useScope({ org, project });
  const backOuts = useQuery(backOutsQuery(scope));
  useAcknowledged(scope);
  const row = backOuts.data?.find(({ backOut }) => backOut.key === key);
  if (backOuts.data && !row) {
    return (
      <Empty
        isPage
        title={`There is no back-out ${key}`}
        action={<ButtonLink href={pages.backOuts.href(scope)}>All back-outs</ButtonLink>}
      />
    );
  }
  return (
    <Page title={key} tools={row && <Tools scope={scope} row={row} />}>
      <Loaded query={{ ...backOuts, data: row }} label={key}>
        {(found) => <Shown scope={scope} row={found} />}
      </Loaded>
    </Page>
  );
}

interface RowProps {
  readonly scope: Scope;
  readonly row: BackOutRow;
}

function Tools({ scope, row }: RowProps) {
  const may = useMay(scope.org)('backout.make', { project: scope.project });
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <SeverityMark severity={row.backOut.severity} />
      <span className={pageStyles.spacer} />
      {may && (
        <Button icon="check" onClick={() => setOpen(true)}>
          Say where it is fixed
        </Button>
      )}
      {isOpen && <ResolveDialog scope={scope} backOut={row.backOut} onClose={() => setOpen(false)} />}
    </>
  );
}

function Shown({ scope, row }: RowProps) {
  const progress = useQuery(progressQuery(scope, row.backOut.key));
  return (
    <>
      <Facts scope={scope} row={row} />
      <section className={pageStyles.section} aria-label="Progress">
        <h2>Who has it</h2>
        <Loaded query={progress} label="progress" rows={3}>
          {(found) => <BackOutProgress scope={scope} progress={found} />}
        </Loaded>
      </section>
      <Carriers scope={scope} row={row} />
    </>
  );
}

function Facts({ scope, row }: RowProps) {
  const { releases, severity, reason, link, since, by, resolved } = row.backOut;
  return (
    <div className={styles.facts}>
      <p className={styles.reason}>{reason}</p>
      <p>
        Off: <Off scope={scope} row={row} /> in releases <code>{releases}</code>, since <Ago at={since} />, by <b>{by}</b>
      </p>
      <p>{severities.find(({ value }) => value === severity)?.about}</p>
      {link && (
        <p>
          <a href={link} rel="noreferrer" className={styles.link}>
            {link}
          </a>
        </p>
      )}
      {resolved && (
        <p>
          Fixed in <code>{resolved.fixedIn.join(', ')}</code>, as <b>{resolved.by}</b> said {momentWords(resolved.at)}
          {row.inForce && <>; {forceWords(row)}</>}.
        </p>
      )}
    </div>
  );
}

/** The flags, each with its way, and the feature that they are of. */
function Off({ scope, row: { backOut } }: RowProps) {
  const { flags, feature } = backOut;
  return (
    <>
      {flags.map((flag, index) => (
        <span key={flag}>
          {index > 0 && ', '}
          <Link href={pages.flag.href({ ...scope, flag }, { tab: 'releases' })}>
            <b>{flag}</b>
          </Link>
        </span>
      ))}
      {feature && (
        <>
          {' of feature '}
          <Link href={pages.feature.href({ ...scope, feature })}>
            <b>{feature}</b>
          </Link>
        </>
      )}
    </>
  );
}
