import { timingSafeEqual } from 'node:crypto';
import express, { type RequestHandler, type Router } from 'express';
import { fail } from '../changes/app-error.ts';
import type { Health } from '../health.ts';
import { digestOf } from '../members/secret.ts';
import type { Metrics } from '../metrics.ts';

/** What those ask who watch over the server: is the process there, may it be sent work, how is it doing. */
export function serverRoutes({
  health,
  metrics,
  metricsToken,
}: {
  health: Health;
  metrics: Metrics;
  metricsToken: string | undefined;
}): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => void response.type('text/plain').send('ok\n'));
  router.get('/readyz', (_request, response) => {
    const reason = health.unready();
    response
      .status(reason === undefined ? 200 : 503)
      .type('text/plain')
      .send(`${reason ?? 'ready'}\n`);
  });
  router.get('/metrics', onlyWith(metricsToken), async (_request, response) => {
    response.setHeader('Content-Type', metrics.contentType);
    response.end(await metrics.text());
  });
  return router;
}

function onlyWith(token: string | undefined): RequestHandler {
  return ({ headers }, _response, next) => {
    if (token !== undefined && !isSame(headers.authorization ?? '', `Bearer ${token}`)) {
      fail('KEY_REJECTED', 'Metrics want TAFFRAIL_METRICS_TOKEN as a bearer token.');
    }
    next();
  };
}

const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(digestOf(one)), Buffer.from(digestOf(other)));
