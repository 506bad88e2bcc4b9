import express, { type Express } from 'express';
import { fail } from '../changes/app-error.ts';
import type { Deps } from '../deps.ts';
import type { Health } from '../health.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { adminFiles } from './admin-files.ts';
import { nothingHere } from './admission.ts';
import { apiDocs } from './api-docs.ts';
import { api } from './api.ts';
import { securityHeaders } from './headers.ts';
import { refuseForeignHost } from './hosts.ts';
import { observe } from './observe.ts';
import { refusals } from './refusals.ts';
import type { Route } from './route.ts';
import { serverRoutes } from './server-routes.ts';

export interface ExpressOptions {
  readonly deps: Deps;
  readonly routes: readonly Route[];
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Log;
  /** The folder of the built admin UI, if there is one. */
  readonly adminFolder: string | undefined;
}

/** Everything that is asked over HTTP, but for what SDKs ask. */
export function expressApp({ deps, routes, health, metrics, log, adminFolder }: ExpressOptions): Express {
  const { config, newId } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.proxies);

  app.use(observe({ log, metrics, newId }), securityHeaders(config.url));
  app.use(serverRoutes({ health, metrics, metricsToken: config.metricsToken }));
  app.use((request, _response, next) => {
    refuseForeignHost(request, config.url);
    next();
  });
  app.use('/api/v1', api(routes, deps));
  app.use('/api', apiDocs());
  app.use(['/api', '/sdk', '/install'], () => fail('NOT_FOUND', nothingHere));
  app.use(adminFiles(adminFolder));
  app.use(() => fail('NOT_FOUND', nothingHere));
  app.use(refusals(log));
  return app;
}
