import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FlagMetadata } from '@taffrail/engine';
import { limits } from '@taffrail/schema';
import type { Door } from '../door.ts';
import { accepts } from '../endpoint/accepts.ts';
import type { SdkBackend, Serving } from '../endpoint/backend.ts';
import type { Channel } from '../endpoint/channel.ts';
import { enter, openStream, positionOf } from '../endpoint/open-stream.ts';
import type { ReaderKey } from '../endpoint/reader-key.ts';
import { Refusal } from '../endpoint/refusal.ts';
import { callerOf } from '../endpoint/sdk-caller.ts';
import { answerAll, answerOne } from './answers.ts';
import { eventStreamsFor, secretOf } from './caller.ts';
import { createRate, type RateLimits, rateLimits } from './rate.ts';
import { readBody } from './read-body.ts';
import { preflight, sendAll, sendAnswer, sendRefusal } from './send.ts';
import { methods, type Target, targetOf } from './target.ts';

export interface OfrepDeps<Key extends ReaderKey> extends Serving {
  readonly backend: SdkBackend<Key>;
  /** The one that SDKs' streams go through. */
  readonly door: Pick<Door, 'enter'>;
  /** What every answer to a key says beside what its flag says; absent: nothing. */
  readonly facts?: ((key: Key) => FlagMetadata) | undefined;
  /** Absent means the usual ones; false: none. */
  readonly rate?: RateLimits | false | undefined;
}

/** What happened since the start. */
export interface OfrepCounts {
  /** Answers for one flag, for all flags, and to those that had all answers already. */
  one: number;
  all: number;
  unchanged: number;
  /** Streams that were let in. */
  streams: number;
  /** Requests that were refused, or failed. */
  refused: number;
}

/** OFREP 0.3, on bare Node: `POST /ofrep/v1/evaluate/flags[/{key}]`, and the stream that says when to ask again. */
export interface OfrepEndpoint {
  readonly counts: Readonly<OfrepCounts>;
  /** Answers a request of OFREP; false if it is for something else. */
  tryHandle(request: IncomingMessage, response: ServerResponse): boolean;
}

/** A request whose key is good, and where it leads. */
interface Asking {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: Target;
  readonly secret: string | undefined;
  readonly key: ReaderKey;
  readonly channel: Channel;
  readonly facts: FlagMetadata;
}

type Needs = Pick<OfrepDeps<never>, 'door' | 'nowMs'>;

export function createOfrepEndpoint<Key extends ReaderKey>(deps: OfrepDeps<Key>): OfrepEndpoint {
  const { backend, nowMs } = deps;
  const counts: OfrepCounts = { one: 0, all: 0, unchanged: 0, streams: 0, refused: 0 };
  const { rate = rateLimits } = deps;
  const take = rate === false ? () => {} : createRate(rate, nowMs);

  async function serve(request: IncomingMessage, response: ServerResponse, target: Target): Promise<void> {
    if (request.method !== methods[target.act]) refuseMethod(request, response, methods[target.act]);
    const secret = secretOf(request, target);
    const key = await callerOf(request, secret, backend);
    take(key.id);
    const channel = await backend.channelOf(key, target.act === 'stream' ? positionOf(request) : undefined);
    const asking = { request, response, target, secret, key, channel, facts: deps.facts?.(key) ?? {} };
    await (target.act === 'stream' ? stream(asking, deps, counts) : evaluate(asking, deps, counts));
  }

  function failed(error: unknown, request: IncomingMessage, response: ServerResponse, target: Target): void {
    counts.refused += 1;
    const requestId = deps.newId();
    if (!(error instanceof Refusal)) deps.onFailure(error, requestId);
    // What was not read of the body runs through, so that the client gets to read the answer.
    request.resume();
    sendRefusal(response, error, { requestId, ...(target.act === 'one' && { key: target.key }) });
  }

  return {
    counts,
    tryHandle(request, response) {
      const target = targetOf(request.url ?? '');
      if (!target) return false;
      if (request.method === 'OPTIONS') response.writeHead(204, preflight).end();
      else serve(request, response, target).catch((error: unknown) => failed(error, request, response, target));
      return true;
    },
  };
}

async function evaluate(asking: Asking, { nowMs }: Needs, counts: OfrepCounts): Promise<void> {
  const { request, response, target, secret, key, channel, facts } = asking;
  const text = await readBody(request, limits.sdkBodyBytes);
  // Whoever has gone away in between is let go.
  if (response.destroyed) return;
  if (target.act === 'one') {
    counts.one += 1;
    sendAnswer(response, answerOne(channel.flags(), target.key, text, nowMs(), facts));
    return;
  }
  const { status, body } = answerAll(channel.flags(), text, nowMs(), facts);
  const isSent = sendAll(request, response, {
    status,
    body: 'flags' in body ? { ...body, ...eventStreamsFor(key, secret) } : body,
  });
  counts[isSent ? 'all' : 'unchanged'] += 1;
}

function stream({ request, response, key, channel }: Asking, { door }: Needs, counts: OfrepCounts): void {
  if (response.destroyed) return;
  enter(door, key);
  counts.streams += 1;
  const gzip = accepts(request.headers['accept-encoding'], 'gzip');
  openStream(request, response, gzip);
  channel.notices().join(response, { key: key.id, gzip, from: positionOf(request) });
}

function refuseMethod({ method = '' }: IncomingMessage, response: ServerResponse, allowed: string): never {
  response.setHeader('Allow', `${allowed}, OPTIONS`);
  throw new Refusal('METHOD_NOT_ALLOWED', `${method} is not for this address. It takes ${allowed}.`);
}
