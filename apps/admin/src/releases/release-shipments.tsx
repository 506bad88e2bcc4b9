import type { ReleaseDetail, ShipmentRow } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { CopyField } from '../ui/copy-field.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { grouped } from '../words/numbers.ts';
import { momentWords } from '../words/time.ts';
import { Downloads } from './downloads.tsx';
import { shortDigest, signedState, signers } from './release-words.ts';
import styles from './releases.module.css';
import { SignedMark } from './signed-mark.tsx';
import { exportCommand, signCommands } from './signing-words.ts';

interface ReleaseShipmentsProps {
  readonly scope: Scope;
  readonly detail: ReleaseDetail;
}

/** Every revision of a release's shipment, the last first: why it was issued, who signed it, and its files. */
export function ReleaseShipments({ scope, detail }: ReleaseShipmentsProps) {
  return (
    <div className={styles.body}>
      <Next scope={scope} detail={detail} />
      <Table hasActs label="Shipments" head={['Revision', 'Why', 'Issued', 'Signed', 'Digest of the payload', 'Files']}>
        {detail.shipments.toReversed().map((shipment) => (
          <Line key={shipment.revision} scope={scope} detail={detail} shipment={shipment} />
        ))}
      </Table>
      <section className={styles.how}>
        <p>Into the package of the product, where it is built:</p>
        <CopyField label="the command that exports the package" text={exportCommand(scope, detail.release)} />
      </section>
    </div>
  );
}

function Line({ scope, detail, shipment }: ReleaseShipmentsProps & { readonly shipment: ShipmentRow }) {
  const { release, revision, reason, issuedAt, digest, bytes, signed } = shipment;
  const isLast = revision === detail.shipments.at(-1)?.revision;
  return (
    <tr>
      <td className={pageStyles.strong}>r{revision}</td>
      <td>{reason}</td>
      <td data-label="Issued">{momentWords(issuedAt)}</td>
      <td data-label="Signed">
        <span>
          <SignedMark shipment={shipment} supported={detail.supported && isLast} />
          {signed && (
            <span className={pageStyles.dim}>
              {' '}
              by {signers(shipment)}, {momentWords(signed.at)}
            </span>
          )}
        </span>
      </td>
      <td data-label="Digest">
        <span>
          <code title={digest}>{shortDigest(digest)}</code> <span className={pageStyles.dim}>{grouped(bytes)} bytes</span>
        </span>
      </td>
      <td>
        <Downloads scope={scope} release={release} revision={revision} isSigned={signed !== undefined} />
      </td>
    </tr>
  );
}

/** What is left to do until sites can have it. */
function Next({ scope, detail: { release, supported, shipments } }: ReleaseShipmentsProps) {
  const last = shipments.at(-1);
  if (!last || signedState({ shipment: last, supported }) !== 'waits') return null;
  return (
    <section className={styles.how}>
      <p>
        r{last.revision} waits to be signed. A running <code>taffrail signer</code> does that by itself; by hand, where the key
        is:
      </p>
      <CopyField label="the commands that sign it" text={signCommands(scope, release, last.revision)} />
    </section>
  );
}
