import type { Ending, Exchange } from '@taffrail/sdk-core';
import { EventSource } from 'eventsource';
import { boundedEvents } from './bounded-body.ts';
import { endingOf } from './response.ts';

/** One request for events. */
export interface EventStreamRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The names of the events that are told; others mean nothing. */
  readonly events: readonly string[];
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * Reads one stream of events. An EventSource closes for good at any status but 200, and reconnects by itself after anything else;
 * neither is of use here: whatever happens ends the exchange, and the client decides what comes next.
 */
export function openEventStream({ url, headers, events, fetch }: EventStreamRequest, on: Exchange): () => void {
  const abort = new AbortController();
  let refusal: Ending | undefined;

  async function request(): Promise<Response> {
    const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: abort.signal });
    if (response.status !== 200) refusal = endingOf(response);
    return response.status === 200 && response.body ? new Response(boundedEvents(response.body), response) : response;
  }

  const source = new EventSource(url, { fetch: request });
  const end = (): void => {
    abort.abort();
    // It sets its own timer right after it has told of an error; closing clears that timer.
    queueMicrotask(() => source.close());
  };
  for (const name of events) source.addEventListener(name, ({ data, lastEventId }) => on.received(name, data, lastEventId));
  source.addEventListener('open', on.opened);
  source.addEventListener('error', ({ message }) => {
    end();
    on.ended(refusal ?? { reason: message ?? 'the stream ended' });
  });
  return end;
}
