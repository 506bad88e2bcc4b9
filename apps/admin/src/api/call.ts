import type { BodyOf, Contracts, Operation, ParamsOf, Preview, Problem, QueryOf, ResponseOf } from '@taffrail/schema';
import { Refusal, Unreachable } from './refusal.ts';

type ParamsPart<K extends Operation> = unknown extends ParamsOf<K> ? unknown : { readonly params: ParamsOf<K> };
type BodyPart<C> = [C] extends [never] ? unknown : { readonly body: C };
type QueryPart<C> = [C] extends [never] ? unknown : { readonly query?: C };

/** What a call of one contract takes: its path's parameters, its body, its query. */
export type RequestOf<K extends Operation> = ParamsPart<K> &
  BodyPart<BodyOf<Contracts[K]>> &
  QueryPart<QueryOf<Contracts[K]>> & {
    /** The document's revision that the edit was made on: the server refuses if it has moved. */
    readonly ifMatch?: number;
    readonly signal?: AbortSignal;
  };

/** Contracts that can be previewed. */
export type CommandOperation = { [K in Operation]: Contracts[K] extends { command: true } ? K : never }[Operation];

/** How a command is sent that would wait for a second person: kept for them, or committed at once and reviewed by them. */
export type SentAs = 'request' | 'emergency';

/** Sends one request of the management API. Throws `Refusal` or `Unreachable`, nothing else. */
export function call<K extends Operation>(operation: K, request: RequestOf<K>, as?: SentAs): Promise<ResponseOf<Contracts[K]>> {
  return send(operation, request, as && { [as]: '1' }) as Promise<ResponseOf<Contracts[K]>>;
}

/** Asks what a command would do. Nothing is written. */
export function preview<K extends CommandOperation>(operation: K, request: RequestOf<K>): Promise<Preview> {
  return send(operation, request, { preview: '1' }) as Promise<Preview>;
}

/** Reads what is no JSON: exports, line by line. */
export async function read<K extends Operation>(operation: K, request: RequestOf<K>): Promise<string> {
  const loose: LooseRequest = request;
  const response = await ask(address(operation, loose, {}), loose.signal ? { signal: loose.signal } : {});
  const text = await response.text().catch(unreachable);
  if (!response.ok) refuse(response, text);
  return text;
}

/** Follows an `undo` link as the server handed it out. */
export function follow(method: 'POST', href: string, as?: SentAs): Promise<unknown> {
  return answerTo(as ? `${href}?${as}=1` : href, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
    body: '{}',
  });
}

/** The address of a contract, for links, streams and `fetch`. */
export function addressOf<K extends Operation>(operation: K, request: RequestOf<K>): string {
  return address(operation, request, {});
}

interface LooseRequest {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

function send(operation: Operation, request: object, extra: Record<string, string> = {}): Promise<unknown> {
  const loose: LooseRequest = request;
  const [method = 'GET'] = operation.split(' ');
  return answerTo(address(operation, loose, extra), {
    method,
    headers: headersOf(method, loose),
    ...(loose.body === undefined ? {} : { body: JSON.stringify(loose.body) }),
    ...(loose.signal ? { signal: loose.signal } : {}),
  });
}

function address(operation: string, { params = {}, query = {} }: LooseRequest, extra: Record<string, string>): string {
  const pattern = operation.slice(operation.indexOf(' ') + 1);
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries({ ...query, ...extra }).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return `/api/v1${path}${search ? `?${search}` : ''}`;
}

function headersOf(method: string, { body, ifMatch }: LooseRequest): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'GET' ? {} : { 'idempotency-key': newKey() }),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
  };
}

async function answerTo(href: string, init: RequestInit): Promise<unknown> {
  const response = await ask(href, init);
  const text = await response.text().catch(unreachable);
  return response.ok ? parsed(text) : refuse(response, text);
}

function ask(href: string, init: RequestInit): Promise<Response> {
  return fetch(href, { credentials: 'same-origin', ...init }).catch(unreachable);
}

function refuse(response: Response, text: string): never {
  const answer = parsed(text);
  throw new Refusal(isProblem(answer) ? answer : unexplained(response));
}

/** A request that its own page gave up is not an unreachable server. */
function unreachable(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  throw new Unreachable();
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer;
}

function unexplained({ status, statusText }: Response): Problem {
  const title = `The server answered ${status} ${statusText}`.trim();
  return { type: 'about:blank', title, status, code: status === 503 ? 'BUSY' : 'INTERNAL', detail: title };
}

/** `crypto.randomUUID` is missing on plain-http origins, where on-prem servers often live. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
