import type { ReactNode } from 'react';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import pageStyles from '../ui/page.module.css';
import { Notice } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { dateWords, momentWords } from '../words/time.ts';
import { connections } from './install-form.ts';
import { LastHeard } from './install-table.tsx';
import styles from './installs.module.css';
import type { InstallDetail } from './queries.ts';
import { shipmentName, shortDigest, standings } from './standing-words.ts';

interface InstallFactsProps {
  readonly scope: Scope;
  readonly detail: InstallDetail;
}

/** What it runs, in a sentence, then what is known of it. */
export function InstallFacts({ scope, detail: { install, row } }: InstallFactsProps) {
  const connection = connections.find(({ value }) => value === install.connection)?.label;
  return (
    <section className={pageStyles.section} aria-label="About the install">
      {install.retiredAt !== undefined && (
        <Notice tone="warn">Retired {dateWords(install.retiredAt)}: its keys are good no more.</Notice>
      )}
      <Runs scope={scope} row={row} />
      <dl className={styles.facts}>
        <Fact name="Connection">{connection}</Fact>
        <Fact name="Last heard of">
          <LastHeard row={row} />
        </Fact>
        <Fact name="Line">{install.line}</Fact>
        <Fact name="Key">
          <code>{install.key}</code>
        </Fact>
        {row.tag && (
          <Fact name="In its support codes">
            <code>{row.tag}</code>
          </Fact>
        )}
        <Fact name="Created">
          {install.createdBy}, <Ago at={install.createdAt} />
        </Fact>
        {install.note && <Fact name="Note">{install.note}</Fact>}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Runs({ scope, row }: { readonly scope: Scope; readonly row: InstallDetail['row'] }) {
  const { runs, newest, supported, standing } = row;
  if (!runs) return <p className={styles.sentence}>{standings[standing].means}</p>;
  return (
    <div>
      <p className={styles.sentence}>
        Runs <ShipmentLink scope={scope} release={runs.release} revision={runs.revision} /> since {momentWords(runs.appliedAt)}
        {newest !== undefined && newest > runs.revision && `; r${newest} is the newest`}.
        {supported === false && <span className={styles.warned}> The release is out of support.</span>}
      </p>
      <p className={pageStyles.dim}>
        {standings[standing].means} Digest <code title={runs.digest}>{shortDigest(runs.digest)}</code>.
      </p>
    </div>
  );
}

interface ShipmentLinkProps {
  readonly scope: Scope;
  readonly release: string | undefined;
  readonly revision: number;
}

/** Leads to the release, if it is one of ours. */
export function ShipmentLink({ scope, release, revision }: ShipmentLinkProps) {
  if (release === undefined) return <b>a shipment r{revision} of no release that was cut here</b>;
  return (
    <Link className={styles.way} href={pages.release.href({ ...scope, release })}>
      {shipmentName({ release, revision })}
    </Link>
  );
}
