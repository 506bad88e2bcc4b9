import { referencedFlags, referencedSegments, type Flag, type Segment } from '@taffrail/engine';
import type { EnvironmentFlag, Feature, FlagDefinition, Mistake, OnpremPolicy, ReleaseWhy } from '@taffrail/schema';
import type { PolicyEntry } from '@taffrail/shipment';
import type { State } from '../changes/command.ts';
import { featureHolding } from '../features/find.ts';
import { variantGiven } from '../features/staged-flag.ts';
import { flagLine } from '../flags/line.ts';
import { segmentLine } from '../segments/line.ts';
import { onpremIn } from './find.ts';
import { gaVariant } from './general.ts';

/** Where stages are looked at, and for which release. */
export interface Cutting {
  readonly state: State;
  readonly environment: string;
  readonly release: string;
}

/** A flag as it is frozen into a release: why, and what of it is shipped. */
export interface Frozen {
  readonly why: ReleaseWhy;
  readonly entry: PolicyEntry;
  readonly definition: FlagDefinition;
  readonly here: EnvironmentFlag;
}

/** Flags with all that they ask once they are frozen, and the segments among that. */
export interface FrozenFlags {
  readonly flags: ReadonlyMap<string, Frozen>;
  readonly segments: ReadonlyMap<string, Segment>;
}

/** Freezes flags; those that are not there are left out. */
export function frozen(cutting: Cutting, keys: readonly string[]): FrozenFlags {
  const flags = new Map<string, Frozen>();
  const segments = new Map<string, Segment>();
  const waiting = [...keys];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const one = flags.has(key) ? undefined : frozenFlag(cutting, key);
    if (one === undefined) continue;
    flags.set(key, one);
    waiting.push(...askedFlags(cutting, one, segments));
  }
  return { flags, segments };
}

/** What stands in the way of shipping segments: their lists name hosted customers, who are nobody's business at another site. */
export function mistakesInSegments({ segments }: FrozenFlags): Mistake[] {
  return [...segments.values()].flatMap(({ key, included = [], excluded = [] }) => {
    const named = included.length + excluded.length;
    const message = `segment ${key} names ${named} contexts, and would ship with rules: say it by attributes, or take the policy back`;
    return named === 0 ? [] : [{ at: '/body/manifest', message }];
  });
}

function frozenFlag(cutting: Cutting, key: string): Frozen | undefined {
  const { state, environment, release } = cutting;
  const definition = state.get('flag', key)?.body;
  const here = state.get('environment-flag', key, environment)?.body;
  if (definition === undefined || here === undefined) return undefined;
  const policy = here.locked ? undefined : onpremIn(state, key, release);
  const given = gaVariant(state, environment, here);
  const why = whyOf(policy, given !== undefined);
  const variant = given ?? variantGiven(featureHolding(state, key) ?? featureless, here);
  const { pins: _, metadata: __, ...flag } = flagLine(definition, here);
  const shipped = { flag, facts: factsOf(definition, here, why, policy) };
  return { why, entry: { ...shipped, ...served(why, variant) }, definition, here };
}

const featureless: Pick<Feature, 'variants'> = {};

/** A policy says what a flag is, unless it says no more than that the flag is on, which it is already. */
function whyOf(policy: OnpremPolicy | undefined, isGa: boolean): ReleaseWhy {
  if (isGa && (policy === undefined || policy.mode === 'on')) return 'ga';
  return policy === undefined ? 'dark' : `onprem:${policy.mode}`;
}

type Served = { readonly policy: 'on'; readonly variant: string } | { readonly policy: 'dark' | 'opt-in' | 'rules' };

function served(why: ReleaseWhy, variant: string | undefined): Served {
  if (why === 'onprem:rules') return { policy: 'rules' };
  if (why === 'onprem:opt-in') return { policy: 'opt-in' };
  return why === 'dark' || variant === undefined ? { policy: 'dark' } : { policy: 'on', variant };
}

/** What is not so is left out: so releases that were cut before a fact was told have the same bytes. */
function factsOf(
  { kind, owner, links }: FlagDefinition,
  { client }: EnvironmentFlag,
  why: ReleaseWhy,
  policy: OnpremPolicy | undefined,
) {
  const [link] = links;
  return {
    kind,
    why,
    ...(client && { client }),
    ...(owner !== '' && { owner }),
    ...(link !== undefined && { link: link.url }),
    ...(policy !== undefined && why !== 'ga' && { by: policy.by }),
  };
}

/** What is dark asks nobody; what is on waits for its prerequisites still. */
function askedFlags({ state, environment }: Cutting, { entry }: Frozen, segments: Map<string, Segment>): string[] {
  if (entry.policy === 'on') return (entry.flag.prerequisites ?? []).map(({ flag }) => flag);
  if (entry.policy !== 'rules') return [];
  const asked: (Flag | Segment)[] = [entry.flag];
  const flags: string[] = [];
  for (let item = asked.pop(); item !== undefined; item = asked.pop()) {
    flags.push(...referencedFlags(item));
    for (const key of referencedSegments(item)) {
      const document = segments.has(key) ? undefined : state.get('segment', key, environment)?.body;
      if (document === undefined) continue;
      const line = segmentLine(document);
      segments.set(key, line);
      asked.push(line);
    }
  }
  return flags;
}
