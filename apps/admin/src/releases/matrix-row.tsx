import type { MatrixRow as Row, Running } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { classNames } from '../ui/class-names.ts';
import type { Span } from '../ui/use-window.ts';
import { grouped } from '../words/numbers.ts';
import { dateWords, momentWords } from '../words/time.ts';
import { Cell } from './cell.tsx';
import styles from './matrix.module.css';
import { dayWords, installsOn, runningWords, supportWords } from './release-words.ts';
import { SignedMark } from './signed-mark.tsx';

/** The columns that are drawn, of all. */
export interface Drawn {
  readonly scope: Scope;
  readonly flags: readonly string[];
  readonly columns: Span;
  /** Where a drawn column stands. */
  leftOf(index: number): number;
}

interface MatrixRowProps extends Drawn {
  readonly row: Row;
  readonly running: readonly Running[] | undefined;
  readonly index: number;
  readonly top: number;
  readonly isPicked: boolean;
  onPick(release: string): void;
}

/** One release: its version stays in sight, what is said of it scrolls. */
export function MatrixRow({ scope, row, running, index, top, flags, columns, isPicked, leftOf, onPick }: MatrixRowProps) {
  const { cells } = row;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classNames(styles.row, styles.line, isPicked && styles.picked)}
      style={{ top }}
    >
      <Version scope={scope} row={row} isPicked={isPicked} onPick={onPick} />
      <Facts row={row} running={running} />
      {flags.map((flag, offset) => (
        <span
          key={flag}
          role="cell"
          aria-colindex={columns.from + offset + 6}
          className={styles.cell}
          style={{ left: leftOf(offset) }}
        >
          <Cell scope={scope} summary={cells[columns.from + offset] ?? ''} />
        </span>
      ))}
    </div>
  );
}

function Version({
  scope,
  row: { release, line, supported },
  isPicked,
  onPick,
}: Pick<MatrixRowProps, 'scope' | 'row' | 'isPicked' | 'onPick'>) {
  return (
    <span role="rowheader" className={styles.version}>
      <label className={styles.pick} title={`Compare ${release}`}>
        <input type="checkbox" aria-label={`Compare ${release}`} checked={isPicked} onChange={() => onPick(release)} />
      </label>
      <Link className={classNames(styles.name, !supported && styles.past)} href={pages.release.href({ ...scope, release })}>
        {release}
      </Link>
      <span className={styles.lineName}>{line}</span>
    </span>
  );
}

/** When and by whom it was cut, until when it is supported, its last shipment, and who runs it. */
function Facts({ row, running }: Pick<MatrixRowProps, 'row' | 'running'>) {
  const { release, cutAt, cutBy, supported, supportedUntil, shipment } = row;
  const installs = installsOn(running, release);
  return (
    <>
      <span role="cell" className={styles.fact} title={`${momentWords(cutAt)} by ${cutBy}`}>
        {dateWords(cutAt)}
      </span>
      <span role="cell" className={classNames(styles.fact, !supported && styles.past)} title={supportWords(row)}>
        {supportedUntil ? `${supported ? '' : 'ended '}${dayWords(supportedUntil)}` : 'no end said'}
      </span>
      <span role="cell" className={classNames(styles.fact, styles.shipment)}>
        r{shipment.revision} <SignedMark shipment={shipment} supported={supported} />
      </span>
      <span role="cell" className={styles.fact} title={running && runningWords(running, release)}>
        {installs === undefined ? '–' : grouped(installs)}
      </span>
    </>
  );
}
