import type { Environment } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { count } from '../words/numbers.ts';
import styles from './toolbar.module.css';

interface BulkBarProps {
  readonly scope: Scope;
  readonly keys: ReadonlySet<string>;
  readonly environments: readonly Environment[];
  onDone(): void;
}

/** What can be done with the selected flags: turning off is one revision, taken back by one undo. */
export function BulkBar({ scope, keys, environments, onDone }: BulkBarProps) {
  const commit = useCommit();
  useHotkeys({ Escape: onDone });
  const flags = [...keys];
  const said = count(flags.length, 'flag');
  async function turnOff({ key: environment, name }: Environment) {
    const edits = flags.map((flag) => ({ environment, flag, edit: { on: false } }));
    const body = { edits };
    if (
      await commit('POST /orgs/:org/projects/:project/publish', { params: { ...scope }, body }, `Turned ${said} off in ${name}`)
    )
      onDone();
  }
  async function kill({ key: environment, name }: Environment) {
    for (const flag of flags) {
      const params = { ...scope, environment, flag };
      await commit(
        'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/kill',
        { params, body: {} },
        `Killed ${flag} in ${name}`,
      );
    }
    onDone();
  }
  async function archive() {
    for (const flag of flags) {
      await commit(
        'POST /orgs/:org/projects/:project/flags/:flag/archive',
        { params: { ...scope, flag }, body: {} },
        `Archived ${flag}`,
      );
    }
    onDone();
  }
  const inEach = (act: (environment: Environment) => Promise<void>) =>
    environments.map((environment) => ({ label: environment.name, onSelect: () => void act(environment) }));
  return (
    <div className={`${styles.toolbar} ${styles.bulk}`} role="toolbar" aria-label="Selected flags">
      <span className={styles.selected}>{said} selected</span>
      <Menu label="Turn off in" items={inEach(turnOff)}>
        Turn off in <Icon name="down" size={12} />
      </Menu>
      <Menu label="Kill in" items={inEach(kill)}>
        Kill in <Icon name="down" size={12} />
      </Menu>
      <Button tone="plain" onClick={() => void archive()}>
        Archive
      </Button>
      <span className={styles.spacer} />
      <Button tone="plain" keys="Esc" onClick={onDone}>
        Clear
      </Button>
    </div>
  );
}
