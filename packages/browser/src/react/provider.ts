import { createElement, type ReactNode, useMemo } from 'react';
import type { ContextAnswers } from '@taffrail/sdk-core';
import { type FlagSource, PlaceContext } from './source.ts';

/** What a provider is given. */
export interface FlagsProviderProps {
  readonly client: FlagSource;
  /**
   * What the server rendered with, where it rendered: a client without a connection (`offline`) with the same bootstrap and context.
   * A page that is taken over begins with these answers, however late, and then shows the newest.
   */
  readonly rendered?: ContextAnswers;
  /** Suspends what is below until the client is ready: for at most two seconds, once. Absent: it is rendered with what there is. */
  readonly suspend?: boolean;
  readonly children?: ReactNode;
}

/** Gives a client to the components below. It neither creates nor closes it, so that strict mode may mount it as often as it likes. */
export function FlagsProvider({ client, rendered, suspend = false, children }: FlagsProviderProps): ReactNode {
  const place = useMemo(() => ({ client, rendered }), [client, rendered]);
  const shown = suspend ? createElement(Ready, { client }, children) : children;
  return createElement(PlaceContext.Provider, { value: place }, shown);
}

/** By client: what is waited for, or that the wait is over. */
const waits = new WeakMap<FlagSource, Promise<unknown> | 'over'>();

function Ready({ client, children }: { readonly client: FlagSource; readonly children?: ReactNode }): ReactNode {
  const wait = waits.get(client) ?? waitFor(client);
  // What React waits for is thrown: `use` is not in React 18.
  if (wait !== 'over') throw wait;
  return children;
}

function waitFor(client: FlagSource): Promise<unknown> | 'over' {
  const isWaiting = client.state === 'NOT_READY' && client.ready !== undefined;
  const wait = isWaiting ? client.ready?.().then(() => waits.set(client, 'over')) : undefined;
  waits.set(client, wait ?? 'over');
  return wait ?? 'over';
}
