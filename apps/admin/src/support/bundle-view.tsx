import type { DoctorBundle } from '@taffrail/schema/doctor-bundle';
import type { ReactNode } from 'react';
import type { Scope } from '../api/scope.ts';
import { notesOf } from '../installs/shared-overrides.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Notice } from '../ui/states.tsx';
import { momentWords } from '../words/time.ts';
import { BundleFlags } from './bundle-flags.tsx';
import { inertEntries } from './bundle-rows.ts';
import styles from './support.module.css';
import { bundleIssued, issuedNotices, useVendor } from './use-vendor.ts';

interface BundleViewProps {
  readonly scope: Scope;
  readonly name: string;
  readonly bundle: DoctorBundle;
}

/** A site as it told of itself, beside what the vendor has. */
export function BundleView({ scope, name, bundle }: BundleViewProps) {
  const vendor = useVendor(scope, bundle);
  return (
    <div className={styles.answer} role="group" aria-label={`Bundle ${name}`}>
      <About bundle={bundle} />
      <Findings bundle={bundle} />
      <Loaded query={vendor} label="what the release says" rows={4}>
        {(known) => {
          const notice = issuedNotices[bundleIssued(bundle, known.release)];
          return (
            <>
              {notice && <Notice tone="stop">{notice}</Notice>}
              <BundleFlags scope={scope} bundle={bundle} vendor={known} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function About({ bundle: { site, madeAt, versions, redacted } }: Pick<BundleViewProps, 'bundle'>) {
  const { product, line, release, shipment, keys, roots, lastContactAt } = site;
  return (
    <dl className={styles.facts}>
      <Fact name="Runs">
        {shipment ? `${shipment.release} r${shipment.revision}, verified by ${shipment.verifiedBy.join(', ')}` : 'no shipment'}
        {shipment === undefined && release && ` of ${release}`}
      </Fact>
      <Fact name="Product">{[product, line && `line ${line}`].filter(Boolean).join(', ') || 'not told'}</Fact>
      <Fact name="Told">
        {momentWords(madeAt)}
        {redacted && ', without notes and paths'}
      </Fact>
      <Fact name="Last contact">{lastContactAt ? momentWords(lastContactAt) : 'none: air-gapped, or never connected'}</Fact>
      <Fact name="Key list">{keys ? `${keys.version}: ${keys.signing.join(', ') || 'nobody'} may sign` : 'none'}</Fact>
      <Fact name="Trusts">{roots.map(({ keyid, fingerprint }) => `${keyid} ${fingerprint}`).join(', ') || 'nobody'}</Fact>
      <Fact name="Taffrail">{`${versions.taffrail}, Node ${versions.node}, ${versions.platform}`}</Fact>
    </dl>
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

const levels = [
  ['wrong', 'Wrong'],
  ['mind', 'Mind'],
  ['good', 'Good'],
] as const;

/** What the doctor found, the worst first, and the entries that count for nothing. */
function Findings({ bundle }: Pick<BundleViewProps, 'bundle'>) {
  const inert = inertEntries(bundle);
  return (
    <section className={pageStyles.section} aria-label="What the doctor found">
      <h3>What the doctor found</h3>
      <ul className={styles.checks}>
        {levels.flatMap(([level, name]) =>
          bundle.checks
            .filter((check) => check.level === level)
            .map(({ about, message }) => (
              <li key={about + message}>
                <span className={styles[level]}>{name}</span>
                <span>{message}</span>
              </li>
            )),
        )}
        {inert.map(({ flag, source, why }) => (
          <li key={flag + source}>
            <span className={styles.mind}>Inert</span>
            <span>
              {flag} at {source}: {why}. {noteAt(bundle, flag, source)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What people noted beside the entry that stands at `file:line`. */
function noteAt({ overrides }: DoctorBundle, flag: string, source: string): string {
  const entry = overrides.find((one) => one.flag === flag && source.endsWith(`:${one.line}`));
  const notes = entry ? notesOf(entry) : '';
  return notes && `Noted there: ${notes}.`;
}
