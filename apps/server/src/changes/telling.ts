import type {
  Change,
  EnvironmentFlag,
  Feature,
  FeatureStage,
  FlagDefinition,
  OnpremPolicy,
  SegmentDocument,
} from '@taffrail/schema';
import { featureChange, stageChange } from '../features/changes.ts';
import { asJson, definitionChange, editChange } from '../flags/changes.ts';
import { onpremChange } from '../releases/changes.ts';
import { segmentChange } from '../segments/changes.ts';
import type { State } from './command.ts';
import type { Bodies, Sort, Write } from './document.ts';

/** Before or after, whichever sort of document it is. */
type Body = Bodies[Sort] | undefined;
type Tell = (id: Omit<Write, 'body'>, before: Body, after: Body) => Change;

/** How a change of each sort is told, when it was not made by a command of its own: by an undo or a rollback. */
const tells: Partial<Record<Sort, Tell>> = {
  flag: ({ key }, before, after) =>
    tellDefinition(key, before as FlagDefinition | undefined, after as FlagDefinition | undefined),
  'environment-flag': (id, before, after) =>
    tellFlag(id, before as EnvironmentFlag | undefined, after as EnvironmentFlag | undefined),
  segment: ({ environment = '' }, before, after) =>
    segmentChange(environment, before as SegmentDocument | undefined, after as SegmentDocument | undefined),
  feature: ({ key }, before, after) => featureChange(key, before as Feature | undefined, after as Feature | undefined),
  onprem: ({ key }, before, after) => onpremChange(key, before as OnpremPolicy | undefined, after as OnpremPolicy | undefined),
  'feature-stage': ({ key, environment = '' }, before, after) =>
    stageChange({ key, environment }, before as FeatureStage | undefined, after as FeatureStage | undefined),
};

/** Puts writes into words by comparing them with the documents that they replace. */
export function changesOf(state: State, writes: readonly Write[]): Change[] {
  return writes.flatMap(({ body, ...id }) => {
    const before = state.get(id.sort, id.key, id.environment)?.body;
    return tells[id.sort]?.(id, before, body) ?? [];
  });
}

function tellDefinition(key: string, before: FlagDefinition | undefined, after: FlagDefinition | undefined): Change {
  if (before !== undefined && after !== undefined) return definitionChange(before, after);
  const [kind, summary] = after === undefined ? ['flag.removed', 'removed'] : ['flag.created', 'created again'];
  return { kind, sort: 'flag', key, summary, ...sides(before, after) };
}

function tellFlag(
  { key, environment = '' }: Omit<Write, 'body'>,
  before: EnvironmentFlag | undefined,
  after: EnvironmentFlag | undefined,
) {
  if (before !== undefined && after !== undefined) return editChange({ environment, before, after });
  const [kind, what] = after === undefined ? ['flag.removed', 'removed from'] : ['flag.created', 'back in'];
  return { kind, environment, sort: 'environment-flag', key, summary: `${what} ${environment}`, ...sides(before, after) };
}

function sides(before: object | undefined, after: object | undefined): Pick<Change, 'before' | 'after'> {
  return { ...(before && { before: asJson(before) }), ...(after && { after: asJson(after) }) };
}
