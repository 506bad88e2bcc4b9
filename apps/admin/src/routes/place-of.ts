import type { Scope } from '../api/scope.ts';

/** The organization and project that an address is in. */
export function placeOf(path: string): Partial<Scope> {
  const [, orgs, org, projects, project] = path.split('/').map(decodeURIComponent);
  if (orgs !== 'orgs' || !org) return {};
  return projects === 'projects' && project ? { org, project } : { org };
}
