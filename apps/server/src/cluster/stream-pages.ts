import express, { type Express } from 'express';
import { fail } from '../changes/app-error.ts';
import type { Health } from '../health.ts';
import { securityHeaders } from '../http/headers.ts';
import { observe } from '../http/observe.ts';
import { refusals } from '../http/refusals.ts';
import { serverRoutes } from '../http/server-routes.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';

export interface StreamPagesOptions {
  readonly writer: string;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly metricsToken: string | undefined;
  readonly newId: () => string;
  readonly log: Log;
}

/** What a process that only serves SDKs is asked by others: whoever watches over it is answered, everybody else sent to the writer. */
export function streamPages({ writer, health, metrics, metricsToken, newId, log }: StreamPagesOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(observe({ log, metrics, newId }), securityHeaders(undefined));
  app.use(serverRoutes({ health, metrics, metricsToken }));
  app.use(() => fail('NOT_HERE', `This process only serves SDKs. Everything else is at the writer, ${writer}.`));
  app.use(refusals(log));
  return app;
}
