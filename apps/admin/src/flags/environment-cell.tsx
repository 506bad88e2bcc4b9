import type { Environment } from '@taffrail/schema';
import { useState } from 'react';
import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { useMay } from '../session/session.tsx';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import { cellTone } from './cell-tone.ts';
import styles from './environment-cell.module.css';

interface EnvironmentCellProps {
  readonly scope: Scope;
  readonly row: FlagRow;
  readonly environment: Environment;
}

/** What a flag does in one environment, in words, with a thin bar for its share and the switch that kills it. */
export function EnvironmentCell({ scope, row, environment }: EnvironmentCellProps) {
  const state = row.environments[environment.key];
  if (!state) return <div role="cell" className={styles.cell} />;
  const tone = cellTone(state);
  const words = state.locked ? 'killed' : state.summary;
  return (
    <div role="cell" className={styles.cell}>
      <span className={classNames(styles.state, styles[tone])} title={words}>
        {state.locked && <Icon name="lock" size={12} />}
        <span className={styles.words}>{words}</span>
      </span>
      {state.on && !row.definition.archivedAt && <KillButton scope={scope} flag={row.definition.key} environment={environment} />}
      {state.on && state.share !== null && <Share share={state.share} />}
    </div>
  );
}

function Share({ share }: { readonly share: number }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      {share > 0 && <i style={{ width: `${share * 100}%` }} />}
    </span>
  );
}

interface KillButtonProps {
  readonly scope: Scope;
  readonly flag: string;
  readonly environment: Environment;
}

/** One click, no question: the toast takes it back. */
function KillButton({ scope, flag, environment }: KillButtonProps) {
  const commit = useCommit();
  const [busy, setBusy] = useState(false);
  const may = useMay(scope.org)('flag.kill', { project: scope.project, environment: environment.key });
  if (!may) return null;
  async function kill() {
    setBusy(true);
    const params = { ...scope, environment: environment.key, flag };
    await commit(
      'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/kill',
      { params, body: {} },
      `Killed ${flag} in ${environment.name}`,
    );
    setBusy(false);
  }
  return (
    <IconButton
      icon="power"
      className={styles.kill}
      label={`Kill ${flag} in ${environment.name}`}
      busy={busy}
      onClick={() => void kill()}
    />
  );
}
