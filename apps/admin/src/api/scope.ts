import { useMemo } from 'react';

/** The project that a page is about. */
export interface Scope {
  readonly org: string;
  readonly project: string;
}

/** The project of an address: the same object as long as it is the same project. */
export function useScope({ org, project }: Scope): Scope {
  return useMemo(() => ({ org, project }), [org, project]);
}
