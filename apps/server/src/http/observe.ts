import { performance } from 'node:perf_hooks';
import type { Request, RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';

/** The id under which the log knows a request; the client is told it in `X-Request-Id`. */
export const requestIdOf = (response: Response): string => String(response.getHeader('X-Request-Id'));

/** Names each request, and when it is over says how it went. What is written of its address is the route: that holds no names. */
export function observe({ log, metrics, newId }: { log: Log; metrics: Metrics; newId: () => string }): RequestHandler {
  return (request, response, next) => {
    const startMs = performance.now();
    response.setHeader('X-Request-Id', newId());
    response.once('close', () => {
      const ms = performance.now() - startMs;
      const seen = { method: request.method, route: routeOf(request, response), status: response.statusCode };
      metrics.observe(seen, ms / 1_000);
      levelOf(seen, log)(`${seen.method} ${seen.route} ${seen.status}`, { ms: Math.round(ms), request: requestIdOf(response) });
    });
    next();
  };
}

function routeOf(request: Request, { locals }: Response): string {
  const { path = 'other' } = (request.route ?? {}) as { path?: unknown };
  return String(locals['route'] ?? path);
}

const levelOf = ({ method, status }: { method: string; status: number }, log: Log) => {
  if (status >= 500) return log.error;
  return method === 'GET' || method === 'HEAD' ? log.debug : log.info;
};
