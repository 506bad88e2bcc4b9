export {
  type LogTelemetry,
  openTelemetryHook,
  type OpenTelemetryHookOptions,
  type SpanTelemetry,
  type TelemetryAttributes,
} from './hooks/opentelemetry.ts';
