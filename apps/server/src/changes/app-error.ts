import { problems, type Mistake, type ProblemCode } from '@taffrail/schema';

/** A refusal by code. The HTTP layer turns it into problem+json, with the status of the code's row. */
export class AppError extends Error {
  readonly code: ProblemCode;
  readonly mistakes: readonly Mistake[] | undefined;
  /** For CONFLICT: the document as it is now. */
  readonly current: unknown;

  constructor(
    code: ProblemCode,
    detail: string = problems[code].title,
    more: { mistakes?: readonly Mistake[]; current?: unknown } = {},
  ) {
    super(detail);
    this.name = 'AppError';
    this.code = code;
    this.mistakes = more.mistakes;
    this.current = more.current;
  }
}

/** Refuses with a code and a sentence that names the thing and says what to do. */
export function fail(code: ProblemCode, detail?: string, more?: { mistakes?: readonly Mistake[]; current?: unknown }): never {
  throw new AppError(code, detail, more);
}
