import { useSyncExternalStore } from 'react';

/** The same condition as in `tokens.css`: fingers or a phone's width, where rows and controls grow. */
const compact = matchMedia('(pointer: coarse), (max-width: 640px)');

export function useCompact(): boolean {
  return useMatch(compact);
}

/** Whether a media query holds, as it changes. */
export function useMatch(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );
}
