import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { fail } from '../changes/app-error.ts';
import { nothingHere } from '../http/admission.ts';
import { known, problemOf, sendProblem } from '../http/problem.ts';
import { type Log, stackOf } from '../log.ts';
import { digestOf } from '../members/secret.ts';
import type { Place } from '../streams/audience-feed.ts';
import type { Channel } from '../streams/channel.ts';
import { pathOf } from './hint.ts';
import type { Keyring } from './keyring.ts';
import type { Report } from './report.ts';

/** What a stream process says every other second: how it is, and which keys were used since it said so last. */
export interface Syncing {
  readonly report: Report;
  readonly used: readonly string[];
}

/** What it is answered: where the audiences stand that it serves, in the order of its report, and which keyring holds. */
export interface Synced {
  readonly positions: readonly string[];
  readonly keyring: string;
}

/** What the writer does for other processes. */
export interface WriterService {
  readonly secret: string;
  channel(place: Place): Channel;
  ring(): Keyring;
  heard(syncing: Syncing): void;
}

type Answer = (request: IncomingMessage, query: URLSearchParams, service: WriterService) => unknown;

const prefix = '/cluster/v1/';
/** A report grows with the audiences that a process serves. */
const LARGEST_BODY_BYTES = 8_388_608;

/** For other processes alone: in no contract, and there only where a secret was configured. */
const routes: Readonly<Record<string, Answer>> = {
  'POST sync': async (request, _query, { heard, channel, ring }) => {
    if (Number(request.headers['content-length'] ?? Infinity) > LARGEST_BODY_BYTES) fail('TOO_LARGE', 'A report is smaller.');
    const syncing: unknown = await json(request).catch(() => undefined);
    if (!isSyncing(syncing)) return fail('INVALID', 'This is no report of a process. Run the same release as the writer does.');
    heard(syncing);
    const positions = syncing.report.places.map((place) => channel(place).feed.position);
    return { positions, keyring: ring().version } satisfies Synced;
  },
  'GET keys': (_request, query, { ring }) => (query.get('version') === ring().version ? undefined : ring()),
  'GET feed': (_request, query, { channel }) => {
    const [org = '', project = '', environment = '', audience] = query.getAll('place');
    const place: Place = { org, project, environment, audience: audience === 'client' ? 'client' : 'server' };
    return channel(place).feed.transfer(query.get('from') ?? undefined);
  },
};

/** What is kept of a report is told to people, and read with every other one: it must be one. */
function isSyncing(said: unknown): said is Syncing {
  const { report, used } = (said ?? {}) as Partial<Syncing>;
  const { process, places, keys } = report ?? ({} as Partial<Report>);
  const isWhole = typeof process === 'string' && typeof keys === 'object' && keys !== null;
  return isWhole && Array.isArray(used) && Array.isArray(places) && places.every(isPlace);
}

const isPlace = (place: Place | null): boolean => place !== null && pathOf(place).every((name) => typeof name === 'string');

/** The path of a feed, as the other side asks for it. */
export function feedPath(place: Place, from: string | undefined): string {
  const query = new URLSearchParams(pathOf(place).map((name): [string, string] => ['place', name]));
  if (from !== undefined) query.set('from', from);
  return `${prefix}feed?${query.toString()}`;
}
export const keysPath = (version: string | undefined): string =>
  `${prefix}keys${version === undefined ? '' : `?version=${version}`}`;
export const syncPath = `${prefix}sync`;

/** Answers other processes; false if the request is for something else. */
export function createWriterRoutes(service: WriterService, { newId, log }: { newId: () => string; log: Pick<Log, 'error'> }) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!request.url?.startsWith(prefix)) return false;
    void answer(request, service)
      .then((body) => send(response, body))
      .catch((error: unknown) => {
        const requestId = newId();
        if (!known(error)) log.error('Another process could not be answered', { error: stackOf(error), request: requestId });
        sendProblem(response, problemOf(error, requestId));
      });
    return true;
  };
}

async function answer(request: IncomingMessage, service: WriterService): Promise<unknown> {
  if (!isSame(request.headers.authorization ?? '', `Bearer ${service.secret}`)) {
    fail('KEY_REJECTED', 'This is for processes that have the same TAFFRAIL_CLUSTER_SECRET as the writer.');
  }
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://writer');
  const route = routes[`${request.method} ${pathname.slice(prefix.length)}`] ?? fail('NOT_FOUND', nothingHere);
  return route(request, searchParams, service);
}

/** A text goes as it is, anything else as JSON; nothing means that nothing has changed. */
function send(response: ServerResponse, body: unknown): void {
  if (body === undefined) {
    response.writeHead(304).end();
    return;
  }
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  response.writeHead(200, { 'Content-Length': bytes.length, 'Cache-Control': 'no-store' }).end(bytes);
}

const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(digestOf(one)), Buffer.from(digestOf(other)));
