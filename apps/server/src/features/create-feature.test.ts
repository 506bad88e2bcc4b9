import { describe, expect, it } from 'vitest';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { createFlag } from '../flags/create-flag.ts';
import { archiveFlag } from '../flags/definition.commands.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { newestEntries } from '../changes/history.store.ts';
import { scope } from '../changes/project.test-kit.ts';
import { createFeature } from './create-feature.ts';
import { archiveFeature, describeFeature } from './definition.commands.ts';
import { featureDetail, featureList } from './features.views.ts';
import { advance, feature, flags, openFeature } from './features.test-kit.ts';

const everything = () => true;
const detail = (project: TestProject) => featureDetail(project.storage, project.state(), feature, everything, project.now.value);
const create = (project: TestProject, fields: object) =>
  project.commit(createFeature, { key: feature, flags: ['ui'], ...fields });

describe('creating a feature', () => {
  it('creates what is missing in the same revision: dark, for as long as the feature lasts', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'ui', owner: 'web' });
    const lifetime = { owner: 'issues', expiresOn: '2026-05-01' };
    const { revision } = create(project, { flags: ['ui', 'api'], createFlags: true, ...lifetime });
    expect(revision).toBe(3);
    expect(project.state().get('flag', 'api')?.body).toMatchObject({ type: 'boolean', kind: 'release', ...lifetime });
    expect(project.state().get('flag', 'ui')?.body.owner).toBe('web');
    const { environments } = detail(project);
    for (const standing of Object.values(environments)) expect(standing).toMatchObject({ stage: 'dark', differs: [] });
  });

  it.each<[string, object, string, string]>([
    ['a flag that is not there', { flags: ['ui', 'apo'] }, '/body/flags/1', "Did you mean 'api'?"],
    ['a flag of another feature', { flags: ['taken'] }, '/body/flags/0', 'belongs to other'],
    ['an archived flag', { flags: ['old'] }, '/body/flags/0', 'restore it first'],
    ['a variant that is not there', { variants: { ui: 'blue' } }, '/body/variants/ui', "no variant 'blue'"],
    ['a variant of a stranger', { variants: { api: 'on' } }, '/body/variants/api', 'no flag of the feature'],
    ['a flag that only has an off variant', { flags: ['one'] }, '/body/flags', 'no variant beside its off variant'],
  ])('refuses %s', (_, fields, at, message) => {
    const project = openProject();
    for (const key of ['ui', 'api', 'taken', 'old']) project.commit(createFlag, { key });
    project.commit(createFlag, { key: 'one', type: 'string', variants: { a: 'a' }, off: 'a' });
    project.commit(createFeature, { key: 'other', flags: ['taken'] });
    project.commit(archiveFlag, { flag: 'old' });
    const before = project.state();
    expect(refusal(() => create(project, fields)).mistakes).toMatchObject([{ at, message: expect.stringContaining(message) }]);
    expect(project.state()).toBe(before);
  });

  it('refuses a key that is taken', () => {
    expect(refusal(() => create(openFeature(), {}))).toMatchObject({ code: 'ALREADY_EXISTS' });
  });
});

describe('what a feature gives', () => {
  it('is the first variant beside the off variant, unless it names another', () => {
    const project = openFeature({ hoursAtFull: 0 });
    project.commit(createFlag, { key: 'rows', type: 'number', variants: { few: 10, some: 50, many: 100 }, off: 'few' });
    project.commit(describeFeature, { feature, flags: [...flags, 'rows'] });
    advance(project, 'ga');
    expect(project.flag('production', 'rows').fallthrough).toEqual({ variant: 'some' });
    project.commit(describeFeature, { feature, variants: { rows: 'many' } });
    expect(detail(project).environments['production']?.differs).toEqual([
      { flag: 'rows', sentence: 'for everybody else many → some' },
    ]);
    advance(project, 'ga');
    expect(project.flag('production', 'rows').fallthrough).toEqual({ variant: 'many' });
  });
});

describe('a flag of a feature', () => {
  it('is not archived by itself', () => {
    const project = openFeature();
    expect(refusal(() => project.commit(archiveFlag, { flag: 'ui' }))).toMatchObject({
      code: 'STILL_USED',
      message: expect.stringContaining('take it out of stream, or take stream to removed'),
    });
    project.commit(describeFeature, { feature, flags: ['api'] });
    expect(project.commit(archiveFlag, { flag: 'ui' }).changed).toBe(true);
  });

  it('edited by hand differs from its stage, pinned it does not', () => {
    const project = openFeature();
    advance(project, 'internal');
    const edit = (fields: object) =>
      project.commit(publishEdits, { edits: [{ environment: 'production', flag: 'api', edit: fields }] });
    edit({ pins: [{ kind: 'org', variant: 'on', keys: ['org-19'] }] });
    expect(detail(project).environments['production']?.differs).toEqual([]);
    edit({ rules: [] });
    expect(detail(project).environments['production']?.differs).toEqual([{ flag: 'api', sentence: '1 rule removed' }]);
    const { features } = featureList(project.storage, project.state(), { archived: 'no', reads: everything }, project.now.value);
    expect(features[0]?.environments['production']).toMatchObject({ stage: 'internal', next: 'early-access', differs: true });
    expect(features[0]?.environments['staging']).toMatchObject({ stage: 'dark', differs: false });
  });

  it('is owned by who creates it and ends in 90 days, unless it is said otherwise', () => {
    const project = openProject();
    for (const key of ['ui', 'api']) project.commit(createFlag, { key });
    project.commit(createFeature, { key: 'usual', flags: ['ui'] });
    project.commit(createFeature, { key: 'said', flags: ['api'], owner: '', expiresOn: null });
    expect(project.state().get('feature', 'usual')?.body).toMatchObject({ owner: 'Ana', expiresOn: '2026-05-30' });
    const said = project.state().get('feature', 'said')?.body;
    expect(said).toMatchObject({ owner: '' });
    expect(said).not.toHaveProperty('expiresOn');
  });

  it('may join another feature once its own is archived, and undo does not put it into two', () => {
    const project = openFeature();
    const { revision } = project.commit(archiveFeature, { feature });
    project.commit(createFeature, { key: 'other', flags: ['ui'] });
    expect(refusal(() => project.commit(undoChange, { revision } as never)).mistakes).toMatchObject([
      { message: 'feature other: ui belongs to stream: a flag is in one feature at most' },
      { message: 'feature stream: ui belongs to other: a flag is in one feature at most' },
    ]);
  });

  it('does not vanish under the feature by an undo', () => {
    const project = openProject();
    const { revision } = project.commit(createFlag, { key: 'ui' });
    create(project, {});
    expect(refusal(() => project.commit(undoChange, { revision } as never)).code).toBe('INVALID');
  });
});

describe('an archived feature', () => {
  it('moves no more and is not edited, and its flags stay as they are', () => {
    const project = openFeature();
    advance(project, 'percent', 50);
    const before = project.flag('production', 'ui');
    project.commit(archiveFeature, { feature });
    expect(refusal(() => advance(project, 'dark')).code).toBe('FEATURE_ARCHIVED');
    expect(refusal(() => project.commit(describeFeature, { feature, owner: 'web' })).code).toBe('FEATURE_ARCHIVED');
    expect(project.flag('production', 'ui')).toBe(before);
    expect(project.commit(archiveFeature, { feature }).changed).toBe(false);
  });
});

describe('the history of a feature', () => {
  it("has its own changes and its flags', and no others", () => {
    const project = openFeature();
    project.commit(createFlag, { key: 'stranger' });
    const { revision } = advance(project, 'internal');
    project.commit(publishEdits, { edits: [{ environment: 'production', flag: 'ui', edit: { on: false } }] });
    const found = project.storage.query((db) => newestEntries(db, scope, { feature }, 100));
    expect(found.map(({ command }) => command)).toEqual([
      'flag.publish',
      'feature.advance',
      'feature.create',
      'flag.create',
      'flag.create',
    ]);
    expect(found[1]?.revision).toBe(revision);
  });
});
