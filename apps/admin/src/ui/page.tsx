import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './page.module.css';
import { useTitle } from './use-title.ts';

interface PageProps {
  readonly title: string;
  /** Beside the title: filters and the one thing to do. */
  readonly tools?: ReactNode;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** A page that is not the list of flags: a line on top, the content below. */
export function Page({ title, tools, narrow = false, children }: PageProps) {
  useTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {tools}
      </header>
      <div className={classNames(styles.body, narrow && styles.narrow)}>{children}</div>
    </div>
  );
}

interface TableProps {
  readonly label: string;
  readonly head: readonly string[];
  /** The last column holds what can be done with a row. */
  readonly hasActs?: boolean;
  readonly children: ReactNode;
}

/** A table that scrolls by itself where it does not fit; on a phone its rows are cards. */
export function Table({ label, head, hasActs = false, children }: TableProps) {
  return (
    <div className={styles.scroll}>
      <table className={classNames(styles.table, hasActs && styles.hasActs)} aria-label={label}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
