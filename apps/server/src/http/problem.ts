import { problemFrom } from '@taffrail/publish';
import type { Problem } from '@taffrail/schema';
import { AppError } from '../changes/app-error.ts';

export { sendProblem } from '@taffrail/publish';

/** Any error as an `AppError`; undefined for one that nobody foresaw. */
export function known(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof URIError) return new AppError('BAD_REQUEST', "The address is not encoded well: a '%' takes two digits.");
  return undefined;
}

/** The body of a refusal. What nobody foresaw says only which request it was. */
export function problemOf(error: unknown, requestId: string): Problem {
  const refusal = known(error) ?? unforeseen(requestId);
  const { mistakes, current } = refusal;
  return {
    ...problemFrom(refusal),
    ...(mistakes && { mistakes: [...mistakes] }),
    ...(current !== undefined && { current }),
  };
}

const unforeseen = (requestId: string) =>
  new AppError('INTERNAL', `Something failed that should not. The server's log says what, under request ${requestId}.`);
