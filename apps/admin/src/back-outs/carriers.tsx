import { useQuery } from '@tanstack/react-query';
import { type BackOutRow, type ReleaseRow, releasesQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { signedState } from '../releases/release-words.ts';
import { SignedMark } from '../releases/signed-mark.tsx';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { Notice } from '../ui/states.tsx';
import { listed } from '../words/numbers.ts';

interface CarriersProps {
  readonly scope: Scope;
  readonly row: BackOutRow;
}

/** The releases that carry a back-out, and which of their shipments no site gets yet. */
export function Carriers({ scope, row: { releases, open } }: CarriersProps) {
  const { data: known = [] } = useQuery(releasesQuery(scope));
  const rowOf = (release: string) => known.find((row) => row.release === release);
  return (
    <section className={pageStyles.section}>
      <h2>Releases that carry it</h2>
      <Unsigned rows={releases.flatMap(({ release }) => rowOf(release) ?? [])} />
      {releases.length === 0 ? (
        <p className={pageStyles.words}>{open ? 'None yet: releases cut later follow it.' : 'None any more.'}</p>
      ) : (
        <Table label="Releases that carry it" head={['Release', 'Shipment', 'Signed', 'Support']}>
          {releases.toReversed().map((carrier) => (
            <Carrier key={carrier.release} scope={scope} carrier={carrier} row={rowOf(carrier.release)} />
          ))}
        </Table>
      )}
    </section>
  );
}

interface CarrierProps {
  readonly scope: Scope;
  readonly carrier: BackOutRow['releases'][number];
  /** Undefined until it is known. */
  readonly row: ReleaseRow | undefined;
}

function Carrier({ scope, carrier: { release, revision, supported }, row }: CarrierProps) {
  return (
    <tr>
      <td>
        <Link className={pageStyles.strong} href={pages.release.href({ ...scope, release }, { tab: 'shipments' })}>
          {release}
        </Link>
      </td>
      <td data-label="Shipment">r{revision}</td>
      <td data-label="Signed">{row && <SignedMark shipment={row.shipment} supported={row.supported} />}</td>
      <td data-label="Support">{supported ? 'supported' : 'ended: it gets no new shipment'}</td>
    </tr>
  );
}

function Unsigned({ rows }: { readonly rows: readonly ReleaseRow[] }) {
  const waiting = rows
    .filter((row) => signedState(row) === 'waits')
    .map(({ release, shipment }) => `${release} r${shipment.revision}`);
  if (waiting.length === 0) return null;
  const which =
    waiting.length > 4 ? `${waiting.length} shipments wait` : `${listed(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'}`;
  return <Notice tone="warn">{which} to be signed: no site gets the back-out there until a signer signs.</Notice>;
}
