import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import type { Entry } from './entries.ts';
import { EntryList } from './entry-list.tsx';
import styles from './palette.module.css';
import { PaletteFoot } from './palette-foot.tsx';
import { Plan, type PlanHandle } from './plan.tsx';
import { useEntries } from './use-entries.ts';

interface PaletteProps {
  readonly org: string;
  readonly scope: Scope | undefined;
  onClose(): void;
}

/** A line that finds and acts: what it would do is shown, Enter does it. */
export function Palette({ org, scope, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const plan = useRef<PlanHandle>(null);
  const listId = useId();
  const [line, setLine] = useState('');
  const [at, setAt] = useState(0);
  const entries = useEntries(org, scope, useDeferredValue(line));
  const active = Math.min(at, entries.length - 1);
  const chosen = entries[active];
  useEffect(() => dialog.current?.showModal(), []);

  function write(next: string) {
    setLine(next);
    setAt(0);
  }
  function go(href: string) {
    onClose();
    navigate(href);
  }
  function take(entry: Entry | undefined, wantsPage = false) {
    const flag = entry?.intent?.flag;
    if (wantsPage && scope && flag) go(pages.flag.href({ ...scope, flag }));
    else if (entry?.fill) write(entry.fill);
    else if (entry?.href) go(entry.href);
    else void plan.current?.publish();
  }
  function press(event: KeyboardEvent) {
    const keys: Record<string, () => void> = {
      ArrowDown: () => setAt(Math.min(entries.length - 1, active + 1)),
      ArrowUp: () => setAt(Math.max(0, active - 1)),
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
        aria-activedescendant={chosen ? `${listId}-${active}` : undefined}
        placeholder="kill checkout · rollout checkout 10 prod · on checkout acme dev · or a name"
        autoComplete="off"
        spellCheck={false}
        value={line}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
      />
      <EntryList id={listId} entries={entries} active={active} onChoose={setAt} onTake={take} />
      {line.trim() !== '' && !chosen && <p className={styles.empty}>Nothing is called that, and it spells no act.</p>}
      {scope && chosen?.intent && !chosen.href && (
        <Plan key={chosen.id} ref={plan} scope={scope} intent={chosen.intent} onDone={onClose} />
      )}
      <PaletteFoot chosen={chosen} />
    </dialog>
  );
}
