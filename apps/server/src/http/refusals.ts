import type { ErrorRequestHandler } from 'express';
import { type Log, stackOf } from '../log.ts';
import { requestIdOf } from './observe.ts';
import { known, problemOf, sendProblem } from './problem.ts';

/** Answers whatever was thrown. Four parameters make a handler of errors. */
export function refusals(log: Pick<Log, 'error'>): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const requestId = requestIdOf(response);
    if (!known(error)) log.error('A request failed', { error: stackOf(error), request: requestId });
    // What was not read of the body is let run through, so that the client gets to read the answer.
    request.resume();
    sendProblem(response, problemOf(error, requestId));
  };
}
