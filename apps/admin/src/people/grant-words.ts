import type { Grant } from '@taffrail/schema';

/** `admin`, `editor of web`, `viewer of web in production`. */
function grantWords({ role, project, environment }: Grant): string {
  const where = project === undefined ? '' : ` of ${project}${environment === undefined ? '' : ` in ${environment}`}`;
  return `${role}${where}`;
}

export function grantsWords(grants: readonly Grant[]): string {
  return grants.map(grantWords).join(', ');
}
