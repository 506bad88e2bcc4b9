import type { Scope } from '../changes/document.ts';

/** Where an install is: its project, and its key there. */
export interface SitePlace {
  readonly org: string;
  readonly project: string;
  readonly install: string;
}

/** A project: installs belong to none but one. */
export type ProjectScope = Required<{ readonly [K in keyof Scope]: NonNullable<Scope[K]> }>;
