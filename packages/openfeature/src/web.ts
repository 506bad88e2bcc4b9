import {
  type EvaluationContext,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  type ProviderEmittableEvents,
  type ResolutionDetails,
} from '@openfeature/web-sdk';
import type { Context, Json } from '@taffrail/engine';
import { contextFrom } from '@taffrail/engine/flat-context';
import type { ContextAnswers, Lifecycle } from '@taffrail/sdk-core';
import { begin } from './life.ts';
import { resolutionFor } from './resolving.ts';

/** A client of `@taffrail/browser`. */
export type WebClient = Pick<ContextAnswers, 'details'> & Lifecycle & { identify(context: Context): Promise<void> };

/**
 * Answers for the OpenFeature SDK of the web, and so for its React SDK, by a client of `@taffrail/browser`. It evaluates in the page:
 * another context is another answer at once, without a word to the server.
 */
export class TaffrailProvider implements Provider {
  readonly metadata = { name: 'Taffrail' } as const;
  readonly runsOn = 'client';
  readonly events = new OpenFeatureEventEmitter();
  private readonly client: WebClient;
  private end: (() => void) | undefined;

  /** The client is closed with the provider. */
  constructor(client: WebClient) {
    this.client = client;
  }

  /** Resolves once there are values, the newest or the last good ones; rejects when there can be none. */
  async initialize(context: EvaluationContext = {}): Promise<void> {
    this.onContextChange({}, context);
    const emit: Parameters<typeof begin>[1] = (event, wrong) => this.events.emit(event as ProviderEmittableEvents, wrong);
    await begin(this.client, emit, (end) => (this.end = end));
  }

  /** Nothing has to be waited for, so there is no time in which the answers are of neither context. */
  onContextChange(_before: EvaluationContext, after: EvaluationContext): void {
    void this.client.identify(contextFrom(after));
  }

  async onClose(): Promise<void> {
    this.end?.();
    await this.client.close();
  }

  resolveBooleanEvaluation(key: string, codeDefault: boolean): ResolutionDetails<boolean> {
    return this.resolve(key, codeDefault);
  }

  resolveStringEvaluation(key: string, codeDefault: string): ResolutionDetails<string> {
    return this.resolve(key, codeDefault);
  }

  resolveNumberEvaluation(key: string, codeDefault: number): ResolutionDetails<number> {
    return this.resolve(key, codeDefault);
  }

  resolveObjectEvaluation<T extends JsonValue>(key: string, codeDefault: T): ResolutionDetails<T> {
    return this.resolve(key, codeDefault);
  }

  private resolve<T extends JsonValue>(key: string, codeDefault: T): ResolutionDetails<T> {
    return resolutionFor(this.client.details(key, codeDefault as Json));
  }
}
