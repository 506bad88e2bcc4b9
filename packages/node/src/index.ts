export { createClient } from './client.ts';
export type { NodeOptions } from './options.ts';
export type { Answers, ChangeListener, Client, ContextAnswers, Lifecycle, Logger, State } from '@taffrail/sdk-core';
export type { Context, ErrorCode, FlagMetadata, Json, Reason, Resolution } from '@taffrail/engine';
