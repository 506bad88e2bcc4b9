export { answerAll, type Answer, answerOne, type FlagFailure, type Success } from './ofrep/answers.ts';
export { createOfrepEndpoint, type OfrepCounts, type OfrepDeps, type OfrepEndpoint } from './ofrep/endpoint.ts';
export { type Failure, type FailureCode } from './ofrep/failure.ts';
export { type RateLimits, rateLimits } from './ofrep/rate.ts';
