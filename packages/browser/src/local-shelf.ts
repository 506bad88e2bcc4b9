import type { Shelf } from '@taffrail/sdk-core';

/** Keeps the last good state for the next page, where the page may keep anything. */
export function localShelf(name: string, maxAgeMs: number): Shelf {
  return {
    read() {
      try {
        const kept = localStorage.getItem(name) ?? '';
        const end = kept.indexOf('\n');
        return Date.now() - Number(kept.slice(0, end)) < maxAgeMs ? kept.slice(end + 1) : undefined;
      } catch {
        return undefined;
      }
    },
    write(text) {
      try {
        localStorage.setItem(name, `${Date.now()}\n${text}`);
      } catch {
        // Full, or forbidden: the next page begins with the network.
      }
    },
  };
}
