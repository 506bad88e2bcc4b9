import type { Environment, Stage } from '@taffrail/schema';
import { parsePercent } from '../edit/percentages.ts';
import { advancesOf, backOutsOf, type NamedFeature } from './feature-intents.ts';
import { bestMatches, matchScore } from './match.ts';
import { backoutsOf } from './release-intents.ts';
import { asVerb, type Verb } from './verbs.ts';

/** What a line of words means, as far as it was written. */
export interface Intent {
  readonly verb: Verb;
  /** The key of a flag; of a new flag, its name. */
  readonly flag: string;
  readonly environment: Environment | undefined;
  /** Contexts that were named: `acme`, `user:7`. */
  readonly keys: readonly string[];
  readonly kind: string;
  readonly percent: number | undefined;
  /** The feature that it is about, instead of a flag. */
  readonly feature?: string;
  /** The stage that the feature is to come to. */
  readonly stage?: Stage;
  /** Why a feature is backed out; empty while nobody said. */
  readonly reason?: string;
  /** The releases that it is backed out of; empty while nobody said. */
  readonly releases?: string;
}

/** What can be named. */
export interface World {
  readonly flags: readonly string[];
  readonly environments: readonly Environment[];
  readonly features: readonly NamedFeature[];
}

const flagsOffered = 4;
/** Verbs that act in one environment. */
const placed = new Set<Verb>(['on', 'off', 'kill', 'rollout', 'why']);
const usualKind = 'org';

const twoWords = /\bback\s+out\b/i;
/** Verbs of features, each with what it may mean. */
const ofFeatures: Partial<Record<Verb, typeof advancesOf>> = { advance: advancesOf, 'back-out': backOutsOf };

/** Every meaning of a line, best first. Verb first or flag first: `kill checkout prod`, `checkout rollout 10 prod`. */
export function intentsOf(line: string, world: World): readonly Intent[] {
  const written = line.trim().replace(twoWords, 'back-out').split(/\s+/).filter(Boolean);
  const [first, second] = written;
  if (asVerb(first)) return meant(asVerb(first), written.slice(1), world);
  return meant(asVerb(second), [first ?? '', ...written.slice(2)], world);
}

function meant(verb: Verb | undefined, [name = '', ...rest]: readonly string[], world: World): readonly Intent[] {
  if (!verb) return [];
  const nothing = { verb, flag: '', environment: undefined, keys: [], kind: usualKind, percent: undefined };
  if (verb === 'undo') return [nothing];
  if (name === '') return [];
  if (verb === 'backout') return backoutsOf(name, rest, world).map((act) => ({ ...nothing, ...act }));
  const acts = ofFeatures[verb]?.({ name, rest, ...world, named: (word) => environmentsNamed(word, world.environments) });
  if (acts) return acts.map((act) => ({ ...nothing, ...act, percent: act.percent }));
  const { environments, keys, percent } = sortedOut(verb, rest, world.environments);
  const flags = verb === 'new' ? [name] : bestMatches(name, world.flags, (flag) => flag, flagsOffered);
  const kind = keys[0]?.includes(':') ? (keys[0].split(':')[0] ?? usualKind) : usualKind;
  const shared = { verb, keys: keys.map((key) => key.replace(`${kind}:`, '')), kind, percent };
  const places = placesFor(verb, environments, keys.length > 0, world.environments);
  return flags.flatMap((flag) => places.map((environment) => ({ ...shared, flag, environment })));
}

/** Of what follows the flag: a percentage, an environment, and the rest are keys. */
function sortedOut(verb: Verb, words: readonly string[], all: readonly Environment[]) {
  const percent = verb === 'rollout' ? words.map(parsePercent).find((number) => number !== undefined) : undefined;
  const others = words.filter(
    (word) => !(verb === 'rollout' && parsePercent(word) !== undefined) && word !== 'in' && word !== '%',
  );
  const named = others.filter((word) => environmentsNamed(word, all).length > 0);
  const last = named.at(-1);
  return { percent, environments: last ? environmentsNamed(last, all) : [], keys: others.filter((word) => word !== last) };
}

function environmentsNamed(word: string, all: readonly Environment[]): readonly Environment[] {
  if (word.length < 2) return [];
  return all.filter(({ key, name }) => Math.max(matchScore(word, key), matchScore(word, name)) >= 4);
}

/** Where no environment is named each is offered; a new flag for somebody begins outside production. */
function placesFor(
  verb: Verb,
  named: readonly Environment[],
  hasKeys: boolean,
  all: readonly Environment[],
): readonly (Environment | undefined)[] {
  if (named.length > 0) return named;
  if (verb === 'new' && hasKeys) return all.filter(({ production }) => !production).toReversed();
  return placed.has(verb) ? all : [undefined];
}
