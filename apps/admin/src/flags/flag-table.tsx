import type { Environment } from '@taffrail/schema';
import { type CSSProperties, useMemo, useState } from 'react';
import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { classNames } from '../ui/class-names.ts';
import { Hidden } from '../ui/hidden.tsx';
import { useCompact } from '../ui/use-compact.ts';
import { useWindow } from '../ui/use-window.ts';
import { type Column, columnsOf, gridOf } from './columns.ts';
import { FlagRowLine } from './flag-row.tsx';
import styles from './flag-table.module.css';
import { flagOf, useFlashes } from './use-flashes.ts';
import { useListKeys } from './use-list-keys.ts';
import { useWide } from './use-wide.ts';
import type { View } from './views.ts';

/** The heights of a row in `tokens.css`. */
const rowPx = 36;
const compactRowPx = 60;

interface FlagTableProps {
  readonly scope: Scope;
  readonly rows: readonly FlagRow[];
  readonly environments: readonly Environment[];
  readonly view: View;
  readonly selected: ReadonlySet<string>;
  readonly mayEdit: boolean;
  onToggle(key: string): void;
}

/** The rows that can be seen of a list of any length. */
export function FlagTable({ scope, rows, environments, view, selected, mayEdit, onToggle }: FlagTableProps) {
  const [isCompact, isWide] = [useCompact(), useWide()];
  const height = isCompact ? compactRowPx : rowPx;
  const { scroller, span, scrollTo } = useWindow(`${scope.org}/${scope.project} ${view}`, rows.length, height);
  const [active, setActive] = useState(-1);
  const flashes = useFlashes(flagOf);
  const columns = useMemo(
    () => columnsOf({ environments, isCompact, isWide, view, isSelectable: mayEdit }),
    [environments, isCompact, isWide, view, mayEdit],
  );
  useListKeys({ scope, rows, active, scrollTo, onActive: setActive, onSelect: mayEdit ? onToggle : undefined });
  const { template, minWidthPx } = gridOf(columns);
  const style = { '--columns': template, '--width': `${minWidthPx}px` } as CSSProperties;
  return (
    <div className={styles.table} role="table" aria-label="Flags" aria-rowcount={rows.length + 1} style={style}>
      <Head columns={columns} />
      <div ref={scroller} className={styles.rows} role="rowgroup">
        <div className={styles.all} role="presentation" style={{ height: rows.length * height }}>
          {rows.slice(span.from, span.to).map((row, offset) => (
            <FlagRowLine
              key={row.definition.key}
              scope={scope}
              row={row}
              index={span.from + offset}
              top={(span.from + offset) * height}
              columns={columns}
              isActive={span.from + offset === active}
              isSelected={selected.has(row.definition.key)}
              hasFlashed={flashes.has(row.definition.key)}
              onToggle={onToggle}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function Head({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <div role="rowgroup">
      <div className={classNames(styles.row, styles.head)} role="row" aria-rowindex={1}>
        {columns.map(({ name, title, hidden }) => (
          <span key={name} role="columnheader">
            {hidden ? <Hidden>{title}</Hidden> : title}
          </span>
        ))}
      </div>
    </div>
  );
}
