import type { Audience } from './audience.ts';

/** Whose feed it is, and where it stands. */
export interface Standpoint {
  readonly audience: Audience['name'];
  readonly environment: string;
  readonly epoch: string;
  readonly head: number;
}
