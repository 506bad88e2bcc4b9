import type { Grant, Role } from './documents.ts';

/** The least role that each permission wants. A role holds everything that those before it hold. */
export const permissions = {
  'org.read': 'viewer',
  'org.manage': 'owner',
  'member.read': 'viewer',
  'member.manage': 'admin',
  'token.manage': 'admin',
  'project.read': 'viewer',
  'project.create': 'admin',
  'project.manage': 'admin',
  'environment.manage': 'admin',
  'environment.rollback': 'editor',
  'key.read': 'editor',
  'key.manage': 'admin',
  'flag.read': 'viewer',
  'flag.edit': 'editor',
  'flag.kill': 'editor',
  'flag.unlock': 'editor',
  'change.emergency': 'admin',
  'release.read': 'viewer',
  'release.cut': 'editor',
  'backout.make': 'editor',
  'shipment.sign': 'editor',
  'install.manage': 'editor',
  'segment.edit': 'editor',
  'context.edit': 'editor',
  'history.read': 'viewer',
} as const satisfies Record<string, Role>;

/** What a route asks of the caller. `public` asks nothing; `signed-in` a session or token of any organization; `sdk-key` and `install-key` a key. */
export type Permission = keyof typeof permissions;
export type RoutePermission = Permission | 'public' | 'signed-in' | 'sdk-key' | 'install-key';

const rank: Record<Role, number> = { viewer: 0, editor: 1, admin: 2, owner: 3 };

/** Where a permission is asked for. Absent project: the organization itself. */
export interface Place {
  readonly project?: string | undefined;
  readonly environment?: string | undefined;
}

/** Who was given one environment must find the way to it: these want no more than that the place is seen. */
const onTheWay: ReadonlySet<Permission> = new Set(['org.read', 'project.read']);

/**
 * Whether grants allow a permission at a place. A grant of the organization covers its projects, one of a project its
 * environments; a grant of an environment does not cover its project.
 */
export function allows(grants: readonly Grant[], permission: Permission, place: Place): boolean {
  if (onTheWay.has(permission)) return sees(grants, place);
  return grants.some((grant) => covers(grant, place) && rank[grant.role] >= rank[permissions[permission]]);
}

/**
 * Whether grants allow a permission at a place or anywhere below it: a project is read by who may read one environment of it, and
 * told of no other.
 */
export function allowsWithin(grants: readonly Grant[], permission: Permission, place: Place): boolean {
  return grants.some(
    (grant) => (covers(grant, place) || lies(grant, place)) && rank[grant.role] >= rank[permissions[permission]],
  );
}

/** Whether grants let the caller know that the place exists at all: any grant at it, above it or below it. */
export function sees(grants: readonly Grant[], place: Place): boolean {
  return grants.some((grant) => covers(grant, place) || lies(grant, place));
}

/** Whether who holds these grants may give another: nobody gives more than they have. */
export function mayGive(held: readonly Grant[], grant: Grant): boolean {
  return held.some((own) => covers(own, grant) && rank[own.role] >= rank[grant.role]);
}

/** Whether what was granted lies at a place or below it. */
const lies = (grant: Grant, place: Place): boolean => covers({ role: 'viewer', ...place } as Grant, grant);

function covers(grant: Pick<Grant, 'project' | 'environment'>, place: Place): boolean {
  if (grant.project === undefined) return true;
  return grant.project === place.project && (grant.environment === undefined || grant.environment === place.environment);
}
