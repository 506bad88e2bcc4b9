import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { flagsQuery, segmentsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { classNames } from '../ui/class-names.ts';
import { modKey } from '../ui/use-hotkeys.ts';
import { type Entry, entriesOf } from './entries.ts';
import styles from './palette.module.css';
import { Plan, type PlanHandle } from './plan.tsx';

interface PaletteProps {
  readonly org: string;
  readonly scope: Scope | undefined;
  onClose(): void;
}

const nowhere: Scope = { org: '', project: '' };

/** A line that finds and acts: what it would do is shown, Enter does it. */
export function Palette({ org, scope, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const plan = useRef<PlanHandle>(null);
  const listId = useId();
  const [line, setLine] = useState('');
  const [active, setActive] = useState(0);
  const entries = useEntries(org, scope, useDeferredValue(line));
  const chosen = entries[Math.min(active, entries.length - 1)];
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => document.getElementById(`${listId}-${active}`)?.scrollIntoView?.({ block: 'nearest' }), [listId, active]);

  function write(next: string) {
    setLine(next);
    setActive(0);
  }
  function go(href: string) {
    onClose();
    navigate(href);
  }
  function take(entry: Entry | undefined, wantsPage = false) {
    if (!entry) return;
    if (wantsPage && scope && entry.intent?.flag) return go(pages.flag.href({ ...scope, flag: entry.intent.flag }));
    if (entry.fill) return write(entry.fill);
    if (entry.href) return go(entry.href);
    void plan.current?.publish();
  }
  function press(event: KeyboardEvent) {
    const keys: Record<string, () => void> = {
      ArrowDown: () => setActive(Math.min(entries.length - 1, active + 1)),
      ArrowUp: () => setActive(Math.max(0, active - 1)),
      Enter: () => take(chosen, event.metaKey || event.ctrlKey),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label="Find or do"
      onClose={onClose}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <input
        className={styles.input}
        role="combobox"
        aria-label="Find or do"
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-activedescendant={chosen ? `${listId}-${entries.indexOf(chosen)}` : undefined}
        placeholder="kill checkout · rollout checkout 10 prod · on checkout acme dev · or a name"
        autoComplete="off"
        spellCheck={false}
        value={line}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
      />
      <ul id={listId} role="listbox" aria-label="Results" className={styles.list}>
        {entries.map((entry, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the input's
          <li
            key={entry.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={entry === chosen}
            className={classNames(styles.entry, entry === chosen && styles.active)}
            onClick={() => (entry === chosen || entry.href || entry.fill ? take(entry) : setActive(index))}
          >
            <span className={styles.title}>{entry.title}</span>
            <span className={styles.hint}>{entry.hint}</span>
          </li>
        ))}
      </ul>
      {line.trim() !== '' && entries.length === 0 && (
        <p className={styles.empty}>Nothing is called that, and it spells no act.</p>
      )}
      {scope && chosen?.intent && !chosen.href && (
        <Plan key={chosen.id} ref={plan} scope={scope} intent={chosen.intent} onDone={onClose} />
      )}
      <footer className={styles.foot}>
        <span>
          <b>Enter</b> {chosen?.intent && !chosen.href ? 'does it' : 'opens'}
        </span>
        {chosen?.intent && (
          <span>
            <b>{modKey}Enter</b> opens the flag
          </span>
        )}
        <span>
          <b>Esc</b> closes
        </span>
      </footer>
    </dialog>
  );
}

function useEntries(org: string, scope: Scope | undefined, line: string): readonly Entry[] {
  const { data: list } = useQuery({ ...flagsQuery(scope ?? nowhere), enabled: scope !== undefined });
  const environments = useEnvironments(scope ?? { org, project: '' });
  const production = environments?.[0]?.key ?? '';
  const { data: segments } = useQuery({
    ...segmentsQuery(scope ?? nowhere, production),
    enabled: scope !== undefined && production !== '',
  });
  return useMemo(() => {
    const flags = list?.flags ?? [];
    const world = { flags: flags.map(({ definition }) => definition.key), environments: environments ?? [] };
    return entriesOf({ line, org, scope, world, flags, segments: segments ?? [] });
  }, [line, org, scope, list, environments, segments]);
}
