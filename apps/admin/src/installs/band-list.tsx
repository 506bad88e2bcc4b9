import { useId } from 'react';
import { Link } from '../routes/link.tsx';
import { searchWith, useQuery as useAddressQuery } from '../routes/location.ts';
import { grouped } from '../words/numbers.ts';
import type { InstallList } from './queries.ts';
import type { Band } from './stack.ts';
import { shipmentName } from './standing-words.ts';
import { Textures, textureOf } from './textures.tsx';
import styles from './timeline.module.css';

interface BandListProps {
  readonly bands: readonly Band[];
  /** The point that is read. */
  readonly at: number;
  readonly running: InstallList['running'];
}

/** What each area is, the uppermost first, and how many ran it at the moment that is read. */
export function BandList({ bands, at, running }: BandListProps) {
  const rows = bands.map((band, index) => ({ band, index })).toReversed();
  return (
    <ul className={styles.bands} aria-label="Installs by shipment">
      {rows.map(({ band, index }) => (
        <li key={band.name}>
          <Swatch index={index} />
          <span className={styles.bandName}>
            <BandName band={band} />
            <Remark running={running.find((shipment) => shipmentName(shipment) === band.name)} />
          </span>
          <b>{grouped(band.counts[at] ?? 0)}</b>
        </li>
      ))}
    </ul>
  );
}

function Swatch({ index }: { readonly index: number }) {
  const id = useId();
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className={styles.swatch}>
      <Textures id={id} />
      <path className={styles[`band${index}`]} d="M0 0H16V16H0Z" />
      <path fill={textureOf(id, index)} d="M0 0H16V16H0Z" />
    </svg>
  );
}

/** Leads to those that run the release. */
function BandName({ band: { name, release } }: { readonly band: Band }) {
  useAddressQuery();
  if (release === undefined) return name;
  return (
    <Link replace href={location.pathname + searchWith(location.search, { release, after: null })}>
      {name}
    </Link>
  );
}

function Remark({ running }: { readonly running: InstallList['running'][number] | undefined }) {
  if (!running) return null;
  const { revision, newest, supported } = running;
  const remarks = [revision < newest && `newest is r${newest}`, !supported && 'out of support'].filter(Boolean);
  return remarks.length > 0 && <small>{remarks.join(', ')}</small>;
}
