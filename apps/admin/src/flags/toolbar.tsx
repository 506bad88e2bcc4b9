import { useRef } from 'react';
import { setQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import styles from './toolbar.module.css';
import type { ShownEnvironments } from './use-shown-environments.ts';

interface ToolbarProps {
  readonly search: string;
  readonly environments: ShownEnvironments;
  readonly mayEdit: boolean;
  onSearch(search: string): void;
}

/** One line above the list: search, the environments that have a column, and a new flag. */
export function Toolbar({ search, environments, mayEdit, onSearch }: ToolbarProps) {
  const input = useRef<HTMLInputElement>(null);
  useHotkeys({ '/': () => input.current?.select() });
  return (
    <div className={styles.toolbar}>
      <label className={styles.search}>
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          aria-label="Search flags"
          placeholder="Search flags  /"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => leaveOnEscape(event, onSearch)}
        />
      </label>
      <EnvironmentChips environments={environments} />
      {mayEdit && (
        <Button tone="primary" icon="plus" keys="c" onClick={() => setQuery({ new: '1' })}>
          New flag
        </Button>
      )}
    </div>
  );
}

export function EnvironmentChips({ environments: { all, shown, toggle } }: Pick<ToolbarProps, 'environments'>) {
  return (
    <div className={styles.chips} role="group" aria-label="Environments shown">
      {all.length > 1 &&
        all.map((environment) => (
          <button
            key={environment.key}
            type="button"
            className={styles.chip}
            aria-pressed={shown.includes(environment)}
            onClick={() => toggle(environment.key)}
          >
            {environment.name}
          </button>
        ))}
    </div>
  );
}

/** The first Escape empties the search, the next leaves it; Enter and the arrow down go to the list. */
function leaveOnEscape(event: React.KeyboardEvent<HTMLInputElement>, onSearch: (search: string) => void): void {
  const input = event.currentTarget;
  if (event.key === 'Escape' && input.value !== '') onSearch('');
  else if (event.key === 'Escape') input.blur();
  else if (event.key === 'Enter' || event.key === 'ArrowDown') document.querySelector<HTMLElement>('[data-row] a')?.focus();
  else return;
  event.preventDefault();
}
