import { memo } from 'react';
import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { classNames } from '../ui/class-names.ts';
import { Ago } from '../ui/time.tsx';
import type { Column } from './columns.ts';
import { EnvironmentCell } from './environment-cell.tsx';
import styles from './flag-table.module.css';
import { RowMenu } from './row-menu.tsx';

interface FlagRowLineProps {
  readonly scope: Scope;
  readonly row: FlagRow;
  readonly index: number;
  /** In px from the top of the list. */
  readonly top: number;
  readonly columns: readonly Column[];
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly hasFlashed: boolean;
  onToggle(key: string): void;
}

/** One flag. Drawn again only when something of it changed: a key press must not draw the whole list. */
export const FlagRowLine = memo(DrawnRow);

function DrawnRow(props: FlagRowLineProps) {
  const { index, top, columns, isActive, isSelected, hasFlashed } = props;
  const names = [styles.row, styles.flag, isActive && styles.active, isSelected && styles.selected, hasFlashed && styles.flashed];
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      data-flag={props.row.definition.key}
      className={classNames(...names)}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => (
        <Cell key={column.name} column={column} {...props} />
      ))}
    </div>
  );
}

function Cell({ column, scope, row, isSelected, onToggle }: FlagRowLineProps & { readonly column: Column }) {
  const { definition, lastChange, stale } = row;
  if ('environment' in column) return <EnvironmentCell scope={scope} row={row} environment={column.environment} />;
  const cells: Record<typeof column.name, () => React.ReactNode> = {
    select: () => (
      <label className={styles.check}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ${definition.key}`}
          checked={isSelected}
          onChange={() => onToggle(definition.key)}
        />
      </label>
    ),
    flag: () => <Name scope={scope} row={row} />,
    owner: () => <span className={styles.owner}>{definition.owner}</span>,
    stale: () => <span className={classNames(styles.owner, styles.stale)}>{stale}</span>,
    changed: () => <span className={styles.changed}>{lastChange && <Changed change={lastChange} />}</span>,
    menu: () => <RowMenu scope={scope} row={row} />,
  };
  return <div role="cell">{cells[column.name]()}</div>;
}

function Name({ scope, row }: { readonly scope: Scope; readonly row: FlagRow }) {
  const { key, type, description } = row.definition;
  return (
    <span className={styles.name}>
      <Link href={pages.flag.href({ ...scope, flag: key })} title={description || undefined}>
        <span className={styles.key}>{key}</span>
      </Link>
      {type !== 'boolean' && <span className={styles.type}>{type}</span>}
    </span>
  );
}

function Changed({ change }: { readonly change: NonNullable<FlagRow['lastChange']> }) {
  return (
    <span title={change.summary}>
      {change.by.name}, <Ago at={change.at} />
    </span>
  );
}
