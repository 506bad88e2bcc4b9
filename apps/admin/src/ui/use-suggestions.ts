import { useState } from 'react';

export interface Suggestion {
  readonly value: string;
  readonly hint?: string;
}

export interface Suggesting {
  readonly isShown: boolean;
  /** −1 while none is chosen. */
  readonly active: number;
  show(): void;
  shut(): void;
  pick(value: string): void;
  /** What a key does here; false if it does nothing. */
  press(key: string): boolean;
}

/** Which suggestion is chosen, and what the keys do to that. */
export function useSuggestions(
  suggestions: readonly Suggestion[],
  onPick: (value: string) => void,
  onEnter: (() => void) | undefined,
): Suggesting {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const isShown = isOpen && suggestions.length > 0;
  function set(open: boolean, index: number): boolean {
    setOpen(open);
    setActive(index);
    return true;
  }
  function pick(value: string) {
    set(false, -1);
    onPick(value);
  }
  function enter(): boolean {
    const chosen = isShown ? suggestions[active] : undefined;
    if (chosen) pick(chosen.value);
    else if (onEnter) onEnter();
    else return false;
    return true;
  }
  const step = (by: number) => set(true, Math.max(0, Math.min(suggestions.length - 1, active + by)));
  const keys: Record<string, () => boolean> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: enter,
    Escape: () => set(false, -1) && isShown,
  };
  return { isShown, active, show: () => set(true, -1), shut: () => set(false, -1), pick, press: (key) => keys[key]?.() ?? false };
}
