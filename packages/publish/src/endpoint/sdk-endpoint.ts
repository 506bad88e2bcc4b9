import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Door } from '../door.ts';
import { accepts } from './accepts.ts';
import { once, type SdkBackend, type Serving } from './backend.ts';
import type { Channel } from './channel.ts';
import { enter, openStream, positionOf } from './open-stream.ts';
import { answerTo, sendAnswer } from './poll.ts';
import type { ReaderKey } from './reader-key.ts';
import { problemFrom, Refusal, refusalFrom, sendProblem } from './refusal.ts';
import { bearerOf, callerOf } from './sdk-caller.ts';
import { crossOrigin, preflight } from './sdk-headers.ts';

interface SdkEndpointDeps<Key extends ReaderKey> extends Serving {
  readonly backend: SdkBackend<Key>;
  readonly door: Door;
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
export function createSdkEndpoint<Key extends ReaderKey>(deps: SdkEndpointDeps<Key>) {
  const counts: SdkCounts = { bodies: 0, unchanged: 0, streams: 0, problems: 0 };
  return {
    counts,
    snapshot: guarded(snapshot, deps, counts),
    stream: guarded(stream, deps, counts),
    /** Refuses a method, and says which there are. */
    refuse({ method = '' }: IncomingMessage, response: ServerResponse, allowed: string): void {
      counts.problems += 1;
      response.setHeader('Allow', allowed);
      refuse(response, new Refusal('METHOD_NOT_ALLOWED', `${method} is not for this address. It takes ${allowed}.`), deps);
    },
  };
}
export type SdkEndpoint = ReturnType<typeof createSdkEndpoint>;

/** A request whose key is good, and where it leads. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly position: string | undefined;
  readonly key: ReaderKey;
  readonly channel: Channel;
}

type Needs = Pick<SdkEndpointDeps<never>, 'door' | 'nowMs'>;
type Act = (asked: Asked, deps: Needs, counts: SdkCounts) => void;

function guarded<Key extends ReaderKey>(act: Act, deps: SdkEndpointDeps<Key>, counts: SdkCounts): Serve {
  return (request, response) => {
    const failed = (error: unknown) => {
      counts.problems += 1;
      refuse(response, error, deps);
    };
    try {
      const position = positionOf(request);
      const acted = once(callerOf(request, bearerOf(request), deps.backend), (key) =>
        // Whoever has gone away while it was looked up is let go.
        once(deps.backend.channelOf(key, position), (channel) => {
          if (!response.destroyed) act({ request, response, position, key, channel }, deps, counts);
        }),
      );
      if (acted instanceof Promise) acted.catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}

/** A page must be able to read why it was refused. */
function refuse(response: ServerResponse, error: unknown, { newId, onFailure }: Serving): void {
  const requestId = newId();
  if (!(error instanceof Refusal)) onFailure(error, requestId);
  for (const [name, value] of Object.entries(crossOrigin)) response.setHeader(name, value);
  sendProblem(response, problemFrom(refusalFrom(error, requestId)));
}

function snapshot({ request, response, position, channel }: Asked, { nowMs }: Needs, counts: SdkCounts): void {
  const page = channel.page();
  const answer = answerTo(request, position, page, nowMs());
  counts[answer.status === 304 ? 'unchanged' : 'bodies'] += 1;
  sendAnswer(response, page, answer);
}

function stream({ request, response, position, key, channel }: Asked, { door }: Needs, counts: SdkCounts): void {
  enter(door, key);
  counts.streams += 1;
  const gzip = accepts(request.headers['accept-encoding'], 'gzip');
  openStream(request, response, gzip);
  channel.hub.join(response, { key: key.id, gzip, from: position });
}

/** The paths are those of the contracts; no parameter stands in them. */
const handlers = {
  '/sdk/v1/snapshot': { act: 'snapshot', methods: ['GET', 'HEAD'] },
  '/sdk/v1/stream': { act: 'stream', methods: ['GET'] },
} as const;
const isPath = (path: string): path is keyof typeof handlers => Object.hasOwn(handlers, path);

/** Answers what SDKs call; false if the request is for something else. Stands before everything else that handles requests. */
export function handleSdk(endpoint: SdkEndpoint, request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '').split('?', 1);
  if (!isPath(path)) return false;
  const { act, methods } = handlers[path];
  if (request.method === 'OPTIONS') response.writeHead(204, preflight).end();
  // Node.js keeps the body of an answer to HEAD to itself.
  else if (methods.some((method) => method === request.method)) endpoint[act](request, response);
  else endpoint.refuse(request, response, [...methods, 'OPTIONS'].join(', '));
  return true;
}
