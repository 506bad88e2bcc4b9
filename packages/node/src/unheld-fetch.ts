import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** What undici publishes when it writes a request to a socket. */
interface Sent {
  readonly request: { readonly origin: unknown; readonly path: string };
  readonly socket: Socket;
}

const SENT = 'undici:client:sendHeaders';

/**
 * A fetch whose sockets do not keep the process alive: a script that has used its flags ends, though its stream is open. Where a fetch
 * does not publish what it does, the process lives until the client is closed.
 */
export function unheldFetch(fetch: typeof globalThis.fetch): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const { origin, pathname, search } = new URL(url);
    const letGo = (message: unknown): void => {
      const { request, socket } = message as Sent;
      if (String(request.origin) === origin && request.path === pathname + search) socket.unref();
    };
    subscribe(SENT, letGo);
    try {
      return await fetch(url, init);
    } finally {
      unsubscribe(SENT, letGo);
    }
  };
}
