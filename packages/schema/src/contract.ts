import type { Static, TSchema } from 'typebox';
import type { RoutePermission } from './permissions.ts';
import type { ProblemCode } from './problem.ts';

/** What a route promises: one row feeds express, OpenAPI, the tenant matrix and the typed client of the UI and the CLI. */
export interface Contract {
  /** One sentence, imperative. */
  readonly summary: string;
  /** OpenAPI's operationId, camelCase. */
  readonly operation: string;
  readonly permission: RoutePermission;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly response: TSchema;
  /** The problems that this route may answer with, beside those that every route may. */
  readonly errors: readonly ProblemCode[];
  /** It is a command: takes `If-Match`, `Idempotency-Key` and the query of `commandQuery`. */
  readonly command?: true;
  /** The largest body, if it is not the usual one. */
  readonly bodyLimitBytes?: number;
  /** The response is not JSON: its media type. */
  readonly media?: string;
}

/** `METHOD /path/:parameter`, relative to `/api/v1`. */
export type ContractKey = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

/** The names of the parameters in a path. */
export type ParamsOf<K extends string> = K extends `${string}:${infer Param}/${infer Rest}`
  ? Record<Param, string> & ParamsOf<Rest>
  : K extends `${string}:${infer Param}`
    ? Record<Param, string>
    : unknown;

type StaticOf<T> = T extends TSchema ? Static<T> : never;

/** What a typed client sends for a contract, and what comes back. */
export type QueryOf<C extends Contract> = StaticOf<C['query']>;
export type BodyOf<C extends Contract> = StaticOf<C['body']>;
export type ResponseOf<C extends Contract> = StaticOf<C['response']>;
