import { setTimeout as pause } from 'node:timers/promises';
import type {
  BodyOf,
  commandQuery,
  Committed,
  Contracts,
  Operation,
  ParamsOf,
  Preview,
  Problem,
  ProblemCode,
  QueryOf,
  ResponseOf,
} from '@taffrail/schema';

/** The routes that are commands: they can be previewed. */
export type CommandOperation = { [K in Operation]: Contracts[K] extends { command: true } ? K : never }[Operation];

/** What the address of a command may ask for. */
export type Asking = { readonly [Name in keyof typeof commandQuery]?: string };

/** What a call sends, beside its method and path. */
export type ApiRequest<K extends Operation> = {
  /** The document's revision that the change was made on; 409 CONFLICT if it has another by now. */
  readonly ifMatch?: number;
} & ([keyof ParamsOf<K>] extends [never] ? { readonly params?: undefined } : { readonly params: ParamsOf<K> }) &
  ([QueryOf<Contracts[K]>] extends [never] ? { readonly query?: undefined } : { readonly query?: QueryOf<Contracts[K]> }) &
  ([BodyOf<Contracts[K]>] extends [never] ? { readonly body?: undefined } : { readonly body: BodyOf<Contracts[K]> });

export interface ApiOptions {
  /** The server's address, without `/api/v1`. */
  readonly url: string;
  /** A personal or service token. */
  readonly token?: string | undefined;
  /** The cookie of a session, where there is no token yet. */
  readonly cookie?: string | undefined;
  /** How long one request may take. */
  readonly timeoutMs?: number;
  /** Ends whatever is under way. */
  readonly signal?: AbortSignal | undefined;
  readonly userAgent?: string;
}

/** The management API, typed by its contracts. */
export interface Api {
  readonly url: string;
  /** Calls a route; throws a `Refusal` when the server answers with a problem. */
  call<K extends Operation>(key: K, request: ApiRequest<K>): Promise<ResponseOf<Contracts[K]>>;
  /** What a command would do, and who is affected. Nothing is written. */
  preview<K extends CommandOperation>(key: K, request: ApiRequest<K>): Promise<Preview>;
  /** Carries a command out as the address asks: at once, as a request, or in an emergency. */
  command<K extends CommandOperation>(key: K, request: ApiRequest<K>, asking: Asking): Promise<Committed>;
  /** The response itself, for what is not JSON and for cookies. */
  send<K extends Operation>(key: K, request: ApiRequest<K>): Promise<Response>;
}

/** The server understood and said no, by problem+json. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'Refusal';
    this.code = problem.code;
    this.problem = problem;
  }
}

/** There was no answer of a Taffrail server: nobody listens, it took too long, or somebody else answered. */
export class Unreachable extends Error {
  readonly url: string;
  /** A name, if the network said one: `ECONNREFUSED`, `ENOTFOUND`, …; `TIMEOUT`; `NOT_TAFFRAIL`. */
  readonly code: string;

  constructor(url: string, code: string, cause?: unknown) {
    super(`${url} did not answer (${code})`, { cause });
    this.name = 'Unreachable';
    this.url = url;
    this.code = code;
  }
}

interface Sent {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
  readonly ifMatch?: number;
}

const defaultTimeoutMs = 30_000;
const attempts = 3;
const longestWaitMs = 10_000;

/** A client of the management API: addresses and types come from the contracts, everything else from the server. */
export function createApi(options: ApiOptions): Api {
  const send = <K extends Operation>(key: K, request: ApiRequest<K>, asking: Asking = {}) => {
    const { query, ...sent } = request as Sent;
    return sendPatiently(options, key, { ...sent, query: { ...query, ...asking } });
  };
  return {
    url: options.url,
    send,
    call: async (key, request) => readJson(options.url, await send(key, request)),
    command: async (key, request, asking) => readJson(options.url, await send(key, request, asking)),
    preview: async (key, request) => readJson(options.url, await send(key, request, { preview: '1' })),
  };
}

/** A busy server names when to come back. A mutation carries one idempotency key through all its attempts. */
async function sendPatiently(options: ApiOptions, key: Operation, request: Sent): Promise<Response> {
  const headers = headersOf(options, request);
  if (methodOf(key) !== 'GET') headers.set('idempotency-key', crypto.randomUUID());
  for (let attempt = 1; ; attempt += 1) {
    const response = await sendOnce(options, key, request, headers);
    if (response.ok) return response;
    const waitMs = waitOf(response);
    if (waitMs === undefined || attempt === attempts) throw await refusalOf(options.url, response);
    await response.body?.cancel();
    await pause(waitMs, undefined, { signal: options.signal });
  }
}

async function sendOnce(options: ApiOptions, key: Operation, request: Sent, headers: Headers) {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  try {
    return await fetch(addressOf(options.url, key, request), {
      method: methodOf(key),
      headers,
      signal,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    throw new Unreachable(options.url, deadline.aborted ? 'TIMEOUT' : networkCode(error), error);
  }
}

const methodOf = (key: Operation) => key.slice(0, key.indexOf(' '));

/** A parameter may hold any character: flag keys have colons and slashes. */
function addressOf(url: string, key: Operation, request: Sent): URL {
  const params = (request.params ?? {}) as Record<string, string>;
  const path = key
    .slice(key.indexOf(' ') + 1)
    .replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const address = new URL(`${url.replace(/\/+$/, '')}/api/v1${path}`);
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) address.searchParams.set(name, String(value));
  return address;
}

function headersOf({ token, cookie, userAgent }: ApiOptions, request: Sent): Headers {
  const headers = new Headers({ accept: 'application/json', 'user-agent': userAgent ?? 'taffrail' });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (cookie !== undefined) headers.set('cookie', cookie);
  // No page of another site can send this: it proves that the cookie was not borrowed.
  if (cookie !== undefined) headers.set('x-taffrail', '1');
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  if (request.ifMatch !== undefined) headers.set('if-match', `"${request.ifMatch}"`);
  return headers;
}

/** Another program's welcome page is no answer, whatever its status. */
async function readJson<T>(url: string, response: Response): Promise<T> {
  const { headers } = response;
  if (!headers.get('content-type')?.includes('json')) throw new Unreachable(url, 'NOT_TAFFRAIL');
  return (await response.json()) as T;
}

/** Only what says that nothing was done, and when to come back, is worth another attempt. */
function waitOf(response: Response): number | undefined {
  if (response.status !== 429 && response.status !== 503) return undefined;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const waitMs = seconds * 1_000;
  return waitMs <= longestWaitMs ? waitMs : undefined;
}

async function refusalOf(url: string, response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => undefined)) as Problem | undefined;
  return typeof problem?.code === 'string' ? new Refusal(problem) : new Unreachable(url, 'NOT_TAFFRAIL');
}

function networkCode(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'NETWORK';
}
