import { InlineSelect } from '../ui/inline.tsx';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';

const codeDefault = '\0code default';

/** What is served while the flag is off, and whether browsers know of the flag. */
export function OffPart({ editor, differs }: { readonly editor: Editor; readonly differs: boolean }) {
  const { flag, disabled, edit } = editor;
  const variants = Object.keys(flag.variants).map((name) => ({ value: name, label: name }));
  return (
    <Part label="Off" differs={differs}>
      <span className={styles.line}>
        serves
        <InlineSelect
          label="Served while off"
          options={[...variants, { value: codeDefault, label: 'the code default' }]}
          value={flag.off ?? codeDefault}
          disabled={disabled}
          onChange={(choice) => edit({ off: choice === codeDefault ? null : choice })}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={flag.client}
            disabled={disabled}
            onChange={(event) => edit({ client: event.target.checked })}
          />
          sent to browsers
        </label>
      </span>
    </Part>
  );
}
