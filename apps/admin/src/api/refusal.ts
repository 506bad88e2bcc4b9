import type { Mistake, Problem, ProblemCode } from '@taffrail/schema';
import { withMoments } from '../words/time.ts';

/** The server understood and said no: RFC 9457 with a stable code. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'Refusal';
    this.problem = problem;
  }

  get code(): ProblemCode {
    return this.problem.code;
  }
}

/** No answer came: no network, or no server. */
export class Unreachable extends Error {
  constructor() {
    super('The server cannot be reached. Nothing was lost: try again.');
    this.name = 'Unreachable';
  }
}

/** The one place where an error becomes a sentence for people. */
export function sentence(error: unknown): string {
  if (error instanceof Refusal) return refusalSentence(error.problem);
  if (error instanceof Unreachable) return error.message;
  return 'Something in this page failed. Reload it; if it fails again, tell whoever runs this server.';
}

/** What is wrong with which field, for forms; empty when the error is not about fields. */
export function mistakesOf(error: unknown): readonly Mistake[] {
  return error instanceof Refusal ? (error.problem.mistakes ?? []) : [];
}

export function isRefusal(error: unknown, code: ProblemCode): error is Refusal {
  return error instanceof Refusal && error.code === code;
}

function refusalSentence(problem: Problem): string {
  const said = withMoments(ended(problem.detail || problem.title));
  return problem.retryAfterSeconds ? `${said} Try again in ${Math.ceil(problem.retryAfterSeconds)} s.` : said;
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
