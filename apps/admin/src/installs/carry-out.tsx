import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ReleaseRow, releaseQuery, releasesQuery, type ShipmentRow } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Notice } from '../ui/states.tsx';
import { momentWords } from '../words/time.ts';
import { downloadShipment } from './download-shipment.ts';
import styles from './installs.module.css';
import type { InstallDetail } from './queries.ts';
import { shipmentName } from './standing-words.ts';

interface CarryOutProps {
  readonly scope: Scope;
  readonly detail: InstallDetail;
  readonly mayManage: boolean;
}

/** A signed shipment for somebody to carry, and the note of who does. */
export function CarryOut({ scope, detail, mayManage }: CarryOutProps) {
  const releases = useQuery(releasesQuery(scope));
  const { carried } = detail.row;
  return (
    <section className={pageStyles.section} aria-labelledby="carry-out">
      <h2 id="carry-out">Carried out</h2>
      <p className={pageStyles.words}>
        {carried
          ? `${shipmentName(carried)} was handed out ${momentWords(carried.at)}, noted by ${carried.by}.`
          : 'Nothing was carried there yet.'}
      </p>
      {mayManage && (
        <Loaded query={releases} label="releases" rows={2}>
          {(rows) => (
            <CarryForm scope={scope} detail={detail} releases={rows.filter(({ line }) => line === detail.install.line)} />
          )}
        </Loaded>
      )}
    </section>
  );
}

interface CarryFormProps extends Omit<CarryOutProps, 'mayManage'> {
  readonly releases: readonly ReleaseRow[];
}

function CarryForm({ scope, detail, releases }: CarryFormProps) {
  const { runs, carried } = detail.row;
  const [chosen, setChosen] = useState(() => nextRelease(releases, [runs?.release, carried?.release]));
  const { data: release } = useQuery({ ...releaseQuery(scope, chosen), enabled: chosen !== '' });
  const signed = release?.shipments.filter((shipment) => shipment.signed).at(-1);
  if (releases.length === 0) return <p className={pageStyles.dim}>No release of the line {detail.install.line} was cut yet.</p>;
  const options = releases.map(({ release: version }) => ({ value: version, label: version }));
  return (
    <div className={pageStyles.card}>
      <div className={pageStyles.form}>
        <SelectField label="Release" options={options} value={chosen} onChange={setChosen} />
      </div>
      {release && !signed && <Notice tone="warn">No shipment of {chosen} is signed yet: a site takes none that is not.</Notice>}
      {signed && <Handing key={signed.digest} scope={scope} install={detail.install.key} shipment={signed} />}
    </div>
  );
}

/** What it runs, or what was carried there last, as far as that is a release of its line; else the last one. */
function nextRelease(releases: readonly ReleaseRow[], known: readonly (string | undefined)[]): string {
  const rows = known.map((version) => releases.find(({ release }) => release === version));
  return [...rows, releases[0]].find((row) => row !== undefined)?.release ?? '';
}

interface HandingProps {
  readonly scope: Scope;
  readonly install: string;
  readonly shipment: ShipmentRow;
}

function Handing({ scope, install, shipment }: HandingProps) {
  const commit = useCommit();
  const [carrier, setCarrier] = useState('');
  const { release, revision } = shipment;
  const name = shipmentName(shipment);
  async function note() {
    const body = { release, revision, reason: `carried by ${carrier.trim()}` };
    const request = { params: { ...scope, install }, body };
    const done = `Noted that ${carrier.trim()} carries ${name}`;
    if (await commit('POST /orgs/:org/projects/:project/installs/:install/carried', request, done)) setCarrier('');
  }
  return (
    <form
      className={styles.handing}
      onSubmit={(event) => {
        event.preventDefault();
        void note();
      }}
    >
      <Button icon="down" onClick={() => void downloadShipment(scope, shipment)}>
        {`Download ${name}`}
      </Button>
      <TextField label="Who carries it" placeholder="Ben, on a stick" value={carrier} maxLength={200} onChange={setCarrier} />
      <Button type="submit" disabled={carrier.trim() === ''}>
        Note it
      </Button>
    </form>
  );
}
