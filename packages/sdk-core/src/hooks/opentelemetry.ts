import type { Context, Json, Resolution } from '@taffrail/engine';
import { contextId } from './context-id.ts';
import type { Evaluation, Hook } from './hook.ts';

/** What an event says of an evaluation. */
export interface TelemetryAttributes {
  [name: string]: string | number | boolean;
}

/** `trace` of `@opentelemetry/api`: evaluations are events of the span that is active. */
export interface SpanTelemetry {
  getActiveSpan(): { isRecording(): boolean; addEvent(name: string, attributes: TelemetryAttributes): unknown } | undefined;
}

/** A logger of `@opentelemetry/api-logs`: evaluations are events of their own, which belong to the span that is active, if any. */
export interface LogTelemetry {
  emit(event: { eventName: string; attributes: TelemetryAttributes }): void;
}

/** How much is told. */
export interface OpenTelemetryHookOptions {
  /** Adds the value where there is a variant. Absent: no; a value may be large, or nobody else's business. */
  readonly values?: boolean;
  /**
   * Who an evaluation is about; `false` says nothing of it. Absent: the key of a user alone, else `kind:key` of every kind. Attributes
   * are never told.
   */
  readonly contextId?: false | ((context: Context) => string | undefined);
}

const EVENT = 'feature_flag.evaluation';
/** Characters of a value that are told. */
const LONGEST_VALUE = 1_000;

/**
 * Tells OpenTelemetry of each evaluation, by its semantic conventions for feature flags (1.40 and later): as an event of the active
 * span, or, given a logger, as an event among the logs.
 */
export function openTelemetryHook(telemetry: SpanTelemetry | LogTelemetry, options: OpenTelemetryHookOptions = {}): Hook {
  const tell = teller(telemetry);

  return {
    name: 'opentelemetry',
    finally(evaluation, resolution) {
      tell(() => attributesOf(evaluation, resolution, options));
    },
  };
}

/** Where nobody listens, nothing is put together. */
function teller(telemetry: SpanTelemetry | LogTelemetry): (attributes: () => TelemetryAttributes) => void {
  if ('emit' in telemetry) return (attributes) => telemetry.emit({ eventName: EVENT, attributes: attributes() });
  return (attributes) => {
    const span = telemetry.getActiveSpan();
    if (span?.isRecording()) span.addEvent(EVENT, attributes());
  };
}

function attributesOf(
  { flagKey, context }: Evaluation,
  { value, variant, reason, errorCode, errorMessage, flagMetadata }: Resolution,
  { values = false, contextId: idOf = contextId }: OpenTelemetryHookOptions,
): TelemetryAttributes {
  return present({
    'feature_flag.key': flagKey,
    'feature_flag.provider.name': 'Taffrail',
    'feature_flag.result.variant': variant,
    'feature_flag.result.value': values || variant === undefined ? told(value) : undefined,
    'feature_flag.result.reason': reason.toLowerCase(),
    'feature_flag.context.id': idOf ? idOf(context) : undefined,
    'feature_flag.set.id': flagMetadata['environment'] ?? flagMetadata['release'],
    'feature_flag.version': flagMetadata['revision']?.toString(),
    'error.type': errorCode?.toLowerCase(),
    'feature_flag.error.message': errorMessage,
  });
}

function present(attributes: { readonly [name: string]: string | number | boolean | undefined }): TelemetryAttributes {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as TelemetryAttributes;
}

/** A span's event holds no objects. */
function told(value: Json): string | number | boolean {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, LONGEST_VALUE);
}
