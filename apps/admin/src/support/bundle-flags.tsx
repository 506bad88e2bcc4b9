import type { DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { useMemo, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { Button } from '../ui/button.tsx';
import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { OneOf } from '../ui/segmented.tsx';
import { grouped } from '../words/numbers.ts';
import { type BundleRow, bundleRows, isDifferent, valueWords, type Vendor } from './bundle-rows.ts';
import { cutWords, layerNames } from './site-words.ts';
import styles from './support.module.css';

/** So many rows come at once. */
const pageRows = 100;

interface BundleFlagsProps {
  readonly scope: Scope;
  readonly bundle: DoctorBundle;
  readonly vendor: Vendor;
}

/** Every flag of a bundle beside the release and the hosted environments, differences first. */
export function BundleFlags({ scope, bundle, vendor }: BundleFlagsProps) {
  const rows = useMemo(() => bundleRows(bundle, vendor), [bundle, vendor]);
  const [show, setShow] = useState<'different' | 'all'>('all');
  const [shownRows, setShownRows] = useState(pageRows);
  const environments = useEnvironments(scope) ?? [];
  const different = rows.filter(isDifferent);
  const wanted = show === 'all' ? rows : different;
  const options = [
    { value: 'all', label: `All ${grouped(rows.length)}` },
    { value: 'different', label: `Differences ${grouped(different.length)}` },
  ] as const;
  return (
    <section className={pageStyles.section} aria-label="Flags, site and vendor">
      <h3>Flags, site beside release and hosted</h3>
      <OneOf label="Which flags" options={options} value={show} onChange={setShow} />
      <Table
        label="Flags, site and vendor"
        head={['Flag', 'At the site', 'Release', 'As cut', ...environments.map(({ name }) => name)]}
      >
        {wanted.slice(0, shownRows).map((row) => (
          <tr key={row.flag} className={row.odds.length > 0 ? styles.differs : undefined}>
            <FlagCells scope={scope} row={row} />
            {environments.map(({ key, name }) => (
              <td key={key} data-label={name}>
                {row.hosted?.environments[key]?.summary ?? 'not there'}
              </td>
            ))}
          </tr>
        ))}
      </Table>
      {wanted.length > shownRows && (
        <Button tone="plain" onClick={() => setShownRows(shownRows + pageRows)}>
          {`${grouped(wanted.length - shownRows)} more`}
        </Button>
      )}
    </section>
  );
}

function FlagCells({ scope, row }: { readonly scope: Scope; readonly row: BundleRow }) {
  const { flag, site, orgs, entry, odds, hosted } = row;
  return (
    <>
      <td>
        {hosted ? (
          <Link className={pageStyles.strong} href={pages.flag.href({ ...scope, flag })}>
            {flag}
          </Link>
        ) : (
          <span className={pageStyles.strong}>{flag}</span>
        )}
        {odds.length > 0 && <div className={pageStyles.dim}>{odds.join('; ')}</div>}
      </td>
      <td data-label="At the site">
        <span>
          <b>{valueWords(site?.value)}</b> {site && <span className={pageStyles.dim}>{layerNames[site.layer]}</span>}
          {orgs.map(({ org, value, layer }) => (
            <span key={org} className={styles.orgs}>
              <br />
              {org}: <b>{valueWords(value)}</b> {layerNames[layer]}
            </span>
          ))}
        </span>
      </td>
      <td data-label="Release">{entry?.summary ?? 'not read'}</td>
      <td data-label="As cut">{entry && cutWords[entry.why].value}</td>
    </>
  );
}
