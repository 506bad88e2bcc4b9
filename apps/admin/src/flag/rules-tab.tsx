import { useMemo, useState } from 'react';
import type { FlagDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { differences } from '../edit/differences.ts';
import { useDrafts } from '../edit/draft-store.ts';
import { EnvironmentChips } from '../flags/toolbar.tsx';
import { useShownEnvironments } from '../flags/use-shown-environments.ts';
import { useMay } from '../session/session.tsx';
import { Column } from './column.tsx';
import type { Decision } from './decision.ts';
import { editorsOf } from './editor.ts';
import styles from './flag-page.module.css';
import { WhyBox } from './why-box.tsx';

interface RulesTabProps {
  readonly scope: Scope;
  readonly detail: FlagDetail;
}

/** The environments as columns, differences marked, and *Why?* beside them. */
export function RulesTab({ scope, detail }: RulesTabProps) {
  const environments = useShownEnvironments(scope);
  const drafts = useDrafts(scope);
  const may = useMay(scope.org);
  const [decided, setDecided] = useState<{ readonly environment: string; readonly decision: Decision }>();
  const mayEdit = (environment: string) => may('flag.edit', { project: scope.project, environment });
  const all = editorsOf(environments.all, { scope, detail, drafts, mayEdit });
  const shown = all.filter(({ environment }) => environments.shown.includes(environment));
  const differing = useMemo(() => differences(all.map(({ flag }) => flag)), [all]);
  return (
    <div className={styles.rules}>
      <div>
        {environments.all.length > 1 && <EnvironmentChips environments={environments} />}
        <div className={styles.columns}>
          {shown.map((editor) => (
            <Column
              key={editor.environment.key}
              editor={editor}
              others={all.filter((other) => other !== editor)}
              differing={differing}
              decision={decided?.environment === editor.environment.key ? decided.decision : undefined}
            />
          ))}
        </div>
      </div>
      <aside className={styles.why} aria-label="Why?">
        <WhyBox
          scope={scope}
          detail={detail}
          environments={environments.shown}
          onDecided={(environment, decision) => setDecided({ environment, decision })}
        />
      </aside>
    </div>
  );
}
