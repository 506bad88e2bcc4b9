/**
 * Any page may ask, for keys are sent by its script and never by the browser itself; whether the page's origin may use the
 * key is decided by the key.
 */
export const crossOrigin = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Retry-After',
} as const;

const DAY_SECONDS = 86_400;

/** The answer to a preflight. */
export const preflight = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET',
  'Access-Control-Allow-Headers': 'Authorization, If-None-Match, Last-Event-ID, Cache-Control',
  'Access-Control-Max-Age': DAY_SECONDS,
  Vary: 'Origin, Access-Control-Request-Headers',
} as const;

/** Every answer to a poll: only its reader may keep it, and asks each time whether it still holds. */
export const pollHeaders = {
  'Cache-Control': 'private, no-cache, no-transform',
  Vary: 'Authorization, Accept-Encoding, Origin',
  ...crossOrigin,
} as const;

/** Every stream: no proxy may hold back or change what goes by. */
export const streamHeaders = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'private, no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  Connection: 'close',
  Vary: 'Authorization, Accept-Encoding, Origin',
  ...crossOrigin,
} as const;
