export { type SentryBreadcrumb, sentryHook, type SentryHookOptions, type SentrySdk } from './hooks/sentry.ts';
