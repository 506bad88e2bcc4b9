import type { ServerResponse } from 'node:http';
import { type Problem, type ProblemCode, problems } from '@taffrail/schema';

/** What a refusal may say beside its sentence. */
export interface RefusalParticulars {
  /** When trying again makes sense. */
  readonly retryAfterSeconds?: number;
  /** The error beneath, for logs only. */
  readonly cause?: unknown;
}

/** Why a request is not served, by a code of the table of problems. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string = problems[code].title, more: RefusalParticulars = {}) {
    super(detail, { cause: more.cause });
    this.name = 'Refusal';
    this.code = code;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Any error as a refusal. What nobody foresaw says only which request it was. */
export function refusalFrom(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal('INTERNAL', `Something failed that should not. The server's log says what, under request ${requestId}.`);
}

/** The body of a refusal. */
export function problemFrom({ code, message, retryAfterSeconds }: Refusal): Problem {
  return {
    type: `/api/docs#${code}`,
    ...problems[code],
    code,
    detail: message,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

/** Answers with problem+json; a response that is under way is cut, so that nobody takes its half for the whole. */
export function sendProblem(response: ServerResponse, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = Buffer.from(JSON.stringify(problem));
  response.writeHead(problem.status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    ...refusalHeaders(problem),
  });
  response.end(body);
}

/** What a refusal says in its headers. */
export const refusalHeaders = ({ status, retryAfterSeconds }: { status: number; retryAfterSeconds?: number | undefined }) => ({
  ...(retryAfterSeconds !== undefined && { 'Retry-After': Math.ceil(retryAfterSeconds) }),
  ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
});
