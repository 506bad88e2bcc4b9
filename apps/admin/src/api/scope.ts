/** The project that a page is about. */
export interface Scope {
  readonly org: string;
  readonly project: string;
}
