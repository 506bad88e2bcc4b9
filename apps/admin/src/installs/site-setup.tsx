import { CopyField } from '../ui/copy-field.tsx';
import pageStyles from '../ui/page.module.css';
import styles from './installs.module.css';
import { folders, onPremSnippet, relaySnippet } from './site-snippets.ts';

interface SiteSetupProps {
  /** Of the site's key, the one time it can be seen; absent where it stands elsewhere, or there is none. */
  readonly secret?: string | undefined;
  /** Whether the site asks this server. */
  readonly isConnected: boolean;
}

/** What to copy to a site. */
export function SiteSetup({ secret, isConnected }: SiteSetupProps) {
  const vendor = isConnected ? location.origin : undefined;
  return (
    <ol className={styles.steps}>
      {secret !== undefined && (
        <li>
          <h3>Its key, into a file such as {folders.key}</h3>
          <CopyField label="key" text={secret} />
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
      {!isConnected && (
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
