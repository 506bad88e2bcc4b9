/** What OFREP says of what could not be answered, by OpenFeature's codes: the HTTP status of each. */
export const failureStatuses = {
  FLAG_NOT_FOUND: 404,
  PARSE_ERROR: 400,
  TARGETING_KEY_MISSING: 400,
  INVALID_CONTEXT: 400,
  GENERAL: 500,
} as const;
export type FailureCode = keyof typeof failureStatuses;

/** Why a flag, or a whole request, has no answer: a sentence that says what to do. */
export interface Failure {
  readonly errorCode: FailureCode;
  readonly errorDetails: string;
}

export const failure = (errorCode: FailureCode, errorDetails: string): Failure => ({ errorCode, errorDetails });

/** A code of the engine as OFREP spells it. */
export const failureCodeOf = (code: string): FailureCode =>
  Object.hasOwn(failureStatuses, code) ? (code as FailureCode) : 'GENERAL';
