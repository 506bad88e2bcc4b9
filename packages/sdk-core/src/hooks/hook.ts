import type { Context, Json, Resolution } from '@taffrail/engine';

/** A question that is being answered. */
export interface Evaluation {
  readonly flagKey: string;
  readonly codeDefault: Json;
  /** Whom the question is about: in a page, whoever was identified. */
  readonly context: Context;
}

/**
 * What looks on while flags are evaluated, in OpenFeature's stages. A stage is not waited for, and what it throws is said in the log,
 * once for each hook: neither changes an answer. What a hook itself asks of the client is answered without hooks.
 */
export interface Hook {
  /** What the log calls it. */
  readonly name?: string;
  /** Before a flag is evaluated. A context that is returned is evaluated instead, and is what later hooks see. */
  before?(evaluation: Evaluation): Context | void;
  /** A flag was evaluated without an error. */
  after?(evaluation: Evaluation, resolution: Resolution): unknown;
  /** The code default, or the value of a flag that is not understood, was served: the resolution's `errorCode` says why. */
  error?(evaluation: Evaluation, resolution: Resolution): unknown;
  /** Last of all, whatever came of it. */
  finally?(evaluation: Evaluation, resolution: Resolution): unknown;
}
