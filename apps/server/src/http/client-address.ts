import type { IncomingMessage } from 'node:http';

/** The client's address; behind trusted proxies the one that they name, which express works out. */
export const addressOfClient = (request: IncomingMessage): string =>
  (request as { ip?: string }).ip ?? request.socket.remoteAddress ?? 'unknown';
