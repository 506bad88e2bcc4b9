import type { Affected, Change, FeatureAffected, InstallsAffected, Preview } from '@taffrail/schema';
import { cutLines } from './cut-lines.ts';
import type { Paint } from './row.ts';

const keysShown = 10;

/** Who is affected, in words: `production: 2 of 40 known orgs: acme, berlin (off → on)`. */
export function affectedLines(affected: readonly Affected[]): string[] {
  return affected.flatMap(movesOf);
}

function movesOf({ environment, flag, kind, known, changed, moves }: Affected): string[] {
  const where = `${environment}: ${flag}`;
  if (known === 0) return [`${where}: no ${kind} is known here, so nobody can be counted`];
  if (changed === 0) return [`${where}: none of ${known} known ${plural(kind)}`];
  return moves.map(
    ({ from, to, count, keys }) =>
      `${where}: ${count} of ${known} known ${plural(kind)}: ${names(keys, count)} (${variant(from)} → ${variant(to)})`,
  );
}

/** Who gains and loses whole features: `production: stream: 2 of 40 known orgs gain it: acme, berlin`. */
export function featureLines(features: readonly FeatureAffected[] = []): string[] {
  return features.flatMap(({ environment, feature, kind, known, gained, lost }) => {
    const line = (who: FeatureAffected['gained'], act: string) =>
      who.count === 0
        ? []
        : [`${environment}: ${feature}: ${who.count} of ${known} known ${plural(kind)} ${act} it: ${names(who.keys, who.count)}`];
    const moved = [...line(gained, 'gain'), ...line(lost, 'lose')];
    return moved.length > 0 ? moved : [`${environment}: ${feature}: none of ${known} known ${plural(kind)} gains or loses it`];
  });
}

/** Which installs get which shipment: `8.4.0 r2 → 12 installs (2 air-gapped): “Globex, Berlin”, Initech and 10 more`. */
export function installLines(installs: readonly InstallsAffected[] = []): string[] {
  return installs.map(({ release, revision, connected, airGapped, names: named }) => {
    const count = connected + airGapped;
    const who = `${count} install${count === 1 ? '' : 's'}${airGapped === 0 ? '' : ` (${airGapped} air-gapped)`}: ${names(named, count)}`;
    return revision === undefined ? `${release}, with the next upgrade → ${who}` : `${release} r${revision} → ${who}`;
  });
}

function names(keys: readonly string[], count: number): string {
  const shown = keys
    .slice(0, keysShown)
    .map((key) => (key.includes(',') ? `“${key}”` : key))
    .join(', ');
  const more = count - Math.min(keys.length, keysShown);
  return more > 0 ? `${shown} and ${more} more` : shown;
}

const variant = (name: string | null) => name ?? 'code default';

/** An English plural, good enough for the kinds people choose: orgs, companies, boxes. */
export function plural(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return kind.replace(/y$/, 'ies');
  return /(s|x|z|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`;
}

/** A preview as people read it: what would change, for whom, and what to mind. */
export function previewText(
  { changes, affected, features, installs, dependents, warnings, waits = [] }: Preview,
  paint: Paint,
): string {
  return [
    ...(changes.length === 0 ? ['Nothing would change.'] : changeLines(changes)),
    ...[...cutLines(changes), ...featureLines(features), ...affectedLines(affected), ...installLines(installs)].map(
      (line) => `  ${paint.cyan(line)}`,
    ),
    ...(dependents.length === 0 ? [] : [`  ${dependents.join(', ')} depend${dependents.length === 1 ? 's' : ''} on it`]),
    ...warningLines(warnings, paint),
    ...waits.map(({ environment, action }) => `  ${paint.yellow(`waits for a second person in ${environment} (${action})`)}`),
  ].join('\n');
}

/** What to mind, one line each. */
export const warningLines = (warnings: readonly string[], paint: Paint): string[] =>
  warnings.map((warning) => `  ${paint.yellow(`mind: ${warning}`)}`);

/** One line a document, as the server says it: all that happens to a flag stands together. */
export function changeLines(changes: readonly Change[]): string[] {
  const byKey = new Map<string, string[]>();
  for (const { key, summary } of changes) byKey.set(key, [...(byKey.get(key) ?? []), summary]);
  return [...byKey].map(([key, summaries]) => `${key}: ${summaries.join(', ')}`);
}
