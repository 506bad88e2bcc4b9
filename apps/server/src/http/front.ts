import { createServer, type RequestListener, type Server } from 'node:http';

/** The HTTP server of a process, not listening yet. */
export interface Front {
  readonly server: Server;
  /** From now on each answer ends its connection: a proxy sends no more over one that is about to be closed. */
  leave(): void;
}

/** A client that sends slowly must not hold a connection; one behind a proxy must not lose an idle one to us. */
const timeouts = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 75_000, maxHeaderSize: 16_384 };

export function createFront(handle: RequestListener): Front {
  let isLeaving = false;
  const server = createServer(timeouts, (request, response) => {
    if (isLeaving) response.shouldKeepAlive = false;
    handle(request, response);
  });
  return { server, leave: () => void (isLeaving = true) };
}
