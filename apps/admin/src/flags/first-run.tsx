import { useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { IconButton } from '../ui/button.tsx';
import styles from './first-run.module.css';

const storageKey = 'taffrail.first-run.dismissed';
/** With more flags than this, nobody is new here. */
const fewFlags = 3;

/** One line for newcomers, until it is dismissed. */
export function FirstRun({ scope, flags }: { readonly scope: Scope; readonly flags: number | undefined }) {
  const [dismissed, setDismissed] = useState(wasDismissed);
  const mayKeys = useMay(scope.org)('key.manage', { project: scope.project });
  if (dismissed || !mayKeys || flags === undefined || flags > fewFlags) return null;
  function dismiss() {
    rememberDismissed();
    setDismissed(true);
  }
  return (
    <div className={styles.line}>
      <p>
        New here? <Link href={pages.keys.href(scope)}>Connect your code</Link>: create an SDK key, paste three lines, see it
        connect.
      </p>
      <IconButton small icon="close" label="Dismiss this line" onClick={dismiss} />
    </div>
  );
}

function wasDismissed(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    return true;
  }
}

function rememberDismissed(): void {
  try {
    localStorage.setItem(storageKey, '1');
  } catch {
    return;
  }
}
