import { useMemo, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
globalThis.addEventListener('popstate', announce);

/** Goes to an address of this application without a reload. */
export function navigate(href: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  announce();
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** The query of the address: filters and the open panel live there, so that a link shows what its sender saw. */
export function useQuery(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => location.search);
  return useMemo(() => new URLSearchParams(search), [search]);
}

/** Sets some members of the query and keeps the others; `null` and `''` take a member away. */
export function setQuery(changes: Readonly<Record<string, string | null>>, { replace = true } = {}): void {
  const search = searchWith(location.search, changes);
  if (search !== location.search) navigate(location.pathname + search + location.hash, { replace });
}

/** The search part, `?` included, with some members changed. */
export function searchWith(search: string, changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function announce(): void {
  for (const listener of listeners) listener();
}
