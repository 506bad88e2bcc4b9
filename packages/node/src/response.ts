import { type Ending, retryAfterMs } from '@taffrail/sdk-core';

/** Takes down what the head of a response says. A body that nobody reads is given up, for it would hold its connection. */
export function endingOf({ status, headers, body, bodyUsed }: Response): Ending {
  if (!bodyUsed) body?.cancel().catch(() => {});
  return {
    status,
    reason: `it answered ${status}`,
    etag: headers.get('etag') ?? undefined,
    retryAfterMs: retryAfterMs(headers.get('retry-after'), Date.now()),
  };
}

/** The cause says more: `fetch failed` is all that fetch itself says of any network. */
export function reasonOf(error: unknown): string {
  const { message, cause } = Object(error) as { readonly message?: unknown; readonly cause?: { readonly message?: unknown } };
  return String(cause?.message ?? message ?? error);
}
