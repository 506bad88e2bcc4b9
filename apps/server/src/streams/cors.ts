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
