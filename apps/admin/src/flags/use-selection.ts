import { useCallback, useEffect, useState } from 'react';
import type { View } from './views.ts';

const none: ReadonlySet<string> = new Set();

/** The flags that are selected, by key; another view begins with none. */
export function useSelection(view: View) {
  const [selected, setSelected] = useState(none);
  const toggle = useCallback((key: string) => setSelected((old) => toggledIn(old, key)), []);
  const clear = useCallback(() => setSelected(none), []);
  useEffect(clear, [view, clear]);
  return { selected, toggle, clear };
}

function toggledIn(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}
