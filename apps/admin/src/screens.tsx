import { FlagsPage } from './flags/flags-page.tsx';
import { pages } from './routes/pages.ts';
import { later, screen, type Screen } from './routes/screens.tsx';

/** Every page and its chunk. The list of flags is home: it comes with the first load. */
export const screens: readonly Screen[] = [
  screen(pages.flags, FlagsPage),
  screen(
    pages.flag,
    later(() => import('./flag/flag-page.tsx'), 'FlagPage'),
  ),
  screen(
    pages.features,
    later(() => import('./features/features-page.tsx'), 'FeaturesPage'),
  ),
  screen(
    pages.feature,
    later(() => import('./features/feature-page.tsx'), 'FeaturePage'),
  ),
  screen(
    pages.releases,
    later(() => import('./releases/releases-page.tsx'), 'ReleasesPage'),
  ),
  screen(
    pages.release,
    later(() => import('./releases/release-page.tsx'), 'ReleasePage'),
  ),
  screen(
    pages.backOuts,
    later(() => import('./back-outs/back-outs-page.tsx'), 'BackOutsPage'),
  ),
  screen(
    pages.backOut,
    later(() => import('./back-outs/back-out-page.tsx'), 'BackOutPage'),
  ),
  screen(
    pages.installs,
    later(() => import('./installs/installs-page.tsx'), 'InstallsPage'),
  ),
  screen(
    pages.install,
    later(() => import('./installs/install-page.tsx'), 'InstallPage'),
  ),
  screen(
    pages.support,
    later(() => import('./support/support-page.tsx'), 'SupportPage'),
  ),
  screen(
    pages.lines,
    later(() => import('./lines/lines-page.tsx'), 'LinesPage'),
  ),
  screen(
    pages.segments,
    later(() => import('./segments/segments-page.tsx'), 'SegmentsPage'),
  ),
  screen(
    pages.segment,
    later(() => import('./segments/segment-page.tsx'), 'SegmentPage'),
  ),
  screen(
    pages.contexts,
    later(() => import('./contexts/contexts-page.tsx'), 'ContextsPage'),
  ),
  screen(
    pages.context,
    later(() => import('./contexts/context-page.tsx'), 'ContextPage'),
  ),
  screen(
    pages.activity,
    later(() => import('./activity/activity-page.tsx'), 'ActivityPage'),
  ),
  screen(
    pages.rollback,
    later(() => import('./rollback/rollback-page.tsx'), 'RollbackPage'),
  ),
  screen(
    pages.requests,
    later(() => import('./requests/requests-page.tsx'), 'RequestsPage'),
  ),
  screen(
    pages.request,
    later(() => import('./requests/request-page.tsx'), 'RequestPage'),
  ),
  screen(
    pages.compare,
    later(() => import('./compare/compare-page.tsx'), 'ComparePage'),
  ),
  screen(
    pages.keys,
    later(() => import('./keys/keys-page.tsx'), 'KeysPage'),
  ),
  screen(
    pages.project,
    later(() => import('./settings/project-page.tsx'), 'ProjectPage'),
  ),
  screen(
    pages.people,
    later(() => import('./people/people-page.tsx'), 'PeoplePage'),
  ),
  screen(
    pages.tokens,
    later(() => import('./tokens/tokens-page.tsx'), 'TokensPage'),
  ),
  screen(
    pages.organization,
    later(() => import('./settings/organization-page.tsx'), 'OrganizationPage'),
  ),
  screen(
    pages.newProject,
    later(() => import('./settings/new-project-page.tsx'), 'NewProjectPage'),
  ),
  screen(
    pages.newOrganization,
    later(() => import('./settings/new-organization-page.tsx'), 'NewOrganizationPage'),
  ),
  screen(
    pages.account,
    later(() => import('./settings/account-page.tsx'), 'AccountPage'),
  ),
];
