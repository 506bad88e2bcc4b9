import type { InstallRow } from '@taffrail/schema';
import type { Progress } from '../api/release-queries.ts';
import { count, grouped } from '../words/numbers.ts';

/** `212 of 214 installs have it`. */
export function progressWords({ applied, concerned }: Pick<Progress, 'applied' | 'concerned'>): string {
  if (concerned === 0) return 'no install runs a release that carries it';
  return `${grouped(applied)} of ${count(concerned, 'install')} ${concerned === 1 ? 'has' : 'have'} it`;
}

const units = [
  { ms: 24 * 60 * 60 * 1_000, name: 'd' },
  { ms: 60 * 60 * 1_000, name: 'h' },
  { ms: 60 * 1_000, name: 'min' },
  { ms: 1_000, name: 's' },
] as const;

/** A span of time in its largest unit: `340 ms`, `2.1 s`, `3 d`. */
export function spanWords(spanMs: number): string {
  const unit = units.find(({ ms }) => spanMs >= ms);
  if (!unit) return `${Math.round(spanMs)} ms`;
  return `${Number((spanMs / unit.ms).toFixed(1))} ${unit.name}`;
}

/** How fast it came: half of the installs that have it, and nearly all. */
export function speedWords({ p50Ms, p99Ms }: Pick<Progress, 'p50Ms' | 'p99Ms'>): string | undefined {
  if (p50Ms === undefined || p99Ms === undefined) return undefined;
  return `half had it ${spanWords(p50Ms)} after it was signed, 99 % after ${spanWords(p99Ms)}`;
}

/** Why an install has not: a person carries the file there, it is not there to be told, or there is nothing signed to tell. */
export function waitingWords({ connection, online, runs, newest }: InstallRow): string {
  const has = runs ? `${runs.release} r${runs.revision}` : 'nothing acknowledged yet';
  if (connection === 'air-gapped') return `air-gapped: somebody carries it there (${has})`;
  const isSigned = runs === undefined || (newest !== undefined && newest > runs.revision);
  return `${online ? 'online' : 'offline'}, ${has}${isSigned ? '' : ': the shipment with it waits to be signed'}`;
}
