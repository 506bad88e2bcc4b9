import type { FeatureStage } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { May, Outcome } from '../changes/command.ts';
import { environmentsOf } from '../environments/find.ts';
import { definitionChange } from '../flags/changes.ts';
import { riskOfArchiving } from '../releases/readers.ts';
import { stageChange } from './changes.ts';
import type { View } from './gates/gate.ts';

/** Refuses the end of the line to who may not edit flags everywhere, before its gates tell of other environments. */
export function refuseWithin({ feature }: View, may: May): void {
  if (may('flag.edit')) return;
  fail(
    'FORBIDDEN',
    `Removing ${feature.key} archives its flags in every environment, which needs the permission to edit them all.`,
  );
}

/** The end of the line: a feature's flags are archived, so it is removed in every environment at once. */
export function removed({ state, feature, now, accepts = false, sites = () => new Map() }: View): Outcome {
  const at = now.toISOString();
  const flags = feature.flags.flatMap((key) => {
    const before = state.get('flag', key)?.body;
    return before === undefined || before.archivedAt !== undefined ? [] : [{ before, after: { ...before, archivedAt: at } }];
  });
  const stages = environmentsOf(state).map(({ key: environment }) => {
    const before = state.get('feature-stage', feature.key, environment)?.body;
    const after: FeatureStage = { key: feature.key, stage: 'removed', since: at };
    return { environment, before, after };
  });
  return {
    write: [
      ...stages.map(({ environment, after }) => ({ sort: 'feature-stage' as const, key: feature.key, environment, body: after })),
      ...flags.map(({ after }) => ({ sort: 'flag' as const, key: after.key, body: after })),
    ],
    changes: [
      ...stages.map(({ environment, before, after }) => stageChange({ key: feature.key, environment }, before, after)),
      ...flags.flatMap(({ before, after }) => [
        definitionChange(before, after),
        ...riskOfArchiving(state, after.key, { now, sites }, accepts),
      ]),
    ],
  };
}
