import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { classNames } from '../ui/class-names.ts';
import { Hidden } from '../ui/hidden.tsx';
import styles from './cell.module.css';
import { cellLook } from './cell-looks.ts';

interface CellProps {
  readonly scope: Scope;
  /** In the server's words: `off (dark)`. */
  readonly summary: string;
}

/** What a flag is in a release: a shape and a word. A back-out leads to its page. */
export function Cell({ scope, summary }: CellProps) {
  const { shape, word, title, backOut } = cellLook(summary);
  if (shape === 'absent') return <Hidden>{title}</Hidden>;
  const drawn = (
    <>
      <i className={styles.shape} aria-hidden="true" />
      <span className={styles.word}>{word}</span>
    </>
  );
  const className = classNames(styles.cell, styles[shape]);
  if (!backOut)
    return (
      <span className={className} title={title}>
        {drawn}
      </span>
    );
  return (
    <Link className={className} title={title} href={pages.backOut.href({ ...scope, backOut })}>
      {drawn}
    </Link>
  );
}
