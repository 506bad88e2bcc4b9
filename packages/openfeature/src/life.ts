import { type ErrorCode, ProviderFatalError, ProviderNotReadyError } from '@openfeature/core';
import type { Lifecycle, State } from '@taffrail/sdk-core';

/** The event for each state of a client. One that is closed is no provider's any more. */
const events = {
  READY: 'PROVIDER_READY',
  STALE: 'PROVIDER_STALE',
  ERROR: 'PROVIDER_ERROR',
  FATAL: 'PROVIDER_ERROR',
  NOT_READY: undefined,
} as const satisfies Record<State, string | undefined>;

/** Emits an event of a provider, and what is wrong if it is an error. The SDKs of Node and of the web share these names. */
export type Emit = (event: string, wrong?: { readonly message: string; readonly errorCode?: ErrorCode }) => void;

const message = 'Taffrail has no values: its client says why in its log.';

/** Nothing, in a state that is no error. */
function wrongIn(state: State): Parameters<Emit>[1] {
  return events[state] === events.ERROR
    ? { message, ...(state === 'FATAL' && { errorCode: 'PROVIDER_FATAL' as ErrorCode }) }
    : undefined;
}

/**
 * Waits for a client, and from then on emits what becomes of it until the returned function is called. Rejects when the client can
 * have no values; what becomes of it is emitted then, too.
 */
export async function begin(client: Lifecycle, emit: Emit, begun: (end: () => void) => void): Promise<void> {
  const state = await client.ready();
  const tell = (entered: State): void => {
    const event = events[entered];
    if (event) emit(event, wrongIn(entered));
  };
  const ends = [client.onState(tell), client.onChange(() => emit('PROVIDER_CONFIGURATION_CHANGED'))];
  begun(() => ends.forEach((end) => end()));
  if (state === 'FATAL') throw new ProviderFatalError(message);
  if (state === 'ERROR' || state === 'NOT_READY') throw new ProviderNotReadyError(message);
  // The SDK takes whoever has begun for ready.
  if (state === 'STALE') queueMicrotask(() => tell(state));
}
