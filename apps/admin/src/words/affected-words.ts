import { type Affected, type FeatureAffected, gatedActions, type Preview } from '@taffrail/schema';
import { grouped, someOf } from './numbers.ts';

/** As many keys as a preview names before it counts. */
const namedKeys = 10;

/** Who is affected, a line for each way that contexts move. Nothing known is said, never guessed. */
export function affectedWords(affected: readonly Affected[]): string[] {
  const known = affected.filter((each) => each.known > 0);
  if (affected.length === 0) return [];
  if (known.length === 0)
    return ['Nothing is known about who is there, so nobody can be counted. Import known contexts to see them here.'];
  const many = new Set(known.map(placeOf)).size > 1;
  return known.flatMap((each) => linesOf(each, many ? ` (${placeOf(each)})` : ''));
}

function linesOf({ kind, known, changed, moves }: Affected, place: string): string[] {
  if (changed === 0) return [`None of ${grouped(known)} known ${plural(kind, known)} changes${place}.`];
  return moves.map(
    ({ from, to, count, keys }) =>
      `${name(from)} → ${name(to)} for ${grouped(count)} of ${grouped(known)} known ${plural(kind, known)}${place}: ${someOf(keys, count, namedKeys)}`,
  );
}

/** Who gains or loses a whole feature: `issues-v2 in production: 2 of 40 known orgs gain it: acme, berlin`. */
export function featureWords({ features = [] }: Pick<Preview, 'features'>): string[] {
  return features.filter(({ known }) => known > 0).flatMap(featureLines);
}

function featureLines({ feature, environment, kind, known, gained, lost }: FeatureAffected): string[] {
  const place = `${feature} in ${environment}`;
  const of = `of ${grouped(known)} known ${plural(kind, known)}`;
  const ways = [
    { named: gained, one: 'gains it', many: 'gain it' },
    { named: lost, one: 'loses it', many: 'lose it' },
  ].filter(({ named }) => named.count > 0);
  if (ways.length === 0) return [`${place}: none ${of} gains or loses it.`];
  return ways.map(
    ({ named: { count, keys }, one, many }) =>
      `${place}: ${grouped(count)} ${of} ${count === 1 ? one : many}: ${someOf(keys, count, namedKeys)}`,
  );
}

/** The installs that it reaches: `8.4.0 r2 for 210 connected and 1 air-gapped: Globex, Initech and 209 more`. */
export function installWords({ installs = [] }: Pick<Preview, 'installs'>): string[] {
  return installs.map(({ release, revision, connected, airGapped, names }) => {
    const what = revision === undefined ? `With the next upgrade from ${release}` : `${release} r${revision}`;
    const carried = airGapped > 0 ? ` and ${grouped(airGapped)} air-gapped` : '';
    const whom = names.length > 0 ? `: ${installNames(names, connected + airGapped)}` : '';
    return `${what} for ${grouped(connected)} connected${carried} ${plural('install', connected + airGapped)}${whom}`;
  });
}

/** People's names for installs may have commas of their own: `“Globex, Berlin”, Initech and 3 more`. */
export function installNames(names: readonly string[], total: number): string {
  return someOf(
    names.map((each) => (each.includes(',') ? `“${each}”` : each)),
    total,
    namedKeys,
  );
}

/** What of it a second person has to approve. */
export function waitWords({ waits = [] }: Pick<Preview, 'waits'>): string[] {
  return waits.map(
    ({ environment, action }) => `Waits for a second person: ${gatedActions[action].label.toLowerCase()} in ${environment}.`,
  );
}

/** What a preview warns of, and who else has to be thought of. */
export function dependentWords({ dependents }: Pick<Preview, 'dependents'>): string[] {
  return dependents.length > 0 ? [`Depending on it: ${someOf(dependents)}`] : [];
}

function placeOf({ flag, environment }: Affected): string {
  return `${flag} in ${environment}`;
}

function plural(kind: string, number: number): string {
  return number === 1 ? kind : `${kind}s`;
}

const name = (variant: string | null): string => variant ?? 'code default';
