import { isDeepStrictEqual } from 'node:util';
import type { Change, Feature, FeatureStage } from '@taffrail/schema';
import { asJson } from '../flags/changes.ts';
import { placeOf } from './line-of-stages.ts';
import { usualKind } from './staged-flag.ts';

/** Sentences for the fields that people edit of a feature. */
const says: Readonly<Partial<Record<keyof Feature, (before: Feature, after: Feature) => string>>> = {
  name: (_, { name }) => `renamed ${name}`,
  description: () => 'description changed',
  owner: (a, b) => `owner ${a.owner || 'nobody'} → ${b.owner || 'nobody'}`,
  expiresOn: (a, b) => `expires ${a.expiresOn ?? 'never'} → ${b.expiresOn ?? 'never'}`,
  flags: sayFlags,
  variants: () => 'variants changed',
  audiences: (_, { audiences }) => `lets in ${audiences.internal}, then ${audiences['early-access']}`,
  hoursAtFull: (a, b) => `hours at 100 % ${a.hoursAtFull} → ${b.hoursAtFull}`,
  archivedAt: (_, { archivedAt }) => (archivedAt === undefined ? 'restored' : 'archived'),
};

/** What was done to a feature, in words. Either side is absent where the feature is not there. */
export function featureChange(key: string, before: Feature | undefined, after: Feature | undefined): Change {
  const sides = { ...(before && { before: asJson(before) }), ...(after && { after: asJson(after) }) };
  return { kind: kindOf(before, after), sort: 'feature', key, summary: sentenceOf(before, after), ...sides };
}

function kindOf(before: Feature | undefined, after: Feature | undefined): string {
  if (before === undefined) return 'feature.created';
  if (after === undefined) return 'feature.removed';
  return before.archivedAt === undefined && after.archivedAt !== undefined ? 'feature.archived' : 'feature.edited';
}

function sentenceOf(before: Feature | undefined, after: Feature | undefined): string {
  if (after === undefined) return 'feature removed';
  if (before === undefined) return `feature created of ${after.flags.join(', ')}`;
  return Object.entries(says)
    .filter(([field]) => !isDeepStrictEqual(before[field as keyof Feature], after[field as keyof Feature]))
    .map(([, say]) => say(before, after))
    .join(', ');
}

function sayFlags({ flags: before }: Feature, { flags: after }: Feature): string {
  const joined = after.filter((flag) => !before.includes(flag)).map((flag) => `took in ${flag}`);
  const left = before.filter((flag) => !after.includes(flag)).map((flag) => `let go of ${flag}`);
  return joined.length + left.length > 0 ? [...joined, ...left].join(', ') : 'flags reordered';
}

/** Where a feature stands in an environment, before and after; without a document it is dark. */
export function stageChange(
  { key, environment }: { readonly key: string; readonly environment: string },
  before: FeatureStage | undefined,
  after: FeatureStage | undefined,
): Change {
  const sides = { ...(before && { before: asJson(before) }), ...(after && { after: asJson(after) }) };
  const [was, is] = [stageInWords(before), stageInWords(after)];
  const summary = `${was === is ? `${is} once more` : `${was} → ${is}`} in ${environment}`;
  return { kind: kindOfMove(before, after), environment, sort: 'feature-stage', key, summary, ...sides };
}

type Place = Pick<FeatureStage, 'stage' | 'percent' | 'kind'>;
const dark: Place = { stage: 'dark' };

/** `internal`, `10 % of org`. */
export function stageInWords({ stage, percent = 0, kind = usualKind }: Place = dark): string {
  return stage === 'percent' ? `${percent} % of ${kind}` : stage;
}

function kindOfMove(before: Place = dark, after: Place = dark): string {
  if (after.stage === 'backed-out') return 'feature.backed-out';
  if (before.stage === 'backed-out') return 'feature.brought-back';
  const steps = placeOf(after.stage) - placeOf(before.stage) || (after.percent ?? 0) - (before.percent ?? 0);
  return steps < 0 ? 'feature.moved-back' : 'feature.advanced';
}
