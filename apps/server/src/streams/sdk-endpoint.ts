import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Door } from '@taffrail/publish';
import { AppError } from '../changes/app-error.ts';
import { problemOf, sendProblem } from '../http/problem.ts';
import { type Log, stackOf } from '../log.ts';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';
import { accepts } from './accepts.ts';
import type { Channel } from './channel.ts';
import { answerTo, sendAnswer } from './poll.ts';
import { admitted, secretOf } from './sdk-caller.ts';
import { crossOrigin, streamHeaders } from './sdk-headers.ts';

/** What may have to be asked of another process first. */
export type Soon<T> = T | Promise<T>;

/** What stands behind the endpoint: here, or in another process. */
export interface SdkBackend {
  /** The key that a secret is, unless it is unknown, revoked or expired. */
  sdkKey(secret: string): Soon<KnownSdkKey | undefined>;
  /** The channel that a key leads to, for a reader who has a position. */
  channelOf(key: KnownSdkKey, position: string | undefined): Soon<Channel>;
}

export interface SdkEndpointDeps {
  readonly backend: SdkBackend;
  readonly door: Door;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: Pick<Log, 'error'>;
}

/** What happened since the start. */
export interface SdkCounts {
  /** Polls answered with a body, and those that had the head already. */
  bodies: number;
  unchanged: number;
  /** Streams that were let in. */
  streams: number;
  /** Requests answered with a problem. */
  problems: number;
}

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** What SDKs call, on bare Node: these paths are asked for thousands of times a second. */
export function createSdkEndpoint(deps: SdkEndpointDeps) {
  const counts: SdkCounts = { bodies: 0, unchanged: 0, streams: 0, problems: 0 };
  return {
    counts,
    snapshot: guarded(snapshot, deps, counts),
    stream: guarded(stream, deps, counts),
    /** Refuses a method, and says which there are. */
    refuse({ method = '' }: IncomingMessage, response: ServerResponse, allowed: string): void {
      counts.problems += 1;
      response.setHeader('Allow', allowed);
      refuse(response, new AppError('METHOD_NOT_ALLOWED', `${method} is not for this address. It takes ${allowed}.`), deps);
    },
  };
}
export type SdkEndpoint = ReturnType<typeof createSdkEndpoint>;

/** A request whose key is good, and where it leads. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly position: string | undefined;
  readonly key: KnownSdkKey;
  readonly channel: Channel;
}

type Act = (asked: Asked, deps: SdkEndpointDeps, counts: SdkCounts) => void;

function guarded(act: Act, deps: SdkEndpointDeps, counts: SdkCounts): Serve {
  return (request, response) => {
    const failed = (error: unknown) => {
      counts.problems += 1;
      refuse(response, error, deps);
    };
    try {
      const position = positionOf(request);
      const acted = once(deps.backend.sdkKey(secretOf(request)), (found) => {
        const key = admitted(request, found);
        // Whoever has gone away while it was looked up is let go.
        return once(deps.backend.channelOf(key, position), (channel) => {
          if (!response.destroyed) act({ request, response, position, key, channel }, deps, counts);
        });
      });
      if (acted instanceof Promise) acted.catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}

/** Goes on within the call where nothing has to be waited for: thousands a second ask, and mostly nothing has. */
const once = <T, Result>(value: Soon<T>, goOn: (value: T) => Soon<Result>): Soon<Result> =>
  value instanceof Promise ? value.then(goOn) : goOn(value);

/** A page must be able to read why it was refused. */
function refuse(response: ServerResponse, error: unknown, { newId, log }: SdkEndpointDeps): void {
  const requestId = newId();
  if (!(error instanceof AppError)) log.error('An SDK could not be answered', { error: stackOf(error), request: requestId });
  for (const [name, value] of Object.entries(crossOrigin)) response.setHeader(name, value);
  sendProblem(response, problemOf(error, requestId));
}

function snapshot({ request, response, position, channel }: Asked, { nowMs }: SdkEndpointDeps, counts: SdkCounts): void {
  const page = channel.page();
  const answer = answerTo(request, position, page, nowMs());
  counts[answer.status === 304 ? 'unchanged' : 'bodies'] += 1;
  sendAnswer(response, page, answer);
}

function stream({ request, response, position, key, channel }: Asked, { door }: SdkEndpointDeps, counts: SdkCounts): void {
  const retryAfterSeconds = door.enter(key.id);
  if (retryAfterSeconds !== undefined) {
    throw new AppError('BUSY', `Too many streams are being opened. Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
  }
  counts.streams += 1;
  const gzip = accepts(request.headers['accept-encoding'], 'gzip');
  openStream(request, response, gzip);
  channel.hub.join(response, { key: key.id, gzip, from: position });
}

/** A peer that went away without a word is asked after this whether it is still there. */
const KEEP_ALIVE_MS = 15_000;

/** A stream ends with its connection, so it needs no chunks: one write to a stream is one write to its socket. */
function openStream({ socket }: IncomingMessage, response: ServerResponse, gzip: boolean): void {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  response.removeHeader('Transfer-Encoding');
  response.writeHead(200, gzip ? { ...streamHeaders, 'Content-Encoding': 'gzip' } : streamHeaders);
}

/** Where the reader stands. Only a stream has a last event. */
function positionOf({ headers, url = '' }: IncomingMessage): string | undefined {
  const id = headers['last-event-id'];
  if (typeof id === 'string' && id !== '') return id;
  const queryAt = url.indexOf('?');
  return queryAt < 0 ? undefined : (new URLSearchParams(url.slice(queryAt)).get('from') ?? undefined);
}
