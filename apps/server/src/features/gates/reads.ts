import type { ReadReport } from '@taffrail/schema';
import { inProduction } from '../find.ts';
import { readReports } from '../report-reads.ts';
import { closed, closedBy, hourMs, type Verdict, type View } from './gate.ts';

const reportLastsDays = 7;
const howToReport = 'report anew, as with "taffrail audit --report"';

/** Every source that has ever reported must have done so lately: what it reads today is not known otherwise. */
export function isReported({ state, now }: View): Verdict {
  const reports = readReports(state);
  if (reports.length === 0) return closed(`Nobody has reported what the code reads: ${howToReport}.`);
  const stale = reports.flatMap((report) => staleness(report, now));
  return closedBy(stale, `Reads were reported by ${sourcesInWords(reports)}.`);
}

/** A report from before the cleanup says nothing of it; one that does not list a flag says nothing of the flag. */
export function isReadNoMore(view: View): Verdict {
  const { state, feature, now } = view;
  const reports = readReports(state);
  const began = cleanupBegan(view);
  const since = reports.filter(({ at }) => began !== undefined && at > began);
  if (since.length === 0) return closed(`Nobody has reported what the code reads since the cleanup began: ${howToReport}.`);
  const sentences = reports.flatMap((report) => {
    if (!since.includes(report)) return [silence(report)];
    const reads = new Map(report.flags.map(({ key, reads: count }) => [key, count]));
    const still = feature.flags.flatMap((flag) => stillRead(report.key, flag, reads.get(flag)));
    return [...staleness(report, now), ...still, ...untold(report)];
  });
  return closedBy(sentences, `No code reads its flags, as reported by ${sourcesInWords(reports)}.`);
}

/** When the last of the environments that must be at cleanup came there. */
function cleanupBegan({ state, feature, standing }: View): string | undefined {
  return [standing, ...inProduction(state, feature.key)]
    .flatMap(({ stage, since }) => (stage === 'cleanup' && since !== undefined ? [since] : []))
    .sort()
    .at(-1);
}

function staleness({ key, at }: ReadReport, now: Date): string[] {
  if (now.getTime() - Date.parse(at) <= reportLastsDays * 24 * hourMs) return [];
  return [`The last report of ${key} is from ${at}, more than ${reportLastsDays} days ago: ${howToHear(key)}.`];
}

function silence({ key }: ReadReport): string {
  return `${key} has not reported what it reads since the cleanup began: ${howToHear(key)}.`;
}

const howToHear = (source: string) =>
  `report anew with "taffrail audit --report --source ${source}", or, if that code is no more, "taffrail reads forget ${source}"`;

function stillRead(source: string, flag: string, reads: number | undefined): string[] {
  if (reads === undefined) return [`The last report of ${source} does not list ${flag}.`];
  return reads === 0 ? [] : [`The code of ${source} still reads ${flag} in ${reads} place${reads === 1 ? '' : 's'}.`];
}

/** A read whose flag nobody can tell may be of this feature. */
function untold({ key, dynamic }: ReadReport): string[] {
  if (dynamic === undefined) return [`The last report of ${key} does not say how many reads may be of any flag: ${howToReport}.`];
  if (dynamic.reads === 0) return [];
  const [places, left] = [dynamic.places.slice(0, 5), dynamic.reads - Math.min(5, dynamic.places.length)];
  const where = places.length === 0 ? '' : ` (${places.join(', ')}${left === 0 ? '' : ` and ${left} more`})`;
  const count = dynamic.reads === 1 ? '1 read' : `${dynamic.reads} reads`;
  return [`The code of ${key} has ${count} that may be of any flag${where}: write their keys out, and report anew.`];
}

function sourcesInWords(reports: readonly ReadReport[]): string {
  return reports.map(({ key, at }) => `${key} at ${at}`).join(', ');
}
