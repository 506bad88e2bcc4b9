import { Refusal, type RefusalParticulars } from '@taffrail/publish';
import type { Mistake, ProblemCode } from '@taffrail/schema';

/** What a refusal may carry beside its sentence. */
export interface Particulars extends RefusalParticulars {
  readonly mistakes?: readonly Mistake[];
  /** For CONFLICT: the document as it is now. */
  readonly current?: unknown;
}

/** A refusal by code. The HTTP layer turns it into problem+json, with the status of the code's row. */
export class AppError extends Refusal {
  readonly mistakes: readonly Mistake[] | undefined;
  /** For CONFLICT: the document as it is now. */
  readonly current: unknown;

  constructor(code: ProblemCode, detail?: string, more: Particulars = {}) {
    super(code, detail, more);
    this.name = 'AppError';
    this.mistakes = more.mistakes;
    this.current = more.current;
  }
}

/** Refuses with a code and a sentence that names the thing and says what to do. */
export function fail(code: ProblemCode, detail?: string, more?: Particulars): never {
  throw new AppError(code, detail, more);
}
