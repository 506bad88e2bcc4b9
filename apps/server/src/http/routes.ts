import { historyRoutes } from '../changes/history.routes.ts';
import { backOutRoutes } from '../back-outs/back-outs.routes.ts';
import { connectionRoutes } from '../cluster/connections.routes.ts';
import { contextRoutes } from '../contexts/contexts.routes.ts';
import { copyingRoutes } from '../environments/copying.routes.ts';
import { featureRoutes } from '../features/features.routes.ts';
import { flagRoutes } from '../flags/flags.routes.ts';
import { installRoutes } from '../installs/installs.routes.ts';
import { memberRoutes } from '../members/members.routes.ts';
import { sessionRoutes } from '../members/session.routes.ts';
import { organizationRoutes } from '../orgs/orgs.routes.ts';
import { projectRoutes } from '../projects/projects.routes.ts';
import { releaseRoutes } from '../releases/releases.routes.ts';
import { requestRoutes } from '../requests/requests.routes.ts';
import { waitablesOf } from '../requests/waitable.ts';
import { segmentRoutes } from '../segments/segments.routes.ts';
import { signingRoutes } from '../signing/signing.routes.ts';
import { streamRoutes } from '../streams/streams.routes.ts';
import { installKeyRoutes } from '../tokens/install-keys.routes.ts';
import { sdkKeyRoutes } from '../tokens/sdk-keys.routes.ts';
import { tokenRoutes } from '../tokens/tokens.routes.ts';
import type { Route } from './route.ts';

/** All that are not about requests. */
const plainRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...organizationRoutes,
  ...memberRoutes,
  ...tokenRoutes,
  ...projectRoutes,
  ...copyingRoutes,
  ...sdkKeyRoutes,
  ...flagRoutes,
  ...featureRoutes,
  ...releaseRoutes,
  ...signingRoutes,
  ...backOutRoutes,
  ...installRoutes,
  ...installKeyRoutes,
  ...segmentRoutes,
  ...contextRoutes,
  ...historyRoutes,
  ...streamRoutes,
  ...connectionRoutes,
];

/** Every route of the management API. */
export const routes: readonly Route[] = [...plainRoutes, ...requestRoutes(waitablesOf(plainRoutes))];
