import { problems, type Mistake, type ProblemCode } from '@taffrail/schema';

/** What a refusal may carry beside its sentence. */
export interface Particulars {
  readonly mistakes?: readonly Mistake[];
  /** For CONFLICT: the document as it is now. */
  readonly current?: unknown;
  /** When trying again makes sense. */
  readonly retryAfterSeconds?: number;
  /** The error beneath, for logs only. */
  readonly cause?: unknown;
}

/** A refusal by code. The HTTP layer turns it into problem+json, with the status of the code's row. */
export class AppError extends Error {
  readonly code: ProblemCode;
  readonly mistakes: readonly Mistake[] | undefined;
  /** For CONFLICT: the document as it is now. */
  readonly current: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string = problems[code].title, more: Particulars = {}) {
    super(detail, { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.mistakes = more.mistakes;
    this.current = more.current;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Refuses with a code and a sentence that names the thing and says what to do. */
export function fail(code: ProblemCode, detail?: string, more?: Particulars): never {
  throw new AppError(code, detail, more);
}
