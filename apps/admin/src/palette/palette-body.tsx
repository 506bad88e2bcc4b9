import { type Ref, useDeferredValue, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import type { Entry } from './entries.ts';
import { EntryList } from './entry-list.tsx';
import type { Intent } from './intent.ts';
import { PaletteFoot } from './palette-foot.tsx';
import styles from './palette.module.css';
import { Plan, type PlanHandle } from './plan.tsx';
import { useEntries } from './use-entries.ts';

export interface PaletteBodyHandle {
  /** What a key of the line does here; false if it does nothing. */
  press(key: string, isMod: boolean): boolean;
}

interface PaletteBodyProps {
  readonly listId: string;
  readonly org: string;
  readonly scope: Scope | undefined;
  readonly line: string;
  readonly ref: Ref<PaletteBodyHandle>;
  onLine(line: string): void;
  /** The id of the chosen entry; none while there is none. */
  onActive(id: string | undefined): void;
  onClose(): void;
}

/** What a line offers, and what the chosen act would do. */
export function PaletteBody({ listId, org, scope, line, ref, onLine, onActive, onClose }: PaletteBodyProps) {
  const plan = useRef<PlanHandle>(null);
  const entries = useEntries(org, scope, useDeferredValue(line));
  const [place, setPlace] = useState({ line, at: 0 });
  // Another line begins at its first entry.
  const active = Math.min(place.line === line ? place.at : 0, entries.length - 1);
  const chosen = entries[active];
  const choose = (at: number) => setPlace({ line, at });
  useEffect(() => onActive(active < 0 ? undefined : `${listId}-${active}`), [onActive, listId, active]);

  function go(href: string) {
    onClose();
    navigate(href);
  }
  function run(act: () => void) {
    onClose();
    act();
  }
  function take(entry: Entry | undefined, wantsPage = false) {
    const page = entry?.intent && scope && pageOf(entry.intent, scope);
    if (wantsPage && page) go(page);
    else if (entry?.fill) onLine(entry.fill);
    else if (entry?.href) go(entry.href);
    else if (entry?.run) run(entry.run);
    else void plan.current?.publish();
  }
  function press(key: string, isMod: boolean): boolean {
    const keys: Record<string, () => void> = {
      ArrowDown: () => choose(Math.min(entries.length - 1, active + 1)),
      ArrowUp: () => choose(Math.max(0, active - 1)),
      Enter: () => take(chosen, isMod),
    };
    keys[key]?.();
    return keys[key] !== undefined;
  }
  useImperativeHandle(ref, () => ({ press }));
  return (
    <>
      <EntryList id={listId} entries={entries} active={active} onChoose={choose} onTake={take} />
      {line.trim() !== '' && !chosen && <p className={styles.empty}>Nothing is called that, and it spells no act.</p>}
      {scope && chosen?.intent && !chosen.href && (
        <Plan key={chosen.id} ref={plan} scope={scope} intent={chosen.intent} onDone={onClose} />
      )}
      <PaletteFoot chosen={chosen} />
    </>
  );
}

/** The page of what an act is about. */
function pageOf({ flag, feature }: Intent, scope: Scope): string | undefined {
  if (feature) return pages.feature.href({ ...scope, feature });
  return flag ? pages.flag.href({ ...scope, flag }) : undefined;
}
