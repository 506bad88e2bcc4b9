import { environmentOf, environmentsOf } from '../../environments/find.ts';
import { askersAbroad } from '../around-feature.ts';
import { wholeSince } from '../coming-to-stage.ts';
import { inProduction } from '../find.ts';
import { runningIn } from '../../installs/running.ts';
import { placeOf } from '../line-of-stages.ts';
import { readersOf, releasesInWords } from '../../releases/readers.ts';
import { isReadNoMore, isReported } from './reads.ts';
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

function isCleanedUpInProduction({ state, feature }: View): Verdict {
  const behind = inProduction(state, feature.key).filter(({ stage }) => placeOf(stage) < placeOf('cleanup'));
  if (behind.length === 0) return open('It is at cleanup in production.');
  const places = behind.map(({ environment, stage }) => `${stage} in ${environment}`).join(', ');
  return closed(`Its flags are archived everywhere at once, and it is ${places}: take it to cleanup there first.`);
}

function isShippedNoMore({ state, feature, now, accepts, sites = () => new Map() }: View): Verdict {
  const running = runningIn(state, sites());
  const sentences = feature.flags.flatMap((flag) => {
    const readers = readersOf(state, flag, now);
    return readers.length === 0 ? [] : [`${flag} is still read by ${releasesInWords(readers, running)}.`];
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
