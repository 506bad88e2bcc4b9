import type { FlagDefinition } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { setQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { IconButton } from '../ui/button.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import styles from './flag-page.module.css';
import { askLine } from './snippets.ts';

/** A flag is there; the line that asks for it is the next thing one needs. */
export function Created({ scope, definition }: { readonly scope: Scope; readonly definition: FlagDefinition }) {
  return (
    <div className={styles.created}>
      <div>
        <p>
          Created. Ask for it in your code (<Link href={pages.keys.href(scope)}>SDK keys</Link>):
        </p>
        <IconButton small icon="close" label="Dismiss" onClick={() => setQuery({ created: null })} />
      </div>
      <CopyField label="the line that asks for the flag" text={askLine(definition.key, definition.type)} />
    </div>
  );
}
