import { describe, expect, it } from 'vitest';
import type { TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { killFlag, turnFlag, unlockFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { backOutFeature } from './back-out-feature.ts';
import { bringBackFeature } from './bring-back-feature.ts';
import { describeFeature } from './definition.commands.ts';
import { advance, feature, flags, here, openFeature, stageOf } from './features.test-kit.ts';

const backOut = (project: TestProject) => project.commit(backOutFeature, here, { reason: 'rows are lost' });
const bringBack = (project: TestProject, stage: 'dark' | 'internal' | 'percent' | 'ga', percent?: number) =>
  project.commit(bringBackFeature, { ...here, stage, ...(percent !== undefined && { percent }) }, { reason: 'fixed' });
const isOut = (project: TestProject) =>
  flags.every((flag) => {
    const { on, locked } = project.flag('production', flag);
    return !on && locked;
  });
const atTen = (): TestProject => {
  const project = openFeature();
  advance(project, 'percent', 10);
  return project;
};

describe('backing a feature out', () => {
  it('turns off and locks every flag in one revision, those that wait for others first', () => {
    const project = atTen();
    const before = project.state().revision;
    const { revision, changes } = backOut(project);
    expect(revision).toBe(before + 1);
    expect(changes.map(({ kind, key, summary }) => [kind, key, summary])).toEqual([
      ['feature.backed-out', 'stream', '10 % of org → backed-out in production'],
      ['flag.killed', 'ui', 'killed in production'],
      ['flag.killed', 'api', 'killed in production'],
    ]);
    expect(isOut(project)).toBe(true);
    expect(stageOf(project)).toMatchObject({ stage: 'backed-out', from: 'percent', percent: 10 });
    expect(project.state().entry(revision)?.reason).toBe('rows are lost');
  });

  it('narrows, and leaves other environments as they are', async () => {
    const project = atTen();
    advance(project, 'internal', undefined, 'staging');
    expect((await project.preview(backOutFeature, here)).narrowing).toBe(true);
    backOut(project);
    expect(project.flag('staging', 'api').on).toBe(true);
    expect(backOut(project).changed).toBe(false);
  });

  it('keeps the rules, so that one can see what was', () => {
    const project = atTen();
    const { rules, fallthrough } = project.flag('production', 'api');
    backOut(project);
    expect(project.flag('production', 'api')).toMatchObject({ rules, fallthrough });
  });

  it.each<[string, (project: TestProject) => unknown]>([
    ['advancing', (project) => advance(project, 'internal')],
    ['unlocking a flag of it', (project) => project.commit(unlockFlag, { ...here, flag: 'ui' })],
    ['undoing a kill from before', (project) => project.commit(undoChange, { revision: killedAt(project) } as never)],
    ['taking in a flag that is on', (project) => project.commit(describeFeature, { feature, flags: [...flags, 'other'] })],
  ])('is not got around by %s', (_, act) => {
    const project = atTen();
    project.commit(killFlag, { ...here, flag: 'api' });
    project.commit(createFlag, { key: 'other', environments: { production: { on: true } } });
    backOut(project);
    expect(refusal(() => act(project)).code).toBe('FEATURE_BACKED_OUT');
    expect(isOut(project)).toBe(true);
  });
});

function killedAt(project: TestProject): number {
  return project.heard.find(({ entry }) => entry.command === 'flag.kill')!.entry.revision;
}

describe('bringing a feature back', () => {
  it('unlocks its flags and makes them what the stage says', () => {
    const project = atTen();
    const before = flags.map((flag) => project.flag('production', flag));
    backOut(project);
    expect(bringBack(project, 'percent', 10).changes[0]).toMatchObject({
      kind: 'feature.brought-back',
      summary: 'backed-out → 10 % of org in production',
    });
    expect(flags.map((flag) => project.flag('production', flag))).toEqual(before);
    expect(stageOf(project)).not.toHaveProperty('from');
  });

  it.each<[string, 'ga' | 'percent', number | undefined, string]>([
    ['to a later stage', 'ga', undefined, '/body/stage'],
    ['to more percent', 'percent', 11, '/body/percent'],
  ])('goes no further than it was: %s', (_, stage, percent, at) => {
    const project = atTen();
    backOut(project);
    expect(refusal(() => bringBack(project, stage, percent)).mistakes).toMatchObject([{ at }]);
    expect(isOut(project)).toBe(true);
  });

  it('passes the gates again', () => {
    const project = atTen();
    backOut(project);
    project.commit(describeFeature, { feature, owner: '' });
    expect(refusal(() => bringBack(project, 'percent', 10)).code).toBe('GATE_CLOSED');
    expect(bringBack(project, 'internal').changed).toBe(true);
  });

  it('does not lift the kill that a flag had before, by itself', () => {
    const project = atTen();
    project.commit(killFlag, { ...here, flag: 'api' });
    backOut(project);
    expect(refusal(() => bringBack(project, 'internal')).code).toBe('FLAG_LOCKED');
    bringBack(project, 'dark');
    expect(project.flag('production', 'api').locked).toBe(true);
    expect(project.flag('production', 'ui').locked).toBe(false);
  });

  it('is for features that are backed out', () => {
    const project = atTen();
    expect(refusal(() => bringBack(project, 'dark')).message).toContain('it is 10 % of org. Advance it instead.');
  });
});

const mayNotUnlock = (permission: string) => permission !== 'flag.unlock';

describe('undo and rollback', () => {
  it('undo of a stage move restores the stage together with its flags', () => {
    const project = openFeature();
    advance(project, 'internal');
    const before = project.state();
    const { revision } = advance(project, 'percent', 50);
    const undone = project.commit(undoChange, { revision } as never);
    expect(undone.changes.find(({ sort }) => sort === 'feature-stage')).toMatchObject({
      kind: 'feature.moved-back',
      key: 'stream',
      summary: '50 % of org → internal in production',
    });
    expect(stageOf(project)).toEqual(before.get('feature-stage', feature, 'production')?.body);
    expect(project.flag('production', 'ui')).toEqual(before.get('environment-flag', 'ui', 'production')?.body);
  });

  it('undo of a back-out needs the permission to unlock', () => {
    const project = atTen();
    const { revision } = backOut(project);
    expect(refusal(() => project.commit(undoChange, { revision } as never, { may: mayNotUnlock })).code).toBe('FORBIDDEN');
    project.commit(undoChange, { revision } as never);
    expect(stageOf(project)).toMatchObject({ stage: 'percent', percent: 10 });
  });

  it('rollback restores stages with their flags', () => {
    const project = openFeature();
    const { revision: to } = advance(project, 'internal');
    const then = project.state();
    advance(project, 'percent', 40);
    project.commit(rollbackEnvironment, { environment: 'production', to });
    expect(stageOf(project)).toEqual(then.get('feature-stage', feature, 'production')?.body);
    for (const flag of flags) {
      expect(project.flag('production', flag)).toEqual(then.get('environment-flag', flag, 'production')?.body);
    }
  });

  it('rollback to before the first move makes it dark', () => {
    const project = openFeature();
    const to = project.state().revision;
    advance(project, 'percent', 40);
    project.commit(rollbackEnvironment, { environment: 'production', to });
    expect(stageOf(project)).toBeUndefined();
    expect(project.flag('production', 'api').on).toBe(false);
  });

  it('a back-out made since stays, and is listed', () => {
    const project = openFeature();
    const { revision: to } = advance(project, 'percent', 40);
    backOut(project);
    project.commit(createFlag, { key: 'other' });
    const { revision: since } = project.commit(turnFlag, { ...here, flag: 'other', on: true });
    const { changes } = project.commit(rollbackEnvironment, { environment: 'production', to });
    expect(changes.map(({ summary }) => summary)).toContain('stays backed out in production');
    expect(isOut(project)).toBe(true);
    expect(stageOf(project)).toMatchObject({ stage: 'backed-out', from: 'percent' });
    expect(project.flag('production', 'other').on).toBe(false);
    expect(since).toBeGreaterThan(to);
  });

  it('a rollback to a back-out keeps off what joined the feature since', () => {
    const project = atTen();
    const { revision: to } = backOut(project);
    project.commit(createFlag, { key: 'other', environments: { production: { on: true } } });
    bringBack(project, 'dark');
    project.commit(describeFeature, { feature, flags: [...flags, 'other'] });
    project.commit(rollbackEnvironment, { environment: 'production', to });
    expect(isOut(project)).toBe(true);
    expect(project.flag('production', 'other')).toMatchObject({ on: false, locked: true });
  });
});
