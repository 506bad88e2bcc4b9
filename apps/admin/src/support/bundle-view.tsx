import type { DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Scope } from '../api/scope.ts';
import { installsQuery } from '../installs/queries.ts';
import { notesOf } from '../installs/shared-overrides.tsx';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Notice } from '../ui/states.tsx';
import { momentWords } from '../words/time.ts';
import { BundleFlags } from './bundle-flags.tsx';
import { inertEntries } from './bundle-rows.ts';
import { issuedNotices } from './site-words.ts';
import styles from './support.module.css';
import { bundleIssued, useVendor } from './use-vendor.ts';

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
      <About scope={scope} bundle={bundle} />
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

function About({ scope, bundle: { site, madeAt, versions, redacted } }: Pick<BundleViewProps, 'scope' | 'bundle'>) {
  const { product, line, release, shipment, keys, roots, lastContactAt, installTag } = site;
  return (
    <dl className={styles.facts}>
      <Fact name="Install">
        <Tagged scope={scope} tag={installTag} />
      </Fact>
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

/** Of whom the bundle is, by the tag of the install's key. */
function Tagged({ scope, tag }: { readonly scope: Scope; readonly tag: string | undefined }) {
  const { data } = useQuery({ ...installsQuery(scope, { tag: tag ?? '' }), enabled: tag !== undefined });
  const install = tag === undefined ? undefined : data?.installs[0];
  if (!install) return tag === undefined ? 'not told: it has no install key' : `not known here (tag ${tag})`;
  return (
    <Link className={styles.way} href={pages.install.href({ ...scope, install: install.install })}>
      {install.name}
    </Link>
  );
}

interface Finding {
  readonly level: 'wrong' | 'mind' | 'inert' | 'good';
  readonly words: string;
}

const levels: Record<Finding['level'], string> = { wrong: 'Wrong', mind: 'Mind', inert: 'Inert', good: 'Good' };

/** What the doctor found, the worst first, and the entries that count for nothing. */
function Findings({ bundle }: Pick<BundleViewProps, 'bundle'>) {
  const inert = inertEntries(bundle).map(({ flag, source, why }): Finding => {
    return { level: 'inert', words: `${flag} at ${source}: ${why}. ${noteAt(bundle, flag, source)}` };
  });
  const found = [
    ...bundle.checks.map(({ about, level, message }): Finding => ({ level, words: `${about}: ${message}` })),
    ...inert,
  ];
  return (
    <section className={pageStyles.section} aria-label="What the doctor found">
      <h3>What the doctor found</h3>
      <ul className={styles.checks}>
        {Object.entries(levels).flatMap(([level, name]) =>
          found
            .filter((finding) => finding.level === level)
            .map(({ words }) => (
              <li key={words}>
                <span className={styles[level]}>{name}</span>
                <span>{words}</span>
              </li>
            )),
        )}
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
