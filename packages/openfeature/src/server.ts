import {
  type EvaluationContext,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  type ProviderEvents,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import type { Json } from '@taffrail/engine';
import { contextFrom, type FlatContext } from '@taffrail/engine/flat-context';
import type { Answers, Lifecycle } from '@taffrail/sdk-core';
import { begin } from './life.ts';
import { resolutionFor } from './resolving.ts';

/** A client of `@taffrail/node`. */
export type ServerClient = Pick<Answers, 'details'> & Lifecycle;

/**
 * Answers for the OpenFeature SDK of Node by a client of `@taffrail/node`. OpenFeature's `targetingKey` and flat attributes are of
 * the kind `user`; an attribute that is an object with a `key` is of a kind of its own.
 */
export class TaffrailProvider implements Provider {
  readonly metadata = { name: 'Taffrail' } as const;
  readonly runsOn = 'server';
  readonly events = new OpenFeatureEventEmitter();
  private readonly client: ServerClient;
  private end: (() => void) | undefined;

  /** The client is closed with the provider. */
  constructor(client: ServerClient) {
    this.client = client;
  }

  /** Resolves once there are values, the newest or the last good ones; rejects when there can be none. */
  async initialize(): Promise<void> {
    const emit: Parameters<typeof begin>[1] = (event, wrong) => this.events.emit(event as ProviderEvents, wrong);
    await begin(this.client, emit, (end) => (this.end = end));
  }

  async onClose(): Promise<void> {
    this.end?.();
    await this.client.close();
  }

  resolveBooleanEvaluation(key: string, codeDefault: boolean, context: EvaluationContext): Promise<ResolutionDetails<boolean>> {
    return this.resolve(key, codeDefault, context);
  }

  resolveStringEvaluation(key: string, codeDefault: string, context: EvaluationContext): Promise<ResolutionDetails<string>> {
    return this.resolve(key, codeDefault, context);
  }

  resolveNumberEvaluation(key: string, codeDefault: number, context: EvaluationContext): Promise<ResolutionDetails<number>> {
    return this.resolve(key, codeDefault, context);
  }

  resolveObjectEvaluation<T extends JsonValue>(
    key: string,
    codeDefault: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    return this.resolve(key, codeDefault, context);
  }

  private async resolve<T extends JsonValue>(
    key: string,
    codeDefault: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    return resolutionFor(this.client.details(key, codeDefault as Json, contextFrom(context as FlatContext)));
  }
}
