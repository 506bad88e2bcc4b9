import type { Client, Composed } from '@taffrail/sdk-core';

/** Of the whole process, because each entry of the package is a program of its own. */
const ORIGIN_STATE = Symbol.for('@taffrail/node origin state');

/** What its entries may know of a client, and an application need not. */
export interface OriginState {
  /** The state as its origin sent it; undefined before the first. */
  readonly text: Composed['text'];
  readonly complain: (sentence: string) => void;
}

/** Not enumerable, and so in no log. */
export function withOriginState(client: Client, state: OriginState): Client {
  return Object.defineProperty(client, ORIGIN_STATE, { value: state });
}

export const originStateOf = (client: object): OriginState | undefined =>
  (client as { readonly [ORIGIN_STATE]?: OriginState })[ORIGIN_STATE];
