import { Failure } from './failure.ts';

/** What was given with `--reason`, for acts that nobody may leave unexplained. */
export function saidReason(reason: string | undefined, act: string): string {
  if (reason !== undefined && reason !== '') return reason;
  throw new Failure('USAGE', `Say why: ${act} wants --reason "…".`);
}
