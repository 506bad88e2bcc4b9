import type { CSSProperties } from 'react';
import type { Matrix as Found, Running } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useCompact } from '../ui/use-compact.ts';
import { type Drawn, MatrixRow } from './matrix-row.tsx';
import styles from './matrix.module.css';
import { useGridWindow } from './use-grid-window.ts';

/** Widths of the columns, and heights of rows as `tokens.css` has them. */
const sizes = {
  wide: { rowPx: 36, keyPx: 172, facts: [106, 124, 168, 74] },
  compact: { rowPx: 60, keyPx: 132, facts: [120, 140, 190, 84] },
} as const;
const flagPx = 78;
/** Names of flags are read from below: the head is as high as the longest, within bounds. */
const head = { leastPx: 64, mostPx: 168, aroundPx: 24, perCharacterPx: 7 } as const;
const factNames = ['Cut', 'Supported until', 'Shipment', 'Installs'];

interface MatrixProps {
  readonly scope: Scope;
  readonly found: Found;
  readonly running: readonly Running[] | undefined;
  readonly picked: readonly string[];
  onPick(release: string): void;
}

/** Releases beside each other, the last first, with a column for each flag that is not the same in all of them. */
export function Matrix({ scope, found: { releases, flags }, running, picked, onPick }: MatrixProps) {
  const size = useCompact() ? sizes.compact : sizes.wide;
  const { rowPx } = size;
  const leadPx = size.keyPx + size.facts.reduce((sum, px) => sum + px, 0);
  const headPx = headOf(flags);
  const { scroller, rows, columns } = useGridWindow(
    { count: releases.length, px: rowPx, leadPx: headPx },
    { count: flags.length, px: flagPx, leadPx },
  );
  const drawn: Drawn = {
    scope,
    flags: flags.slice(columns.from, columns.to),
    columns,
    leftOf: (index) => leadPx + (columns.from + index) * flagPx,
  };
  return (
    // What scrolls by itself must be reached by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className={styles.scroller} role="region" aria-label="Releases and their flags" tabIndex={0}>
      <div
        className={styles.table}
        role="table"
        aria-label="Releases"
        aria-rowcount={releases.length + 1}
        aria-colcount={1 + factNames.length + flags.length}
        style={styleOf(size, headPx, leadPx + flags.length * flagPx)}
      >
        <Head {...drawn} />
        <div role="rowgroup" className={styles.all} style={{ height: releases.length * rowPx }}>
          {releases.slice(rows.from, rows.to).map((row, offset) => {
            const index = rows.from + offset;
            const isPicked = picked.includes(row.release);
            const place = { index, top: index * rowPx };
            return <MatrixRow key={row.release} {...drawn} {...place} {...{ row, running, isPicked, onPick }} />;
          })}
        </div>
      </div>
    </div>
  );
}

function headOf(flags: readonly string[]): number {
  const longest = flags.reduce((most, { length }) => Math.max(most, length), 0);
  return Math.min(head.mostPx, Math.max(head.leastPx, head.aroundPx + longest * head.perCharacterPx));
}

function styleOf({ keyPx, facts }: (typeof sizes)[keyof typeof sizes], headPx: number, width: number): CSSProperties {
  const lengths = {
    '--key': `${keyPx}px`,
    '--facts': facts.map((px) => `${px}px`).join(' '),
    '--flag': `${flagPx}px`,
    '--head': `${headPx}px`,
  };
  return { ...lengths, width };
}

function Head({ scope, flags, columns, leftOf }: Drawn) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.row}>
        <span role="columnheader" className={styles.corner}>
          Release
        </span>
        {factNames.map((name) => (
          <span key={name} role="columnheader" className={styles.factName}>
            {name}
          </span>
        ))}
        {flags.map((flag, index) => (
          <span
            key={flag}
            role="columnheader"
            aria-colindex={columns.from + index + 2 + factNames.length}
            className={styles.flagName}
            style={{ left: leftOf(index) }}
          >
            <Link href={pages.flag.href({ ...scope, flag }, { tab: 'releases' })} title={flag}>
              {flag}
            </Link>
          </span>
        ))}
      </div>
    </div>
  );
}
