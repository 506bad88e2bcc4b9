export { type SentryBreadcrumb, sentryHook, type SentryHookOptions, type SentrySdk } from '@taffrail/sdk-core/sentry';
