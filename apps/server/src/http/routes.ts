import { memberRoutes } from '../members/members.routes.ts';
import { sessionRoutes } from '../members/session.routes.ts';
import { organizationRoutes } from '../orgs/orgs.routes.ts';
import { sdkKeyRoutes } from '../tokens/sdk-keys.routes.ts';
import { tokenRoutes } from '../tokens/tokens.routes.ts';
import type { Route } from './route.ts';

/** Every route of the management API. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...organizationRoutes,
  ...memberRoutes,
  ...tokenRoutes,
  ...sdkKeyRoutes,
];
