import type { Environment } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { count } from '../words/numbers.ts';
import styles from './toolbar.module.css';
import { useBulk } from './use-bulk.ts';

interface BulkBarProps {
  readonly scope: Scope;
  readonly keys: ReadonlySet<string>;
  readonly environments: readonly Environment[];
  onDone(): void;
}

/** What can be done with the selected flags. */
export function BulkBar({ scope, keys, environments, onDone }: BulkBarProps) {
  const { turnOff, kill, archive } = useBulk(scope, [...keys], onDone);
  useHotkeys({ Escape: onDone });
  const inEach = (act: (environment: Environment) => Promise<void>) =>
    environments.map((environment) => ({ label: environment.name, onSelect: () => void act(environment) }));
  return (
    <div className={`${styles.toolbar} ${styles.bulk}`} role="toolbar" aria-label="Selected flags">
      <span className={styles.selected}>{count(keys.size, 'flag')} selected</span>
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
