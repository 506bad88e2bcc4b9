export {
  type LogTelemetry,
  openTelemetryHook,
  type OpenTelemetryHookOptions,
  type SpanTelemetry,
  type TelemetryAttributes,
} from '@taffrail/sdk-core/opentelemetry';
