import type { Exchange, From, Transport } from '@taffrail/sdk-core';
import { boundedText } from './bounded-body.ts';
import { openEventStream } from './event-stream.ts';
import type { Address } from './options.ts';
import { endingOf, reasonOf } from './response.ts';
import { unheldFetch } from './unheld-fetch.ts';

const events = ['hello', 'snapshot', 'patch', 'beat', 'goodbye'];

/** The wire over `fetch`. */
export function createTransport({ url, key }: Address, fetchAny: typeof globalThis.fetch): Transport {
  const fetch = unheldFetch(fetchAny);
  const authorization = `Bearer ${key}`;

  async function ask(signal: AbortSignal, etag: string | undefined, on: Exchange): Promise<void> {
    const known = etag === undefined ? {} : { 'if-none-match': etag };
    const headers = { accept: 'application/x-ndjson', authorization, ...known };
    const response = await fetch(`${url}sdk/v1/snapshot`, { headers, signal });
    on.opened();
    if (response.status === 200 && response.body) on.received('snapshot', await boundedText(response.body));
    on.ended(endingOf(response));
  }

  return {
    stream({ position }, on) {
      const resume = position === undefined ? {} : { 'last-event-id': position };
      return openEventStream({ url: `${url}sdk/v1/stream`, headers: { authorization, ...resume }, events, fetch }, on);
    },
    poll({ etag }: From, on) {
      const abort = new AbortController();
      ask(abort.signal, etag, on).catch((error: unknown) => {
        if (!abort.signal.aborted) on.ended({ reason: reasonOf(error) });
      });
      return () => abort.abort();
    },
  };
}
