export type { Alarms } from './alarms.ts';
export { about, type Answers, type ContextAnswers } from './answers.ts';
export { type Client, type Composed, composeClient, type Lifecycle } from './client.ts';
export type { ChangeListener } from './changes.ts';
export { layering } from './layering.ts';
export type { Layer, Layering, LayerSink, LayerSource, RunningLayers } from './layer.ts';
export { createCourse, type Course, type Failure, isRefusal } from './course.ts';
export { createLine, type Line } from './line.ts';
export { liveSource } from './live-source.ts';
export { retryAfterMs } from './retry-after.ts';
export type { Clock, Ending, Exchange, From, Logger, Platform, Shelf, Transport } from './platform.ts';
export type { Identity, RunningSource, Sink, Source, Standing, Taken } from './source.ts';
export {
  CONNECT_TIMEOUT_MS,
  FIRST_EVENT_TIMEOUT_MS,
  HEALTHY_MS,
  HEARTBEAT_MS,
  HEARTBEATS_MISSED,
  LONGEST_HEARTBEAT_MS,
  LONGEST_TEXT,
  POLL_TIMEOUT_MS,
  SHORTEST_HEARTBEAT_MS,
} from './limits.ts';
export type { Standings } from './standings.ts';
export type { State, States } from './states.ts';
export { createVoice, type Voice } from './voice.ts';
export type { BooleanFlagKey, CodeDefault, FlagKey, ValueOf } from './typed.ts';
export type { ClientParts } from './upkeep.ts';
