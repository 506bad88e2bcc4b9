import type { Scope } from '../api/scope.ts';
import { pages } from '../routes/pages.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import styles from './cut-sheet.module.css';
import { exportCommand, signCommands } from './signing-words.ts';

interface CutDoneProps {
  readonly scope: Scope;
  readonly release: string;
}

/** What is left to do: nothing reaches a site before somebody who holds a key has signed it. */
export function CutDone({ scope, release }: CutDoneProps) {
  return (
    <div className={styles.done}>
      <p>
        Its shipment r1 waits to be signed. A running <code>taffrail signer</code> does that by itself; by hand, where the key is:
      </p>
      <CopyField label="the commands that sign it" text={signCommands(scope, release, 1)} />
      <p>Then put what the product carries into its package, where it is built:</p>
      <CopyField label="the command that exports the package" text={exportCommand(scope, release)} />
      <div>
        <ButtonLink href={pages.release.href({ ...scope, release })}>{`Show ${release}`}</ButtonLink>
      </div>
    </div>
  );
}
