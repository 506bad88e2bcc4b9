import { CopyField } from '../ui/copy-field.tsx';
import pageStyles from '../ui/page.module.css';
import styles from './installs.module.css';
import { onPremSnippet, relaySnippet } from './site-snippets.ts';

/** What to copy to a site. Without a secret it is for one that asks nobody. */
export function SiteSetup({ secret }: { readonly secret: string | undefined }) {
  const vendor = secret === undefined ? undefined : { url: location.origin, key: secret };
  return (
    <ol className={styles.steps}>
      {vendor && (
        <li>
          <h3>Its key, for the environment of the product or of the relay</h3>
          <CopyField label="key" text={`TAFFRAIL_INSTALL_KEY=${vendor.key}`} />
          <p className={pageStyles.dim}>It is shown once: copy it now. The server keeps only its digest.</p>
        </li>
      )}
      <li>
        <h3>A product in Node</h3>
        <CopyField label="lines for Node" text={onPremSnippet(vendor)} />
      </li>
      <li>
        <h3>A product in any other language: a relay beside it, read by OFREP</h3>
        <CopyField label="line for the relay" text={relaySnippet(vendor)} />
      </li>
      {!vendor && (
        <li>
          <h3>Shipments are carried there</h3>
          <p className={pageStyles.words}>
            Download one on the page of the install, and say there who carries it. At the site, “taffrail shipment import FILE”
            takes it.
          </p>
        </li>
      )}
    </ol>
  );
}
