import type { Ending, Exchange } from '@taffrail/sdk-core';
import { boundedText } from '../bounded-body.ts';
import { openEventStream } from '../event-stream.ts';
import type { Address } from '../options.ts';
import { endingOf, reasonOf } from '../response.ts';
import { unheldFetch } from '../unheld-fetch.ts';

/** What a site has: its vendor sends only what is newer. */
export interface Held {
  readonly line: string;
  readonly release: string;
  readonly revision?: number | undefined;
  /** The version of the key list. */
  readonly keys?: number | undefined;
}

/** The wire between a site and its vendor. An exchange of polls is told the body as one `newest`. */
export interface VendorWire {
  readonly stream: (held: Held, on: Exchange) => () => void;
  readonly poll: (held: Held, on: Exchange) => () => void;
  /** Resolves with how it ended, and never rejects. */
  readonly acknowledge: (body: string) => Promise<Ending>;
}

const events = ['hello', 'keys', 'shipment', 'beat', 'goodbye'];
/** An acknowledgement that takes longer is tried again. */
const ACKNOWLEDGE_TIMEOUT_MS = 10_000;

/** The wire over `fetch`. */
export function createVendorWire({ url, key }: Address, fetchAny: typeof globalThis.fetch): VendorWire {
  const fetch = unheldFetch(fetchAny);
  const authorization = `Bearer ${key}`;

  async function ask(held: Held, signal: AbortSignal, on: Exchange): Promise<void> {
    const response = await fetch(shipmentsUrl(url, held, ''), { headers: { accept: 'application/json', authorization }, signal });
    on.opened();
    if (response.status === 200 && response.body) on.received('newest', await boundedText(response.body));
    on.ended(endingOf(response));
  }

  return {
    stream: (held, on) =>
      openEventStream({ url: shipmentsUrl(url, held, '/stream'), headers: { authorization }, events, fetch }, on),
    poll(held, on) {
      const abort = new AbortController();
      ask(held, abort.signal, on).catch((error: unknown) => {
        if (!abort.signal.aborted) on.ended({ reason: reasonOf(error) });
      });
      return () => abort.abort();
    },
    async acknowledge(body) {
      try {
        const headers = { 'content-type': 'application/json', authorization };
        const signal = AbortSignal.timeout(ACKNOWLEDGE_TIMEOUT_MS);
        return endingOf(await fetch(`${url}install/v1/acks`, { method: 'POST', headers, body, signal }));
      } catch (error) {
        return { reason: reasonOf(error) };
      }
    },
  };
}

function shipmentsUrl(url: string, { line, release, revision, keys }: Held, tail: string): string {
  const query = new URLSearchParams({ release });
  for (const [name, number] of Object.entries({ revision, keys })) if (number !== undefined) query.set(name, String(number));
  return `${url}install/v1/shipments/${encodeURIComponent(line)}${tail}?${query.toString()}`;
}
