import { useEffect } from 'react';
import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useHotkeys } from '../ui/use-hotkeys.ts';

interface ListKeysOptions {
  readonly scope: Scope;
  readonly rows: readonly FlagRow[];
  /** −1 when no row is. */
  readonly active: number;
  scrollTo(index: number): void;
  onActive(index: number): void;
  /** Absent for those who may change nothing. */
  readonly onSelect: ((key: string) => void) | undefined;
}

/** j and k walk the list, x selects, e and Enter open, `.` opens the menu of the row. */
export function useListKeys({ scope, rows, active, scrollTo, onActive, onSelect }: ListKeysOptions): void {
  useEffect(() => {
    rowAt(active)?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
  }, [active]);
  const here = () => rows[active]?.definition.key;
  function go(index: number) {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    scrollTo(next);
    onActive(next);
  }
  const withFlag = (act: (key: string) => void) => () => {
    const key = here();
    if (key === undefined) return false;
    act(key);
    return true;
  };
  const open = (key: string) => navigate(pages.flag.href({ ...scope, flag: key }));
  useHotkeys({
    j: () => go(active + 1),
    k: () => go(active - 1),
    ArrowDown: () => go(active + 1),
    ArrowUp: () => go(active - 1),
    x: onSelect ? withFlag(onSelect) : () => false,
    e: withFlag(open),
    '.': () => rowAt(active)?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.click(),
  });
}

function rowAt(index: number): HTMLElement | null {
  return index < 0 ? null : document.querySelector<HTMLElement>(`[data-row="${index}"]`);
}
