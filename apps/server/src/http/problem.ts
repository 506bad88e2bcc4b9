import type { ServerResponse } from 'node:http';
import { problems, type Problem } from '@taffrail/schema';
import { AppError } from '../changes/app-error.ts';

/** Any error as an `AppError`; undefined for one that nobody foresaw. */
export function known(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof URIError) return new AppError('BAD_REQUEST', "The address is not encoded well: a '%' takes two digits.");
  return undefined;
}

/** The body of a refusal. What nobody foresaw says only which request it was. */
export function problemOf(error: unknown, requestId: string): Problem {
  const { code, message, mistakes, current, retryAfterSeconds } = known(error) ?? unforeseen(requestId);
  return {
    type: `/api/docs#${code}`,
    ...problems[code],
    code,
    detail: message,
    ...(mistakes && { mistakes: [...mistakes] }),
    ...(current !== undefined && { current }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

const unforeseen = (requestId: string) =>
  new AppError('INTERNAL', `Something failed that should not. The server's log says what, under request ${requestId}.`);

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
    ...(problem.retryAfterSeconds !== undefined && { 'Retry-After': Math.ceil(problem.retryAfterSeconds) }),
    ...(problem.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
  });
  response.end(body);
}
