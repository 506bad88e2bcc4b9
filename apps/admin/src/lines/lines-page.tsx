import { useQuery } from '@tanstack/react-query';
import { type Scope, useScope } from '../api/scope.ts';
import { CopyField } from '../ui/copy-field.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { LineCard } from './line-card.tsx';
import { firstKeysCommands } from './publish-commands.ts';
import { type LineRow, linesQuery } from './queries.ts';

/** How what leaves the building is signed: whom sites of each line trust, and what waits for a signature. */
export function LinesPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const lines = useQuery(linesQuery(scope));
  return (
    <Page title="Signing">
      <p className={pageStyles.words}>
        A shipment reaches sites once it is signed. The server holds no key: whoever signs does it elsewhere and brings the signed
        file here, where it is checked against what was issued.
      </p>
      <Loaded query={lines} label="lines">
        {(rows) => <Lines scope={scope} lines={rows} />}
      </Loaded>
    </Page>
  );
}

function Lines({ scope, lines }: { readonly scope: Scope; readonly lines: readonly LineRow[] }) {
  if (lines.length === 0) {
    return (
      <>
        <Empty title="No line yet">A line is a series of releases. The first comes with the first release that is cut.</Empty>
        <section className={pageStyles.card} aria-label="Before the first release">
          <h2>Before the first release</h2>
          <p>On a machine without a network, draw the keys; then publish the list of those that sign.</p>
          <CopyField label="commands" text={firstKeysCommands(scope, 'main')} />
        </section>
      </>
    );
  }
  return lines.map((line) => <LineCard key={line.line} scope={scope} line={line} />);
}
