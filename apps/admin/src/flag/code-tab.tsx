import type { FlagDefinition } from '@taffrail/schema';
import { CopyField } from '../ui/copy-field.tsx';
import styles from './code-tab.module.css';
import { askLine, browserSnippet, nodeSnippet } from './snippets.ts';

/** How to ask for this flag, to be copied. */
export function CodeTab({ definition: { key, type } }: { readonly definition: FlagDefinition }) {
  const server = location.origin;
  return (
    <div className={styles.code}>
      <section>
        <h2>Ask for it</h2>
        <CopyField label="the line that asks" text={askLine(key, type)} />
      </section>
      <section>
        <h2>Node, once at start</h2>
        <CopyField label="Node" text={nodeSnippet(server, 'tf_srv_…')} />
      </section>
      <section>
        <h2>Browser, once at start</h2>
        <CopyField label="browser" text={browserSnippet(server, 'tf_cli_…')} />
      </section>
      <section>
        <h2>Command line</h2>
        <CopyField
          label="command line"
          text={`taffrail flag show ${key}\ntaffrail why ${key} --env production --org acme\ntaffrail flag kill ${key} --env production`}
        />
      </section>
    </div>
  );
}
