import { classNames } from '../ui/class-names.ts';
import styles from './back-outs.module.css';
import { type Severity, severityLabel } from './severity-words.ts';

export function SeverityMark({ severity }: { readonly severity: Severity }) {
  return <span className={classNames(styles.mark, styles[severity])}>{severityLabel(severity).toLowerCase()}</span>;
}
