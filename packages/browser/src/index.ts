export { type BrowserClient, createClient } from './client.ts';
export type { BrowserOptions } from './options.ts';
export type { ChangeListener, ContextAnswers, Lifecycle, Logger, State } from '@taffrail/sdk-core';
export type { Context, ErrorCode, FlagMetadata, Json, Reason, Resolution, Rows } from '@taffrail/engine';
