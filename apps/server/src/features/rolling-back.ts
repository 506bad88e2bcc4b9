import type { Change, FeatureStage } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Document, Write } from '../changes/document.ts';
import { activeFeatures } from './find.ts';

/** What a rollback makes of the stages in an environment. */
interface StagesThen {
  readonly write: readonly Write[];
  /** Says that features backed out since stay so. */
  readonly kept: readonly Change[];
}

/**
 * Where features stood in an environment. But a feature that was backed out since stays so; and one whose flags are archived, or
 * were, stays where it is, for no rollback of an environment brings back or archives flags.
 */
export function stagesThen(state: State, environment: string, old: readonly Document[]): StagesThen {
  const then = new Map(
    old.flatMap(({ sort, key, body }) => (sort === 'feature-stage' ? [[key, body as FeatureStage] as const] : [])),
  );
  const now = new Map(state.list('feature-stage', environment).map(({ key, body }) => [key, body] as const));
  const moving = [...new Set([...then.keys(), ...now.keys()])].filter(
    (key) => now.get(key)?.stage !== 'backed-out' && now.get(key)?.stage !== 'removed' && then.get(key)?.stage !== 'removed',
  );
  const kept = [...now].filter(([key, { stage }]) => stage === 'backed-out' && then.get(key)?.stage !== 'backed-out');
  return {
    write: moving.map((key) => ({ sort: 'feature-stage', key, environment, body: then.get(key) })),
    kept: kept.map(([key]) => ({
      kind: 'feature.back-out-kept',
      environment,
      sort: 'feature-stage',
      key,
      summary: `stays backed out in ${environment}`,
    })),
  };
}

/** The flags of features that are backed out in an environment. */
export function flagsBackedOut(state: State, environment: string): ReadonlySet<string> {
  const isOut = (key: string) => state.get('feature-stage', key, environment)?.body.stage === 'backed-out';
  return new Set(activeFeatures(state).flatMap(({ key, flags }) => (isOut(key) ? flags : [])));
}
