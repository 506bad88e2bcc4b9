import { describe, expect, it } from 'vitest';
import { ben, openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { killFlag, turnFlag, unlockFlag } from './acts.commands.ts';
import { createFeature } from '../features/create-feature.ts';
import { createFlag } from './create-flag.ts';
import { archiveFlag, describeFlag } from './definition.commands.ts';
import { flagDetail, flagList } from './flags.views.ts';
import { pinFlag } from './pin-flag.ts';
import { publishEdits } from './publish-edits.ts';
import { rolloutFlag } from './rollout-flag.ts';
import { why } from './why.ts';

const here = { environment: 'production', flag: 'f' } as const;
const withFlag = (): TestProject => {
  const project = openProject();
  project.commit(createFlag, { key: 'f' });
  return project;
};
const rule = (id: string) => ({ id, when: { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] }, serve: { variant: 'on' } });
const edit = (project: TestProject, fields: object) => project.commit(publishEdits, { edits: [{ ...here, edit: fields }] });
const everything = () => true;
const list = (project: TestProject, archived: 'no' | 'only' = 'no') =>
  flagList(project.storage, project.state(), { archived, reads: everything }, project.now.value);
const cell = (project: TestProject) => list(project).flags[0]!.environments['production'];
const later = (project: TestProject, days: number) => {
  project.now.value = new Date(project.now.value.getTime() + days * 24 * 60 * 60 * 1000);
};

describe('the cell of a flag in the list says', () => {
  it.each<[string, number | null, (project: TestProject) => unknown]>([
    ['off', 0, () => {}],
    ['killed', 0, (p) => p.commit(killFlag, here)],
    ['on', 1, (p) => p.commit(turnFlag, { ...here, on: true })],
    ['10 % of org', 0.1, (p) => p.commit(rolloutFlag, { ...here, percent: 10, kind: 'org' })],
    ['0.5 % of user', 0.005, (p) => p.commit(rolloutFlag, { ...here, percent: 0.5 })],
    ['acme +2', 0, (p) => p.commit(pinFlag, { ...here, kind: 'org', keys: ['acme', 'b', 'c'], variant: 'on', turnOn: true })],
    ['on + 2 rules', 1, (p) => edit(p, { on: true, rules: [rule('1'), rule('2')] })],
    ['1 rule', 0, (p) => edit(p, { on: true, rules: [rule('1')], fallthrough: { variant: 'off' } })],
    [
      'not acme, on',
      1,
      (p) => (
        p.commit(pinFlag, { ...here, kind: 'org', keys: ['acme'], variant: 'off' }),
        p.commit(turnFlag, { ...here, on: true })
      ),
    ],
    ['on for nobody', 0, (p) => edit(p, { on: true, fallthrough: { variant: 'off' } })],
    [
      'one of 1 cases',
      null,
      (p) => edit(p, { on: true, fallthrough: { switch: [{ when: rule('1').when, serve: { variant: 'on' } }] } }),
    ],
  ])('%s (share %s)', (summary, share, arrange) => {
    const project = withFlag();
    arrange(project);
    expect(cell(project)).toMatchObject({ summary, share });
  });
});

describe('the list of flags', () => {
  it('has a row a flag, each with its last change in words', () => {
    const project = withFlag();
    project.commit(createFlag, { key: 'constructor' });
    project.commit(turnFlag, { ...here, on: true }, { actor: ben });
    const { flags, revision } = list(project);
    expect(revision).toBe(4);
    expect(flags.map(({ definition }) => definition.key)).toEqual(['constructor', 'f']);
    expect(flags[1]).toMatchObject({ lastChange: { revision: 4, by: ben, summary: 'turned on in production' } });
    expect(flags[0]).toMatchObject({ lastChange: { revision: 3, summary: 'created (boolean, release)' } });
    expect(Object.keys(flags[0]!.environments)).toEqual(['development', 'staging', 'production']);
  });

  it('has archived flags apart', () => {
    const project = withFlag();
    project.commit(createFlag, { key: 'g' });
    project.commit(archiveFlag, { flag: 'f' });
    expect(list(project).flags.map(({ definition }) => definition.key)).toEqual(['g']);
    expect(list(project, 'only').flags.map(({ definition }) => definition.key)).toEqual(['f']);
  });

  it('says why a flag should be cleaned up', () => {
    const project = withFlag();
    expect(list(project).flags[0]).not.toHaveProperty('stale');
    for (const environment of ['development', 'staging', 'production'])
      project.commit(turnFlag, { environment, flag: 'f', on: true });
    later(project, 29);
    expect(list(project).flags[0]).not.toHaveProperty('stale');
    later(project, 1);
    expect(list(project).flags[0]!.stale).toBe('on for everybody everywhere since 30 days or more');
    project.commit(describeFlag, { flag: 'f', kind: 'config', expiresOn: null });
    later(project, 40);
    expect(list(project).flags[0]).not.toHaveProperty('stale');
  });

  it('says that a flag has expired, from the day after its last', () => {
    const project = withFlag();
    later(project, 90);
    expect(list(project).flags[0]).not.toHaveProperty('stale');
    later(project, 1);
    expect(list(project).flags[0]!.stale).toBe('expired on 2026-05-30');
  });
});

const staging = (environment?: string) => environment === 'staging';

const listed = (project: TestProject) =>
  flagList(project.storage, project.state(), { archived: 'no', reads: staging }, project.now.value).flags[0]!;

describe('who may read one environment alone', () => {
  it('sees every flag, in that one', () => {
    const project = withFlag();
    project.commit(turnFlag, { environment: 'staging', flag: 'f', on: true });
    project.commit(turnFlag, { ...here, on: true });
    expect(Object.keys(listed(project).environments)).toEqual(['staging']);
    expect(listed(project).lastChange).toMatchObject({ revision: 3, summary: 'turned on in staging' });
    const detail = flagDetail(project.storage, project.state(), 'f', staging);
    expect(Object.keys(detail.environments)).toEqual(['staging']);
    expect(detail.lastChange).toMatchObject({ revision: 3 });
  });

  it('is told of no other where one commit changed both', () => {
    const project = withFlag();
    const edits = ['production', 'staging'].map((environment) => ({ environment, flag: 'f', edit: { on: true } }));
    project.commit(publishEdits, { edits });
    expect(listed(project).lastChange).toMatchObject({ revision: 3, summary: 'turned on in staging' });
  });

  it('is not told who asks a flag elsewhere, nor that everybody has it everywhere', () => {
    const project = withFlag();
    project.commit(createFlag, { key: 'g', environments: { production: { prerequisites: [{ flag: 'f', variants: ['on'] }] } } });
    for (const environment of ['development', 'staging', 'production'])
      project.commit(turnFlag, { environment, flag: 'f', on: true });
    later(project, 31);
    expect(flagDetail(project.storage, project.state(), 'f', staging).dependents).toEqual([]);
    expect(list(project).flags[0]).toHaveProperty('stale');
    expect(listed(project)).not.toHaveProperty('stale');
  });
});

describe('a flag in detail', () => {
  it('has the revision of each of its documents, and who asks it', () => {
    const project = withFlag();
    project.commit(createFlag, { key: 'g', environments: { staging: { prerequisites: [{ flag: 'f', variants: ['on'] }] } } });
    project.commit(turnFlag, { ...here, on: true });
    const detail = flagDetail(project.storage, project.state(), 'f', everything);
    expect(detail.definition.revision).toBe(2);
    expect(Object.entries(detail.environments).map(([environment, { revision }]) => [environment, revision])).toEqual([
      ['development', 2],
      ['staging', 2],
      ['production', 4],
    ]);
    expect(detail.environments['production']!.document).toEqual(project.flag('production', 'f'));
    expect(detail.dependents).toEqual(['g']);
    expect(detail.lastChange).toMatchObject({ revision: 4 });
  });

  it('that is not there is refused, naming the nearest', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'new-billing' });
    const refused = refusal(() => flagDetail(project.storage, project.state(), 'new-biling', everything));
    expect(refused).toMatchObject({
      code: 'NOT_FOUND',
      message: "There is no flag 'new-biling' in this project. Did you mean 'new-billing'?",
    });
  });
});

const ask = (project: TestProject, context: Record<string, unknown>) =>
  why(project.storage, project.state(), here, context, project.now.value);

describe('why', () => {
  it('fills in what is known of a key, and says what decided', () => {
    const project = withFlag();
    project.know('production', 'org', ['acme'], { plan: 'pro', seats: 5 });
    edit(project, { on: true, rules: [rule('pros')], fallthrough: { variant: 'off' } });
    const answer = ask(project, { org: 'acme' });
    expect(answer.resolution).toMatchObject({
      value: true,
      variant: 'on',
      reason: 'TARGETING_MATCH',
      flagMetadata: { ruleId: 'pros', revision: 3 },
    });
    expect(answer.context).toEqual({ org: { key: 'acme', plan: 'pro', seats: 5 } });
    expect(answer.trail.at(-1)).toMatchObject({ step: 'rule', id: 'pros', answer: 'true' });
    expect(answer.revision).toBe(3);
    expect(ask(project, { org: { key: 'acme', plan: 'free' } }).resolution).toMatchObject({ variant: 'off', reason: 'DEFAULT' });
  });

  it('uses nothing of another environment, and what is not known stays unknown', () => {
    const project = withFlag();
    project.know('staging', 'org', ['acme'], { plan: 'pro' });
    edit(project, { on: true, rules: [rule('pros')], fallthrough: { variant: 'off' } });
    expect(ask(project, { org: 'acme' })).toMatchObject({ resolution: { variant: 'off' }, context: { org: { key: 'acme' } } });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a kind that is none', { 'no kind': 'acme' }, '/body/context/no kind'],
    ['a key that is none', { org: '' }, '/body/context/org'],
    ['an entity without a key', { org: { plan: 'pro' } }, '/body/context/org/key'],
  ])('refuses %s', (_, context, at) => {
    expect(refusal(() => ask(withFlag(), context)).mistakes).toMatchObject([{ at }]);
  });
});

const detail = (project: TestProject) => flagDetail(project.storage, project.state(), 'f', everything);

describe('one flag', () => {
  it('says who killed it and why, until it is unlocked, and after edits too', () => {
    const project = withFlag();
    expect(detail(project).kills).toEqual({});
    const { revision } = project.commit(killFlag, here, { actor: ben });
    edit(project, { rules: [rule('1')] });
    expect(detail(project).kills).toMatchObject({ production: { revision, by: ben } });
    expect(Object.keys(detail(project).kills ?? {})).toEqual(['production']);
    project.commit(unlockFlag, here);
    expect(detail(project).kills).toEqual({});
  });

  it('names its feature', () => {
    const project = withFlag();
    expect(detail(project)).not.toHaveProperty('feature');
    project.commit(createFeature, { key: 'stream', flags: ['f'] });
    expect(detail(project)).toMatchObject({ feature: 'stream' });
  });
});
