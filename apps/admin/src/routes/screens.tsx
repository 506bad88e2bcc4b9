import { type ComponentType, lazy, type ReactNode } from 'react';
import type { Page } from './pages.ts';

/** One page of the application: the address it answers, and what is shown there. */
export interface Screen {
  show(path: string): ReactNode | undefined;
}

type ParamsOfPage<G> = G extends Page<infer P> ? NonNullable<ReturnType<Page<P>['match']>> : never;

export function screen<P extends string>(page: Page<P>, Shown: ComponentType<{ params: ParamsOfPage<Page<P>> }>): Screen {
  return {
    show(path) {
      const params = page.match(path);
      return params ? <Shown key={page.pattern} params={params} /> : undefined;
    },
  };
}

/** A page in a chunk of its own, loaded when it is first shown. */
export function later<Name extends string, Props>(load: () => Promise<Record<Name, ComponentType<Props>>>, name: Name) {
  return lazy(async () => ({ default: (await load())[name] }));
}
