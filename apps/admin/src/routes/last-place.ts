import type { Scope } from '../api/scope.ts';

const storageKey = 'taffrail.place';

/** The project that was looked at last in this browser. */
export function lastPlace(): Partial<Scope> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Scope>;
  } catch {
    return {};
  }
}

export function rememberPlace({ org, project }: Scope): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ org, project }));
  } catch {
    return;
  }
}
