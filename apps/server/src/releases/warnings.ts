import type { Release } from '@taffrail/schema';
import { backOutsOf } from '../back-outs/find.ts';
import type { State } from '../changes/command.ts';
import { cellOf } from '../flags/cell.ts';
import { isSupported, releasesOf } from './find.ts';
import type { Frozen, FrozenFlags } from './frozen.ts';

const keysNamed = 10;

/** What whoever cuts a release should know, and that is no reason to refuse it. */
export function warningsOfCut(state: State, release: Release, found: FrozenFlags, now: Date): string[] {
  return [
    ...ofInput(state, release, now),
    ...carried(state, release),
    ...[...found.flags].flatMap(([key, one]) => warningsOf(key, one, found)),
    ...dark(found),
  ];
}

/** What was typed and can be meant, and more often is a slip. A release never changes. */
function ofInput(state: State, release: Release, now: Date): string[] {
  const lines = [...new Set(releasesOf(state).map(({ line }) => line))];
  return [
    ...(lines.length === 0 || lines.includes(release.line)
      ? []
      : [`${release.line} is a new line of releases, beside ${lines.join(', ')}: its sites need a key list of their own.`]),
    ...(isSupported(release, now) ? [] : [`Its support is over already: back-outs do not reach ${release.key}.`]),
  ];
}

function carried(state: State, { key, entries }: Release): string[] {
  return backOutsOf(state, key).flatMap(({ id, flags }) => {
    const here = flags.filter((flag) => entries.some((entry) => entry.key === flag));
    return here.length === 0 ? [] : [`${id} is open for it: ${here.join(', ')} off in ${key} too.`];
  });
}

function warningsOf(key: string, { definition, here, why, entry }: Frozen, { flags }: FrozenFlags): string[] {
  const waits = entry.policy === 'on' ? (entry.flag.prerequisites ?? []) : [];
  const unmet = waits.filter(({ flag, variants }) => !serves(flags.get(flag), variants)).map(({ flag }) => flag);
  return [
    ...(definition.archivedAt === undefined ? [] : [`${key} is archived, and the code reads it still.`]),
    ...unmet.map(
      (flag) => `${key} waits for ${flag}, which ships ${flags.get(flag)?.why ?? 'without a line'}: ${key} would be off.`,
    ),
    ...(why === 'onprem:rules' && here.pins.length > 0
      ? [`${key} ships its rules without its pins: they are of hosted customers.`]
      : []),
    ...(here.locked ? [`${key} is killed, so it ships dark whatever its policy.`] : []),
  ];
}

function serves(asked: Frozen | undefined, variants: readonly string[]): boolean {
  return asked?.entry.policy === 'rules' || (asked?.entry.policy === 'on' && variants.includes(asked.entry.variant));
}

/** Some have these hosted, and nobody will have them in the release. */
function dark({ flags }: FrozenFlags): string[] {
  const kept = [...flags].filter(([, { why, here }]) => why === 'dark' && here.on).sort(([a], [b]) => (a < b ? -1 : 1));
  if (kept.length === 0) return [];
  const named = kept.slice(0, keysNamed).map(([key, { here }]) => `${key} (${cellOf(here).summary})`);
  const more = kept.length > keysNamed ? ` and ${kept.length - keysNamed} more` : '';
  return [`On hosted and not ga, so dark in this release: ${named.join(', ')}${more}.`];
}
