import type { Resolution } from '@taffrail/engine';
import { contextId } from './context-id.ts';
import type { Hook } from './hook.ts';
import { createLastSeen } from './last-seen.ts';

/** What the hook calls of `@sentry/node`, `@sentry/browser` and those made of them. */
export interface SentrySdk {
  getClient(): { getIntegrationByName(name: string): object | undefined } | undefined;
  addBreadcrumb(breadcrumb: SentryBreadcrumb): void;
}

/** The trace of a value that changed. */
export interface SentryBreadcrumb {
  category: string;
  level: 'info';
  message: string;
  data: { [name: string]: unknown };
}

/** How much Sentry is told. */
export interface SentryHookOptions {
  /** Sends the variant of a flag that is not boolean as a flag of its own, `flag=variant`, which is true. Absent: no. */
  readonly variants?: boolean;
  /** Leaves a breadcrumb when a flag serves somebody another value than it did before. Absent: yes. */
  readonly breadcrumbs?: boolean;
}

const MISSING = 'Sentry takes no flags: add Sentry.featureFlagsIntegration() to the integrations of Sentry.init.';

/**
 * Tells Sentry which values flags had, so that its events carry the last hundred, in the order of their last evaluation. Needs
 * `integrations: [Sentry.featureFlagsIntegration()]` in `Sentry.init`; where Sentry was not initialised, nothing is told.
 */
export function sentryHook(sentry: SentrySdk, { variants = false, breadcrumbs = true }: SentryHookOptions = {}): Hook {
  const lastSeen = createLastSeen();
  let isComplained = false;

  function complain(): void {
    if (isComplained) return;
    isComplained = true;
    throw new Error(MISSING);
  }

  return {
    name: 'sentry',
    finally({ flagKey, context }, resolution) {
      const client = sentry.getClient();
      if (!client) return;
      const before = breadcrumbs && lastSeen(`${flagKey} ${contextId(context)}`, resolution);
      if (before) sentry.addBreadcrumb(breadcrumbOf(flagKey, before, resolution));
      const integration = client.getIntegrationByName('FeatureFlags');
      if (!takesFlags(integration)) return complain();
      const flag = flagFor(flagKey, resolution, variants);
      if (flag) integration.addFeatureFlag(...flag);
    },
  };
}

interface FlagTaker {
  addFeatureFlag(name: string, value: boolean): void;
}

const takesFlags = (integration: object | undefined): integration is FlagTaker =>
  integration !== undefined && 'addFeatureFlag' in integration;

/** Sentry takes booleans only. */
function flagFor(key: string, { value, variant }: Resolution, variants: boolean): [name: string, value: boolean] | undefined {
  if (typeof value === 'boolean') return [key, value];
  return variants && variant !== undefined ? [`${key}=${variant}`, true] : undefined;
}

function breadcrumbOf(flag: string, before: Resolution, after: Resolution): SentryBreadcrumb {
  const [from, to] = [wordFor(before), wordFor(after)];
  const { reason, flagMetadata } = after;
  const data = { flag, from, to, reason, revision: flagMetadata['revision'] };
  return { category: 'feature_flag', level: 'info', message: `${flag}: ${from} → ${to}`, data };
}

/** Short, however large the value is. */
const wordFor = ({ value, variant }: Resolution): string =>
  typeof value === 'boolean' ? String(value) : (variant ?? 'the code default');
