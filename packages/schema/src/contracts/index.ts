import { backOutContracts } from './back-outs.ts';
import { connectionContracts } from './connections.ts';
import { environmentContracts } from './environments.ts';
import { featureContracts } from './features.ts';
import { flagContracts } from './flags.ts';
import { historyContracts } from './history.ts';
import { installContracts } from './installs.ts';
import { organizationContracts } from './organizations.ts';
import { projectContracts } from './projects.ts';
import { releaseContracts } from './releases.ts';
import { requestContracts } from './requests.ts';
import { segmentContracts } from './segments.ts';
import { sessionContracts } from './session.ts';
import { signingContracts } from './signing.ts';

/** Every route of the management API, relative to `/api/v1`. */
export const contracts = {
  ...sessionContracts,
  ...organizationContracts,
  ...projectContracts,
  ...environmentContracts,
  ...connectionContracts,
  ...flagContracts,
  ...featureContracts,
  ...releaseContracts,
  ...backOutContracts,
  ...signingContracts,
  ...installContracts,
  ...segmentContracts,
  ...historyContracts,
  ...requestContracts,
};
export type Contracts = typeof contracts;
export type Operation = keyof Contracts;
