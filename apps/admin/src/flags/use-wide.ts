import { useMatch } from '../ui/use-compact.ts';

/** Room for the columns that are good to have: the owner, who changed it last. */
const wide = matchMedia('(min-width: 1120px)');

export function useWide(): boolean {
  return useMatch(wide);
}
