import { type Exchange, retryAfterMs, type Transport } from '@taffrail/sdk-core';
import { createEventReader } from './event-reader.ts';

/**
 * The wire over `fetch`, because a page's own EventSource cannot send the key. Polls leave entity tags to the browser's cache; a stream
 * stays out of it, where a second page would wait for the first.
 */
export function createTransport(url: string, key: string): Transport {
  const authorization = `Bearer ${key}`;

  function exchange(path: string, init: RequestInit, on: Exchange, read: (response: Response) => Promise<void>): () => void {
    const abort = new AbortController();
    const run = async (): Promise<void> => {
      const response = await fetch(`${url.replace(/\/*$/, '')}/sdk/v1/${path}`, { ...init, signal: abort.signal });
      const { status, headers } = response;
      on.opened();
      if (status === 200) await read(response);
      else abort.abort();
      on.ended({ status, reason: `it answered ${status}`, retryAfterMs: retryAfterMs(headers.get('retry-after'), Date.now()) });
    };
    run().catch((error: unknown) => on.ended({ reason: String(error) }));
    return () => abort.abort();
  }

  return {
    stream({ position }, on) {
      const headers = { authorization, ...(position && { 'last-event-id': position }) };
      return exchange('stream', { cache: 'no-store', headers }, on, (response) => readEvents(response, on));
    },
    poll: (_from, on) =>
      exchange('snapshot', { cache: 'no-cache', headers: { authorization } }, on, async (response) =>
        on.received('snapshot', await response.text()),
      ),
  };
}

async function readEvents({ body }: Response, { received }: Exchange): Promise<void> {
  const take = createEventReader(received);
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    take(decoder.decode(piece.value, { stream: true }));
  }
}
