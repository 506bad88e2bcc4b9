import { expect, it } from 'vitest';
import { type SentryBreadcrumb, sentryHook } from './sentry.ts';

/** What a Sentry with the integration would have been told. */
function told() {
  const [flags, crumbs]: [unknown[], SentryBreadcrumb[]] = [[], []];
  const integration = { addFeatureFlag: (...flag: unknown[]) => void flags.push(flag) };
  const sentry = {
    getClient: () => ({ getIntegrationByName: (name: string) => (name === 'FeatureFlags' ? integration : undefined) }),
    addBreadcrumb: (crumb: SentryBreadcrumb) => void crumbs.push(crumb),
  };
  const { finally: evaluated } = sentryHook(sentry);
  return { flags, crumbs, evaluated };
}

const evaluation = (org: string) => ({ flagKey: 'new-list', codeDefault: false, context: { org } });
const answer = (value: boolean, revision: number) => ({ value, reason: 'STATIC' as const, flagMetadata: { revision } });

it('knows apart who is asked about: only what changed for one of them is a change', () => {
  const { flags, crumbs, evaluated } = told();
  for (const revision of [1, 2]) {
    evaluated?.(evaluation('acme'), answer(true, revision));
    evaluated?.(evaluation('globex'), answer(revision === 2, revision));
  }
  expect(flags).toEqual([true, false, true, true].map((value) => ['new-list', value]));
  expect(crumbs).toEqual([
    {
      category: 'feature_flag',
      level: 'info',
      message: 'new-list: false → true',
      data: { flag: 'new-list', from: 'false', to: 'true', reason: 'STATIC', revision: 2 },
    },
  ]);
});
