import type { Client } from '@taffrail/sdk-core';

/** Any interval will do. */
const HOLD_MS = 60_000;

/** Without this a program that awaits `ready` before anything else would end instead. */
export function alive(client: Client): Client {
  const { ready } = client;
  return Object.assign(client, {
    ready(options?: { readonly timeoutMs?: number }) {
      const hold = setInterval(() => {}, HOLD_MS);
      return ready(options).finally(() => clearInterval(hold));
    },
  });
}
