import { environmentOf, environmentsOf } from '../../environments/find.ts';
import { askersAbroad } from '../around-feature.ts';
import { wholeSince } from '../coming-to-stage.ts';
import { standingIn } from '../find.ts';
import { placeOf } from '../line-of-stages.ts';
import { readersOf, releasesInWords } from '../../releases/readers.ts';
import { readReportOf } from '../report-reads.ts';
import { closed, closedBy, hourMs, open, type GateRow, type Verdict, type View } from './gate.ts';

/** The gates before a feature is everybody's, and before its flags go. */
export const leavingGates: readonly GateRow[] = [
  { stage: 'ga', name: 'hours at 100 %', check: wasLongAtFull },
  { stage: 'cleanup', name: 'report of reads', check: isReported },
  { stage: 'removed', name: 'production', check: isCleanedUpInProduction, isWide: true },
  { stage: 'removed', name: 'reads', check: isReadNoMore },
  { stage: 'removed', name: 'releases', check: isShippedNoMore, isWide: true },
  { stage: 'removed', name: 'dependents', check: isAskedNoMore, isWide: true },
];

const reportLastsDays = 7;
const howToReport = 'report anew, as with "taffrail audit --report"';

function wasLongAtFull(view: View): Verdict {
  const { state, environment, feature, now } = view;
  const { hoursAtFull } = feature;
  if (!environmentOf(state, environment).body.production) return open(`${environment} is no production environment.`);
  if (hoursAtFull === 0) return open('It need not wait at 100 %.');
  const wanted = `${hoursAtFull} hours at 100 % in ${environment}`;
  const fullSince = wholeSince(view);
  if (fullSince === undefined) return closed(`It has yet to spend ${wanted}.`);
  const opensMs = Date.parse(fullSince) + hoursAtFull * hourMs;
  if (opensMs <= now.getTime()) return open(`It has spent ${wanted}.`);
  return closed(`It has yet to spend ${wanted}: they are over at ${new Date(opensMs).toISOString()}.`);
}

function isReported({ state, now }: View): Verdict {
  const report = readReportOf(state);
  if (report === undefined) return closed(`Nobody has reported what the code reads: ${howToReport}.`);
  const isFresh = now.getTime() - Date.parse(report.at) <= reportLastsDays * 24 * hourMs;
  if (isFresh) return open(`Reads were reported at ${report.at}.`);
  return closed(`The last report of reads is from ${report.at}, more than ${reportLastsDays} days ago: ${howToReport}.`);
}

function isCleanedUpInProduction({ state, feature }: View): Verdict {
  const behind = inProduction(state, feature.key).filter(({ stage }) => placeOf(stage) < placeOf('cleanup'));
  if (behind.length === 0) return open('It is at cleanup in production.');
  const places = behind.map(({ environment, stage }) => `${stage} in ${environment}`).join(', ');
  return closed(`Its flags are archived everywhere at once, and it is ${places}: take it to cleanup there first.`);
}

/** A report from before the cleanup says nothing of it; one that does not list a flag says nothing of the flag. */
function isReadNoMore({ state, feature, standing }: View): Verdict {
  const report = readReportOf(state);
  const began = [standing, ...inProduction(state, feature.key)]
    .flatMap(({ stage, since }) => (stage === 'cleanup' && since !== undefined ? [since] : []))
    .sort()
    .at(-1);
  if (report === undefined || began === undefined || report.at <= began) {
    return closed(`Nobody has reported what the code reads since the cleanup began: ${howToReport}.`);
  }
  const counts = new Map(report.flags.map(({ key, reads }) => [key, reads]));
  const sentences = feature.flags.flatMap((flag) => stillRead(flag, counts.get(flag)));
  return closedBy(sentences, `No code reads its flags, as reported at ${report.at}.`);
}

function stillRead(flag: string, reads: number | undefined): string[] {
  if (reads === undefined) return [`The last report of reads does not list ${flag}.`];
  return reads === 0 ? [] : [`The code still reads ${flag} in ${reads} place${reads === 1 ? '' : 's'}.`];
}

function isShippedNoMore({ state, feature, now, accepts }: View): Verdict {
  const sentences = feature.flags.flatMap((flag) => {
    const readers = readersOf(state, flag, now);
    return readers.length === 0 ? [] : [`${flag} is still read by ${releasesInWords(readers)}.`];
  });
  if (sentences.length === 0) return open('No supported release reads its flags.');
  if (accepts) return open(`${sentences.join(' ')} That is accepted.`);
  return closed(`${sentences.join(' ')} Wait until their support ends, or accept that they do (--accept).`);
}

function isAskedNoMore({ state, feature }: View): Verdict {
  const askers = environmentsOf(state).flatMap(({ key }) => askersAbroad(state, key, feature));
  const sentences = askers.length === 0 ? [] : [`Its flags are still asked by ${askers.join(', ')}: change those first.`];
  return closedBy(sentences, 'Nothing else asks its flags.');
}

function inProduction(state: View['state'], key: string) {
  const production = environmentsOf(state).filter(({ body }) => body.production);
  return production.map((environment) => ({ environment: environment.key, ...standingIn(state, environment.key, key) }));
}
