import type { IncomingMessage, ServerResponse } from 'node:http';
import { accepts, type Door } from '@taffrail/publish';
import { AppError, fail } from '../changes/app-error.ts';
import { createAllowance } from '../http/allowance.ts';
import { problemOf, sendProblem } from '../http/problem.ts';
import { type Log, stackOf } from '../log.ts';
import type { KnownInstallKey } from '../tokens/install-keys.ts';
import { type Held, lacking } from './line-broadcast.ts';
import { lineFilesOf } from './line-files.ts';
import type { LineHubs, LineHubsDeps } from './line-hubs.ts';
import { acknowledgementOf, lineQueryOf, siteKeyOf } from './site-requests.ts';
import type { Said } from './site.ts';
import type { Sites } from './sites.ts';
import type { Strangers } from './strangers.ts';

export interface SiteEndpointDeps {
  readonly installKey: (secret: string) => KnownInstallKey | undefined;
  readonly state: LineHubsDeps['state'];
  readonly sites: Sites;
  readonly hubs: LineHubs;
  readonly door: Door;
  readonly strangers: Strangers;
  /** Resolves when an acknowledgement is on disk. */
  readonly acknowledge: (said: Said) => Promise<void>;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: Pick<Log, 'error'>;
}

/** One install may have several processes, and each asks rarely. */
const perInstall = { burst: 300, perMinute: 600 };

/** A request whose key is good. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly key: KnownInstallKey;
  /** As the path names it. */
  readonly line: string;
}

type Act = (asked: Asked, deps: SiteEndpointDeps) => void | Promise<void>;

/** What sites call, on bare Node: after a back-out thousands answer at once. */
export function createSiteEndpoint(deps: SiteEndpointDeps) {
  const allowance = createAllowance(perInstall);

  function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    // What was not read of the body is let run through, so that the site gets to read the answer.
    request.resume();
    refuse(response, error, deps);
  }

  async function answer({ act, method, line }: Wanted, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== method) {
      response.setHeader('Allow', method);
      fail('METHOD_NOT_ALLOWED', `${request.method} is not for this address. It takes ${method}.`);
    }
    const key = siteKeyOf(request, deps.installKey);
    allowance.take(key.id, deps.nowMs());
    await act({ request, response, key, line }, deps);
  }

  return {
    /** Answers what sites call; false if the request is for something else. */
    tryHandle(request: IncomingMessage, response: ServerResponse): boolean {
      const wanted = wantedOf(request);
      if (wanted === undefined) return false;
      answer(wanted, request, response).catch((error: unknown) => failed(request, response, error));
      return true;
    },
  };
}

interface Wanted {
  readonly act: Act;
  readonly method: 'GET' | 'POST';
  readonly line: string;
}

const prefix = '/install/v1/';
/** The paths are those of the contracts. */
const shipments = /^\/install\/v1\/shipments\/([^/]+)(\/stream)?$/;

function wantedOf({ url = '' }: IncomingMessage): Wanted | undefined {
  if (!url.startsWith(prefix)) return undefined;
  const [path = ''] = url.split('?', 1);
  if (path === '/install/v1/acks') return { act: acknowledge, method: 'POST', line: '' };
  const [, line, isStream] = shipments.exec(path) ?? [];
  return line === undefined ? undefined : { act: isStream === undefined ? poll : stream, method: 'GET', line };
}

function refuse(response: ServerResponse, error: unknown, { newId, log }: SiteEndpointDeps): void {
  const requestId = newId();
  if (!(error instanceof AppError)) log.error('A site could not be answered', { error: stackOf(error), request: requestId });
  sendProblem(response, problemOf(error, requestId));
}

/** What a site says that it has, noted where that is more than this server knows of. */
function heldBy({ request, key, line }: Asked, { sites, strangers, nowMs }: SiteEndpointDeps) {
  const { release, revision = 0, keys = 0 } = lineQueryOf(request, line, key);
  sites.heard(key, release, nowMs());
  strangers.meet(key, { release, revision }, nowMs());
  const held: Held = { keys, revision };
  return { release, held };
}

function stream(asked: Asked, deps: SiteEndpointDeps): void {
  const { request, response, key, line } = asked;
  const { release, held } = heldBy(asked, deps);
  const retryAfterSeconds = deps.door.enter(key.id);
  if (retryAfterSeconds !== undefined) {
    throw new AppError('BUSY', `Too many streams are being opened. Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
  }
  const gzip = accepts(request.headers['accept-encoding'], 'gzip');
  openStream(request, response, gzip);
  deps.hubs.join({ org: key.org, project: key.project, line, release }, response, { key: key.id, gzip, held });
  deps.sites.opened(key);
  response.once('close', () => deps.sites.closed(key, deps.nowMs()));
}

function poll(asked: Asked, deps: SiteEndpointDeps): void {
  const { key, line, response } = asked;
  const { release, held } = heldBy(asked, deps);
  const { keys, shipment } = lacking(lineFilesOf(deps.state(key), { line, release }), held);
  send(response, { ...(keys && { keys: keys.file }), ...(shipment && { shipment: shipment.file }) });
}

async function acknowledge({ request, response, key }: Asked, deps: SiteEndpointDeps): Promise<void> {
  const { digest, revision, appliedAt, overrides } = await acknowledgementOf(request);
  const nowMs = deps.nowMs();
  const { org, project, install } = key;
  const claim = { digest, revision, appliedMs: Date.parse(appliedAt), acknowledgedMs: nowMs };
  const said: Said = { org, project, install, ...claim, overrides };
  deps.sites.heard(key, undefined, nowMs);
  deps.strangers.meetDigest(key, said, nowMs);
  if (deps.sites.isNews(said)) await deps.acknowledge(said);
  send(response, {});
}

/** What is answered is for one site, and for now. */
const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
  Connection: 'close',
} as const;

/** A peer that went away without a word is asked after this whether it is still there. */
const KEEP_ALIVE_MS = 15_000;

/** A stream ends with its connection, so it needs no chunks: one write to a stream is one write to its socket. */
function openStream({ socket }: IncomingMessage, response: ServerResponse, gzip: boolean): void {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  response.removeHeader('Transfer-Encoding');
  response.writeHead(200, gzip ? { ...headers, 'Content-Encoding': 'gzip' } : headers);
}

function send(response: ServerResponse, answer: object): void {
  const body = Buffer.from(JSON.stringify(answer));
  const head = { 'Content-Type': 'application/json', 'Content-Length': body.length, 'Cache-Control': 'private, no-store' };
  response.writeHead(200, head).end(body);
}
