import type { Install } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { installsOf } from './find.ts';
import type { Site } from './site.ts';
import { releaseRunBy } from './standing.ts';

/** The installs that run each release, as they said last or as people handed it out, in order of their keys. */
export type Running = ReadonlyMap<string, readonly Install[]>;

export function runningIn(state: State, sites: ReadonlyMap<string, Site>): Running {
  const running = new Map<string, Install[]>();
  for (const install of installsOf(state)) {
    const release = releaseRunBy(state, install, sites.get(install.key));
    if (release === undefined) continue;
    const others = running.get(release);
    if (others === undefined) running.set(release, [install]);
    else others.push(install);
  }
  return running;
}

const namesSaid = 3;

/** `12 installs: Globex, “Initech, Berlin”, Umbrella and 9 more`; empty for none. */
export function installsInWords(installs: readonly Install[] = []): string {
  if (installs.length === 0) return '';
  const named = installs.slice(0, namesSaid).map(({ name }) => (name.includes(',') ? `“${name}”` : name));
  const more = installs.length - named.length;
  const count = installs.length === 1 ? '1 install' : `${installs.length} installs`;
  return `${count}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
