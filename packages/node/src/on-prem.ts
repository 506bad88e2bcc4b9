export { createClient, type OnPremClient, type OnPremSite } from './on-prem/client.ts';
export { type OnPremOptions, type VendorOptions } from './on-prem/options.ts';
export type { Answers, ChangeListener, Client, ContextAnswers, Lifecycle, Logger, State } from '@taffrail/sdk-core';
export type { Context, ErrorCode, FlagMetadata, Item, Json, Reason, Resolution } from '@taffrail/engine';
