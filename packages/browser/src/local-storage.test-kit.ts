import { vi } from 'vitest';

/** Gives this process what a page has to keep things in; returns what takes it away again. */
export function stubLocalStorage(): () => void {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  });
  return () => vi.unstubAllGlobals();
}
