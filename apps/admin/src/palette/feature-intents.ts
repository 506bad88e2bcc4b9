import type { Environment, FeatureState, Stage } from '@taffrail/schema';
import { parsePercent } from '../edit/percentages.ts';
import { bestMatches } from './match.ts';

/** A feature, as far as lines of words ask about it. */
export interface NamedFeature {
  readonly key: string;
  readonly environments: Readonly<Record<string, { readonly stage: FeatureState; readonly next?: Stage }>>;
}

/** What is to become of a feature in one environment. */
export interface FeatureAct {
  readonly feature: string;
  readonly environment: Environment;
  /** Of an advance: the stage that it comes to. */
  readonly stage?: Stage;
  readonly percent?: number | undefined;
  /** Of a back-out: why; empty while nobody said. */
  readonly reason?: string;
}

interface Written {
  readonly name: string;
  readonly rest: readonly string[];
  readonly features: readonly NamedFeature[];
  readonly environments: readonly Environment[];
  /** The environments that a word names. */
  named(word: string): readonly Environment[];
}

const featuresOffered = 4;
/** Where there is nothing to back out of. */
const atRest = new Set<FeatureState>(['dark', 'removed', 'backed-out']);

/** `advance issues-v2 25 prod`: to the next stage, or to another share where it has one. */
export function advancesOf(written: Written): readonly FeatureAct[] {
  const percent = written.rest.map(parsePercent).find((number) => number !== undefined);
  const place = written.rest.find((word) => written.named(word).length > 0);
  const places = place ? written.named(place) : written.environments;
  return eachPlace(written, places).flatMap(({ feature, environment, standing }) => {
    const stage = standing.stage === 'percent' && percent !== undefined ? 'percent' : standing.next;
    return stage ? [{ feature, environment, stage, percent: stage === 'percent' ? percent : undefined }] : [];
  });
}

/** `back out issues-v2 prod errors rise`: what follows the feature, and the environment if one is named, is the reason. */
export function backOutsOf(written: Written): readonly FeatureAct[] {
  const [first = '', ...others] = written.rest.filter((word) => word !== 'in' && word !== 'of');
  const named = written.named(first);
  const reason = (named.length > 0 ? others : [first, ...others]).join(' ');
  return eachPlace(written, named.length > 0 ? named : written.environments)
    .filter(({ standing }) => !atRest.has(standing.stage))
    .map(({ feature, environment }) => ({ feature, environment, reason }));
}

function eachPlace({ name, features }: Written, places: readonly Environment[]) {
  return bestMatches(name, features, ({ key }) => key, featuresOffered).flatMap(({ key, environments }) =>
    places.flatMap((environment) => {
      const standing = environments[environment.key];
      return standing ? [{ feature: key, environment, standing }] : [];
    }),
  );
}
