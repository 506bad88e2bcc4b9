import type { InstallKey } from '@taffrail/schema';
import { tagOf } from '@taffrail/shipment/browser';
import type { State } from '../changes/command.ts';

/** The keys of an install, the first one first. */
export function keysOf(organization: State, project: string, install: string): readonly InstallKey[] {
  const known = byInstall.get(organization) ?? keysByInstall(organization);
  byInstall.set(organization, known);
  return known.get(nameOf(project, install)) ?? [];
}

const byInstall = new WeakMap<State, ReadonlyMap<string, readonly InstallKey[]>>();

function keysByInstall(organization: State): ReadonlyMap<string, readonly InstallKey[]> {
  const known = new Map<string, InstallKey[]>();
  for (const { body } of organization.list('install-key')) {
    const name = nameOf(body.project, body.install);
    const others = known.get(name);
    if (others === undefined) known.set(name, [body]);
    else others.push(body);
  }
  for (const keys of known.values()) keys.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  return known;
}

/** Neither name holds a slash. */
const nameOf = (project: string, install: string): string => `${project}/${install}`;

/** What stands in the support codes of an install: it follows from the key that it uses, the newest one as far as is known here. */
export function tagIn(keys: readonly InstallKey[]): string | undefined {
  const key = keys.filter(({ revokedAt }) => revokedAt === undefined).at(-1) ?? keys.at(-1);
  return key && tagOf(key.id);
}

/** Whether a support code with this tag may be of an install: it may use any key that it ever had. */
export function hasTag(keys: readonly InstallKey[], tag: string): boolean {
  return keys.some(({ id }) => tagOf(id) === tag.toUpperCase());
}
