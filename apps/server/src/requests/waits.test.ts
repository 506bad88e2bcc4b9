import type { Policies } from '@taffrail/schema';
import { describe, expect, it } from 'vitest';
import type { TestProject } from '../changes/project.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { changeEnvironment } from '../environments/change-environment.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { advanceFeature } from '../features/advance-feature.ts';
import { backOutFeature } from '../features/back-out-feature.ts';
import { here, openFeature } from '../features/features.test-kit.ts';
import { killFlag, turnFlag, unlockFlag } from '../flags/acts.commands.ts';

const production = { environment: 'production' } as const;
const api = { ...production, flag: 'api' };
const second = 'second-person';

const gate = (project: TestProject, policies: Policies) => project.commit(changeEnvironment, { ...production, policies });
const on = (project: TestProject) => project.commit(turnFlag, { ...api, on: true });

/** What a project has been through, and what is tried then. */
interface Case {
  before?(project: TestProject): unknown;
  attempt(project: TestProject): Promise<{ waits?: readonly object[] | undefined }>;
}

const turning: Case = { attempt: (project) => project.preview(turnFlag, { ...api, on: true }) };
const stage: Case = { attempt: (project) => project.preview(advanceFeature, { ...here, stage: 'internal' }) };
const unlocking: Case = {
  before: (project) => [on(project), project.commit(killFlag, api)],
  attempt: (project) => project.preview(unlockFlag, api),
};
const undoneKill: Case = {
  before: unlocking.before!,
  attempt: (project) => project.preview(undoChange, { revision: String(project.state().revision - 1) }),
};
const widening: Case = {
  before: (project) => [on(project), project.commit(turnFlag, { ...api, on: false })],
  attempt: (project) => project.preview(rollbackEnvironment, { ...production, to: project.state().revision - 2 }),
};
const narrowing: Case = {
  before: on,
  attempt: (project) => project.preview(rollbackEnvironment, { ...production, to: project.state().revision - 2 }),
};
const backingOut: Case = {
  before: (project) => project.commit(advanceFeature, { ...here, stage: 'internal' }),
  attempt: (project) => project.preview(backOutFeature, here),
};
const weakening = (change: object): Case => ({
  attempt: (project) => project.preview(changeEnvironment, { ...production, ...change }),
});

describe('what waits, by the policies of production', () => {
  it.each<[string, Policies, Case, string[]]>([
    ['turning on, where nothing is gated', {}, turning, []],
    ['turning on, where publishing is', { publish: second }, turning, ['publish']],
    ['turning on, where only other acts are', { unlock: second, rollback: second, stage: second }, turning, []],
    ['a stage, where stages are', { stage: second }, stage, ['stage']],
    ['a stage, where publishing is: it is a way of publishing', { publish: second }, stage, ['publish']],
    ['a stage, where both are: once', { publish: second, stage: second }, stage, ['stage']],
    ['a stage, where only rollbacks are', { rollback: second }, stage, []],
    ['a rollback that widens, where rollbacks are', { rollback: second }, widening, ['rollback']],
    ['a rollback that widens, where publishing is', { publish: second }, widening, ['publish']],
    ['a rollback that narrows', { publish: second, rollback: second }, narrowing, []],
    ['a back-out', { publish: second, stage: second, unlock: second }, backingOut, []],
    ['lifting a kill, where that is', { unlock: second }, unlocking, ['unlock']],
    ['lifting a kill, where publishing is: the flag stays off', { publish: second }, unlocking, []],
    ['undoing a kill, where both are', { publish: second, unlock: second }, undoneKill, ['publish', 'unlock']],
    ['dropping the only policy', { stage: second }, weakening({ policies: { stage: 'none' } }), ['settings']],
    ['taking the mark of production away', { settings: second }, weakening({ production: false }), ['settings']],
    ['taking it away where nothing is gated', {}, weakening({ production: false }), []],
    ['a stronger policy, and another name', { publish: second }, weakening({ name: 'Live', policies: { stage: second } }), []],
  ])('%s', async (_, policies, { before, attempt }, actions) => {
    const project = openFeature();
    before?.(project);
    gate(project, policies);
    const { waits } = await attempt(project);
    expect(waits).toEqual(actions.map((action) => ({ environment: 'production', action })));
  });
});
