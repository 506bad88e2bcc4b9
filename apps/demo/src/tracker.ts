import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createClient } from '@taffrail/node';
import express, { type Express, type Request, type Response } from 'express';
import { issuesPerPage, newIssueStream } from './flag-keys.ts';
import type { Html } from './html.ts';
import { issuesOf } from './issues.ts';
import { orgs, type Org } from './orgs.ts';
import { groupIssues } from './stream.ts';
import { page, streamView, tableView, type View } from './views.ts';

type Flags = ReturnType<typeof createClient>;

export interface TrackerSettings {
  /** The Taffrail server. */
  readonly url: string;
  readonly serverKey: string;
  /** Public: it goes into the page. */
  readonly clientKey: string;
  readonly port: number;
  /** Where the SDK keeps its last good state. */
  readonly cacheFolder: string;
}

export interface Tracker {
  readonly address: string;
  close(): Promise<void>;
}

/** Starts the issue tracker: a small product that asks Taffrail what to show, here and in the page. */
export async function startTracker(settings: TrackerSettings): Promise<Tracker> {
  const flags = createClient({ url: settings.url, key: settings.serverKey, cacheFolder: settings.cacheFolder });
  await flags.ready();
  const server = createServer(trackerApp(flags, settings));
  try {
    await listen(server, settings.port);
  } catch (error) {
    await flags.close();
    throw error;
  }
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      await closeServer(server);
      await flags.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`The issue tracker cannot listen on port ${port} (${code}). Set DEMO_PORT to another.`, { cause: error });
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

const files = (folder: string) => express.static(fileURLToPath(new URL(folder, import.meta.url)));

function trackerApp(flags: Flags, settings: TrackerSettings): Express {
  const app = express().disable('x-powered-by');
  app.use(files('../public/'), files('../dist/page/'));
  app.get('/', (_, response) => response.redirect('/orgs/acme'));
  app.get(
    '/orgs/:org',
    forOrg((org, request, response) => response.type('html').send(pageOf(org, flags, settings))),
  );
  app.get(
    '/orgs/:org/issues',
    forOrg((org, request, response) => sendList(org, request, response, flags)),
  );
  return app;
}

function forOrg(answer: (org: Org, request: Request, response: Response) => unknown) {
  return (request: Request<{ org: string }>, response: Response) => {
    const org = orgs.get(request.params.org);
    if (org) answer(org, request, response);
    else response.status(404).type('text').send('There is no such organization.');
  };
}

function pageOf(org: Org, flags: Flags, { url, clientKey: key }: TrackerSettings): string {
  const list = viewOf(viewFor(org, flags), org, flags);
  return page(org, [...orgs.values()], list, { url, key, org }).markup;
}

/** The page asks for the view that it has decided on. Code that is dark for a customer does not answer them. */
function sendList(org: Org, { query }: Request, response: Response, flags: Flags): void {
  const wanted = query.view === 'stream' ? 'stream' : 'table';
  if (wanted === 'stream' && viewFor(org, flags) !== 'stream') {
    response.status(404).type('text').send('The new issue stream is not on for this organization.');
    return;
  }
  response
    .type('html')
    .set('cache-control', 'no-store')
    .send(viewOf(wanted, org, flags).markup);
}

function viewFor(org: Org, flags: Flags): View {
  return flags.isEnabled(newIssueStream, { org: { ...org } }) ? 'stream' : 'table';
}

function viewOf(view: View, org: Org, flags: Flags): Html {
  const nowMs = Date.now();
  const issues = issuesOf(org, nowMs);
  if (view === 'stream') return streamView(groupIssues(issues), nowMs);
  return tableView(issues.slice(0, flags.value(issuesPerPage, 25, { org: { ...org } })), nowMs);
}
