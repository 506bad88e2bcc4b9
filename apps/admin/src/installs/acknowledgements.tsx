import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Ago } from '../ui/time.tsx';
import { momentWords } from '../words/time.ts';
import type { InstallDetail } from './queries.ts';
import { shipmentName, shortDigest } from './standing-words.ts';

/** What an install said that it runs, the last one first. */
export function Acknowledgements({ detail: { acknowledged, install } }: { readonly detail: InstallDetail }) {
  return (
    <section className={pageStyles.section} aria-labelledby="acknowledged">
      <h2 id="acknowledged">Acknowledged</h2>
      {acknowledged.length === 0 ? (
        <p className={pageStyles.words}>
          {install.connection === 'air-gapped'
            ? 'Nothing: no word comes from an air-gapped site.'
            : 'Nothing yet. A site acknowledges a shipment as soon as it is in force there.'}
        </p>
      ) : (
        <Table label="Acknowledged" head={['Shipment', 'In force since', 'Said', 'Digest']}>
          {acknowledged.map((one) => (
            <tr key={`${one.digest} ${one.acknowledgedAt}`}>
              <td className={pageStyles.strong}>{ackWords(one)}</td>
              <td data-label="In force since">{momentWords(one.appliedAt)}</td>
              <td data-label="Said">
                <Ago at={one.acknowledgedAt} />
              </td>
              <td data-label="Digest">
                <code title={one.digest}>{shortDigest(one.digest)}</code>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function ackWords({ release, revision }: InstallDetail['acknowledged'][number]): string {
  return release === undefined ? `r${revision}, never issued here` : shipmentName({ release, revision });
}
