import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Link } from '../routes/link.tsx';

/** Leads somewhere, and is as large as a button. */
export function ButtonLink({
  href,
  small = false,
  children,
}: {
  readonly href: string;
  readonly small?: boolean;
  readonly children: string;
}) {
  return (
    <Link href={href} className={classNames(styles.button, styles.quiet, small && styles.small)}>
      {children}
    </Link>
  );
}
