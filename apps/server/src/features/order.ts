import type { Feature } from '@taffrail/schema';
import type { State } from '../changes/command.ts';

/** A feature's flags in an environment, each after its prerequisites; else as the feature lists them. */
export function inPrerequisiteOrder(state: State, environment: string, { flags }: Feature): string[] {
  const ordered = new Set<string>();
  const begun = new Set<string>();
  function place(flag: string): void {
    if (begun.has(flag) || !flags.includes(flag)) return;
    begun.add(flag);
    for (const prerequisite of prerequisitesOf(state, environment, flag)) place(prerequisite);
    ordered.add(flag);
  }
  flags.forEach(place);
  return [...ordered];
}

/** The flags that a flag waits for. */
export function prerequisitesOf(state: State, environment: string, flag: string): string[] {
  return (state.get('environment-flag', flag, environment)?.body.prerequisites ?? []).map((prerequisite) => prerequisite.flag);
}
