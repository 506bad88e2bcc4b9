import { evaluateAll, type FlagMetadata, type FlagSet, type Json, type Outcome, type Reason, resolve } from '@taffrail/engine';
import { askedBy } from './context.ts';
import { type Failure, failure, failureCodeOf, failureStatuses } from './failure.ts';

/** What a flag serves a context. No value: the code default. */
export interface Success {
  readonly key: string;
  readonly value?: Json;
  readonly variant?: string;
  readonly reason: Reason;
  readonly metadata?: FlagMetadata;
}

/** Why one flag has no answer. */
export interface FlagFailure extends Failure {
  readonly key: string;
  readonly metadata?: FlagMetadata;
}

/** The answer to a request: its status, and its body as an object of JSON. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/**
 * Asks one flag, with the body of the request as text, at a moment in epoch milliseconds. `facts` are said of every flag. Never
 * throws.
 */
export function answerOne(
  set: FlagSet,
  key: string,
  text: string,
  nowMs: number,
  facts: FlagMetadata = {},
): Answer<Success | FlagFailure> {
  const asked = askedBy(text);
  if ('failure' in asked) return failed({ key, ...asked.failure });
  const body = inWords(key, resolve(set, key, asked.context, nowMs), facts);
  return 'errorCode' in body ? failed(body) : { status: 200, body };
}

/** Asks all flags of a set, in its order. A flag without an answer says why, and stands in nobody's way. */
export function answerAll(
  set: FlagSet,
  text: string,
  nowMs: number,
  facts: FlagMetadata = {},
): Answer<{ readonly flags: readonly (Success | FlagFailure)[] } | Failure> {
  const asked = askedBy(text);
  if ('failure' in asked) return failed(asked.failure);
  return {
    status: 200,
    body: { flags: evaluateAll(set, asked.context, nowMs).map(([key, outcome]) => inWords(key, outcome, facts)) },
  };
}

const failed = <Body extends Failure>(body: Body): Answer<Body> => ({ status: failureStatuses[body.errorCode], body });

/**
 * An outcome in the words of OFREP. What this engine does not understand serves the off variant, as it does in every SDK: a client
 * that is told of a failure would serve its own default, which may be on.
 */
function inWords(
  key: string,
  { value, variant, reason, errorCode, errorMessage = '', flagMetadata }: Outcome,
  facts: FlagMetadata,
): Success | FlagFailure {
  const all = { ...flagMetadata, ...facts };
  const metadata = Object.keys(all).length > 0 && { metadata: all };
  if (errorCode !== undefined && value === undefined) {
    return { key, ...failure(failureCodeOf(errorCode), errorMessage), ...metadata };
  }
  return { key, ...(value !== undefined && { value, variant }), reason, ...metadata };
}
