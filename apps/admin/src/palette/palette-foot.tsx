import { modKey } from '../ui/use-hotkeys.ts';
import type { Entry } from './entries.ts';
import styles from './palette.module.css';

/** What the keys do now. */
export function PaletteFoot({ chosen }: { readonly chosen: Entry | undefined }) {
  const acts = chosen?.intent !== undefined && chosen.href === undefined;
  return (
    <footer className={styles.foot}>
      <span>
        <b>Enter</b> {acts ? 'does it' : 'opens'}
      </span>
      {chosen?.intent && (
        <span>
          <b>{modKey}Enter</b> opens the {chosen.intent.feature ? 'feature' : 'flag'}
        </span>
      )}
      <span>
        <b>Esc</b> closes
      </span>
    </footer>
  );
}
