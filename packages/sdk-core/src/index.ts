export type { Alarms } from './alarms.ts';
export { about, type Answers, type ContextAnswers } from './answers.ts';
export { type Client, type ClientParts, type Composed, composeClient, type Lifecycle } from './client.ts';
export type { ChangeListener } from './changes.ts';
export { liveSource } from './live-source.ts';
export { retryAfterMs } from './retry-after.ts';
export type { Clock, Ending, Exchange, From, Logger, Platform, Shelf, Transport } from './platform.ts';
export type { Identity, RunningSource, Sink, Source, Standing, Taken } from './source.ts';
export type { State } from './states.ts';
