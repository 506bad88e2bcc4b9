import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { CopyField } from '../ui/copy-field.tsx';
import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Notice } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { count } from '../words/numbers.ts';
import { momentWords } from '../words/time.ts';
import { fingerprintOf } from './fingerprint.ts';
import styles from './lines.module.css';
import { changeKeysCommands, firstKeysCommands, signerCommand } from './publish-commands.ts';
import type { LineRow } from './queries.ts';

interface LineCardProps {
  readonly scope: Scope;
  readonly line: LineRow;
}

/** One series of releases: whom its sites trust, who signs, and what waits. */
export function LineCard({ scope, line }: LineCardProps) {
  const { line: name, releases, installs, trust, unsigned } = line;
  return (
    <section className={pageStyles.card} aria-label={`Line ${name}`}>
      <h2>
        {name} <span className={pageStyles.dim}>{`${count(releases, 'release')}, ${count(installs, 'install')}`}</span>
      </h2>
      {!trust && (
        <Notice tone="warn">Nobody published its keys yet: nothing of this line can be signed, and no site gets anything.</Notice>
      )}
      <KeyFacts line={line} />
      {(trust || unsigned.length > 0) && <Unsigned scope={scope} line={name} unsigned={unsigned} />}
      <details className={styles.how}>
        <summary>{trust ? 'Rotate or revoke a key' : 'Publish its keys'}</summary>
        <CopyField
          label={`commands for the keys of ${name}`}
          text={(trust ? changeKeysCommands : firstKeysCommands)(scope, name)}
        />
      </details>
    </section>
  );
}

function KeyFacts({ line: { trust, keys } }: Pick<LineCardProps, 'line'>) {
  return (
    <dl className={styles.facts}>
      {trust && (
        <Part name="Sites trust">
          {trust.roots.map((root) => (
            <Root key={root.keyid} root={root} />
          ))}
        </Part>
      )}
      {keys && (
        <Part name={`Key list ${keys.version}`}>
          <p>
            {keys.signing.join(', ') || 'Nobody'} may sign.{' '}
            {keys.retired.length > 0 && <span className={pageStyles.dim}>No more: {keys.retired.join(', ')}.</span>}
          </p>
          <p className={pageStyles.dim}>Issued {momentWords(keys.issuedAt)}</p>
        </Part>
      )}
    </dl>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** With what can be compared over the phone; where the browser cannot say it, the key itself. */
function Root({ root: { keyid, publicKey } }: { readonly root: NonNullable<LineRow['trust']>['roots'][number] }) {
  const { data = publicKey } = useQuery({
    queryKey: ['fingerprint', publicKey],
    queryFn: async () => (await fingerprintOf(publicKey)) ?? publicKey,
  });
  return (
    <p>
      {keyid} <code title={publicKey}>{data}</code>
    </p>
  );
}

interface UnsignedProps {
  readonly scope: Scope;
  readonly line: string;
  readonly unsigned: LineRow['unsigned'];
}

function Unsigned({ scope, line, unsigned }: UnsignedProps) {
  if (unsigned.length === 0) return <p>Every shipment of a supported release is signed.</p>;
  return (
    <>
      <Notice tone="warn">
        {count(unsigned.length, 'shipment')} {unsigned.length === 1 ? 'waits' : 'wait'} for a signature: no site gets{' '}
        {unsigned.length === 1 ? 'it' : 'them'} before.
      </Notice>
      <Table label="Waiting for a signature" head={['Shipment', 'Issued', 'Why', 'Digest']}>
        {unsigned.map(({ release, revision, issuedAt, reason, digest }) => (
          <tr key={digest}>
            <td>
              <Link className={pageStyles.strong} href={pages.release.href({ ...scope, release })}>
                {release} r{revision}
              </Link>
            </td>
            <td>
              <Ago at={issuedAt} />
            </td>
            <td>{reason}</td>
            <td>
              <code title={digest}>{digest.replace('sha256:', '').slice(0, 12)}</code>
            </td>
          </tr>
        ))}
      </Table>
      <p>Where the key is, this signs what waits and whatever is issued from then on:</p>
      <CopyField label="command that signs" text={signerCommand(scope, line)} />
    </>
  );
}
