import { useEffect } from 'react';

/** `j`, `Enter`, `mod+k` (⌘ on a Mac, else Ctrl), `shift+?`… to what they do. Returning false leaves the key to the browser. */
export type Hotkeys = Readonly<Record<string, (() => void) | (() => boolean)>>;

/** Keys of a page. Plain keys rest while somebody types, and while a dialog is open. */
export function useHotkeys(hotkeys: Hotkeys): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const action = hotkeys[nameOf(event)];
      if (!action || event.defaultPrevented || (isPlain(event) && isTaken(event))) return;
      if (action() !== false) event.preventDefault();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}

/** The key as it is written in shortcuts on this machine. */
export const modKey = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl ';

function nameOf({ key, metaKey, ctrlKey, altKey }: KeyboardEvent): string {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return `${metaKey || ctrlKey ? 'mod+' : ''}${altKey ? 'alt+' : ''}${name}`;
}

function isPlain({ metaKey, ctrlKey }: KeyboardEvent): boolean {
  return !metaKey && !ctrlKey;
}

function isTaken({ target }: KeyboardEvent): boolean {
  if (document.querySelector('dialog[open], [role="menu"]')) return true;
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
