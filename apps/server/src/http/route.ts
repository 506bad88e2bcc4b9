import type { BodyOf, Contracts, Grant, Operation, ParamsOf, QueryOf, ResponseOf } from '@taffrail/schema';
import type { Actor } from '@taffrail/schema';
import type { Request, Response } from 'express';
import type { Command } from '../changes/command.ts';
import type { DocumentId, Scope } from '../changes/document.ts';
import type { Reads } from '../changes/seen.ts';
import type { Deps } from '../deps.ts';

/** Who calls, proven by a session cookie or a token, and what they may do in the organization that the path names. */
export interface Caller {
  readonly actor: Actor;
  /** The person behind a session or a personal token. */
  readonly personId?: string;
  readonly sessionId?: string;
  /** Grants in the path's organization; empty where the path names none. */
  readonly grants: readonly Grant[];
}

/** A request after authentication, permission and validation. */
export interface Call<K extends Operation> {
  readonly params: ParamsOf<K>;
  readonly query: QueryOf<Contracts[K]>;
  readonly body: BodyOf<Contracts[K]>;
  readonly caller: Caller;
  /** Which environments the answer may speak of: who was given one of them alone may read the project, and no other. */
  readonly reads: Reads;
  readonly now: Date;
  readonly request: Request;
  readonly response: Response;
}

/** Answers a call. Returning `undefined` means that the handler has written the response itself (streams, exports). */
export type Handler<K extends Operation> = (
  call: Call<K>,
  deps: Deps,
) => ResponseOf<Contracts[K]> | undefined | Promise<ResponseOf<Contracts[K]> | undefined>;

/** A route that is a command: its input is the path's parameters below the project (or organization) together with the body. */
export interface CommandRoute<Input> {
  readonly command: Command<Input>;
  /** Where it is committed; absent means the path's project, or its organization if it names none. */
  readonly scope?: (org: string, input: Input) => Scope;
  /**
   * The environments that a body names, for a command of the project that concerns them alone: the permission is asked for in
   * each of them, so that who was given one environment may use it there.
   */
  readonly environments?: (input: Input) => readonly string[];
  /** Looks at what only the whole server can see; throws. Runs before the command is applied. */
  readonly check?: (params: Readonly<Record<string, string>>, input: Input, deps: Deps) => void;
  /** The document that `If-Match` speaks of. */
  readonly document?: (params: Record<string, string>) => DocumentId;
}

export interface Route {
  readonly key: Operation;
  readonly handler?: Handler<Operation>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a table of routes holds commands of any input
  readonly command?: CommandRoute<any>;
}

/** Attaches a handler, or a command, to a contract. Method, path, permission, schemas and errors stand in the contract's row. */
export function route<K extends Operation>(key: K, answer: Handler<K>): Route {
  return { key, handler: answer };
}

/** Attaches a command to a contract: committed, or with `?preview=1` only previewed. */
export function commandRoute<Input>(key: Operation, answer: CommandRoute<Input>): Route {
  return { key, command: answer };
}
