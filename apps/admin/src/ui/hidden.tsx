import styles from './hidden.module.css';

/** Words for those who listen. */
export function Hidden({ children }: { readonly children: string }) {
  return <span className={styles.hidden}>{children}</span>;
}
