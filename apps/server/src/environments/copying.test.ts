import type { EnvironmentFlagEdit } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../changes/command.ts';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { createFeature } from '../features/create-feature.ts';
import { killFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { archiveFlag } from '../flags/definition.commands.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { putSegment } from '../segments/segments.commands.ts';
import { joinAs, signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';
import { copyEnvironment } from './copy-environment.ts';
import { differencesOf } from './differences.ts';

const toProduction = { environment: 'production', from: 'staging' } as const;
const early = { name: 'Early adopters', description: '', kind: 'org', included: ['acme'], excluded: [] };
const asksEarly = { rules: [{ id: '1', when: { segment: 'early' }, serve: { variant: 'on' } }] };
const split = { split: { kind: 'org' }, arms: [{ ranges: [[0, 10_000]], serve: { variant: 'on' } }], rest: { variant: 'off' } };

const publish = (project: TestProject, environment: string, flag: string, edit: EnvironmentFlagEdit) =>
  project.commit(publishEdits, { edits: [{ environment, flag, edit }] });
const differences = (project: TestProject) => differencesOf({ state: project.state(), here: 'production', from: 'staging' });
const told = (project: TestProject) => project.heard.at(-1)!.entry.changes.map(({ key, summary }) => `${key}: ${summary}`);

/** As only a rollback to the distant past could leave it. */
const drawBuckets = command({
  name: 'test.draw-buckets',
  version: 1,
  permission: 'flag.edit',
  apply(state, { salt }: { readonly salt: string }) {
    const { revision: _, ...flag } = state.get('environment-flag', 'billing', 'production')!;
    return { write: [{ ...flag, body: { ...flag.body, salt } }], changes: [] };
  },
});

/** Two flags that staging has on, one of them asking a segment; a third that is the same in both. */
function stagedProject(): TestProject {
  const project = openProject();
  for (const key of ['billing', 'search', 'same']) project.commit(createFlag, { key });
  project.commit(putSegment, { environment: 'staging', segment: 'early', ...early });
  publish(project, 'staging', 'billing', {
    on: true,
    pins: [{ kind: 'org', variant: 'off', keys: ['berlin'] }],
    fallthrough: split as never,
  });
  publish(project, 'staging', 'search', { on: true, ...asksEarly, fallthrough: { variant: 'off' } });
  return project;
}

describe('what differs between two environments', () => {
  it('is said of flags and segments, and what is the same is counted', async () => {
    const found = await differences(stagedProject());
    expect(found).toMatchObject({
      same: 1,
      flags: [
        {
          flag: 'billing',
          summary: 'turned on, pinned berlin to off, rollout of on 0 % → 10 % of org',
          here: { on: false, locked: false, summary: 'off' },
          from: { on: true, summary: 'not berlin, 10 % of org' },
          kept: false,
          asks: [],
        },
        { flag: 'search', asks: ['early'] },
      ],
      segments: [{ segment: 'early', in: 'from', summary: 'segment created (included acme)', usedBy: [] }],
    });
  });

  it('is nothing once everything was copied', async () => {
    const project = stagedProject();
    project.commit(copyEnvironment, { ...toProduction, segments: true });
    expect(await differences(project)).toMatchObject({ flags: [], segments: [], same: 3 });
  });

  it('names segments that are others here, with the flags that would feel it, and those that are here alone', async () => {
    const project = stagedProject();
    project.commit(putSegment, { environment: 'production', segment: 'early', ...early, included: ['cobalt'] });
    project.commit(putSegment, { environment: 'production', segment: 'own', ...early });
    publish(project, 'production', 'same', asksEarly);
    const { segments } = await differences(project);
    expect(segments).toEqual([
      { segment: 'early', in: 'both', summary: 'included acme, no longer included cobalt', usedBy: ['same'] },
      { segment: 'own', in: 'here', summary: 'not in staging', usedBy: [] },
    ]);
  });

  it('leaves archived flags out', async () => {
    const project = stagedProject();
    project.commit(archiveFlag, { flag: 'billing' });
    expect((await differences(project)).flags.map(({ flag }) => flag)).toEqual(['search']);
  });
});

describe('copying an environment', () => {
  it('copies what flags serve, but not who is in which bucket', () => {
    const project = stagedProject();
    project.commit(drawBuckets, { salt: 'of its own' });
    project.commit(copyEnvironment, { ...toProduction, segments: true });
    const { salt: _, ...copied } = project.flag('production', 'billing');
    expect(project.flag('staging', 'billing')).toMatchObject(copied);
    expect(project.flag('production', 'billing').salt).toBe('of its own');
    expect(told(project)).toEqual([
      'early: segment created (included acme) in production',
      'billing: turned on, pinned berlin to off, rollout of on 0 % → 10 % of org in production',
      expect.stringMatching(/^search: turned on, .* in production$/),
    ]);
  });

  it('copies only the flags that were named, and no segment that they do not ask', () => {
    const project = stagedProject();
    project.commit(copyEnvironment, { ...toProduction, flags: ['billing'], segments: true });
    expect(project.flag('production', 'billing').on).toBe(true);
    expect(project.flag('production', 'search').on).toBe(false);
    expect(project.state().list('segment', 'production')).toEqual([]);
  });

  it('can leave the pins of both as they are', () => {
    const project = stagedProject();
    const pins = [{ kind: 'org', variant: 'on', keys: ['acme'] }];
    publish(project, 'production', 'billing', { pins });
    project.commit(copyEnvironment, { ...toProduction, flags: ['billing'], pins: false });
    expect(project.flag('production', 'billing')).toMatchObject({ on: true, pins });
  });

  it('is undone as one change', () => {
    const project = stagedProject();
    const before = project.state().list('environment-flag', 'production');
    const { revision } = project.commit(copyEnvironment, { ...toProduction, segments: true });
    project.commit(undoChange, { revision: revision as never });
    expect(
      project
        .state()
        .list('environment-flag', 'production')
        .map(({ body }) => body),
    ).toEqual(before.map(({ body }) => body));
    expect(project.state().list('segment', 'production')).toEqual([]);
  });

  it('foresees who is affected, and changes nothing by it', async () => {
    const project = stagedProject();
    project.know('production', 'org', ['acme', 'berlin', 'cobalt']);
    const { revision } = project.state();
    const preview = await project.preview(copyEnvironment, { ...toProduction, segments: true });
    expect(preview.affected.find(({ flag }) => flag === 'search')?.moves).toEqual([
      { from: 'off', to: 'on', count: 1, keys: ['acme'] },
    ]);
    expect(preview.narrowing).toBe(false);
    expect(project.state().revision).toBe(revision);
  });

  it('changes nothing where nothing differs', () => {
    const project = stagedProject();
    expect(project.commit(copyEnvironment, { ...toProduction, flags: ['same'] }).changed).toBe(false);
  });

  it('turns off what is off, or killed, where it is copied from, without killing it here', () => {
    const project = stagedProject();
    publish(project, 'production', 'billing', { on: true });
    project.commit(killFlag, { environment: 'staging', flag: 'billing' });
    project.commit(copyEnvironment, { ...toProduction, flags: ['billing'] });
    expect(project.flag('production', 'billing')).toMatchObject({ on: false, locked: false });
  });
});

describe('a flag that was killed here', () => {
  it('is left as it is, and listed', async () => {
    const project = stagedProject();
    project.commit(killFlag, { environment: 'production', flag: 'billing' });
    const killed = project.flag('production', 'billing');
    const preview = await project.preview(copyEnvironment, { ...toProduction, segments: true });
    expect(preview.warnings).toContain('billing stays killed in production');
    project.commit(copyEnvironment, { ...toProduction, segments: true });
    expect(project.flag('production', 'billing')).toEqual(killed);
    expect(project.flag('production', 'search').on).toBe(true);
    expect(told(project)).toContain('billing: stays killed in production');
    expect((await differences(project)).flags).toMatchObject([{ flag: 'billing', kept: true }]);
  });
});

const message = (project: TestProject, input: object) =>
  refusal(() => project.commit(copyEnvironment, { ...toProduction, ...input })).message;
const mayNotEditSegments = (permission: string) => permission !== 'segment.edit';

describe('a segment that a copied flag asks', () => {
  it('must be here, or come along', () => {
    const project = stagedProject();
    expect(message(project, {})).toBe(
      '/body/segments search asks segment early, which is not in production: copy its segments along (--segments), or leave search out.',
    );
    expect(project.flag('production', 'billing').on).toBe(false);
  });

  it('stays another one here if segments do not come along, which is said', async () => {
    const project = stagedProject();
    project.commit(putSegment, { environment: 'production', segment: 'early', ...early, included: ['cobalt'] });
    const preview = await project.preview(copyEnvironment, toProduction);
    expect(preview.warnings).toContain('Segment early differs from the one in staging, and stays as it is.');
    project.commit(copyEnvironment, toProduction);
    expect(project.state().get('segment', 'early', 'production')?.body.included).toEqual(['cobalt']);
  });

  it('comes along with the segments that it asks itself', () => {
    const project = stagedProject();
    project.commit(putSegment, { environment: 'staging', segment: 'inner', ...early });
    project.commit(putSegment, { environment: 'staging', segment: 'early', ...early, when: { segment: 'inner' } });
    expect(message(project, {})).toContain('segment early, which is not in production');
    project.commit(copyEnvironment, { ...toProduction, flags: ['search'], segments: true });
    expect(
      project
        .state()
        .list('segment', 'production')
        .map(({ key }) => key),
    ).toEqual(['early', 'inner']);
  });

  it('comes along only if one may edit segments here', () => {
    const project = stagedProject();
    const may = mayNotEditSegments;
    const refused = refusal(() => project.commit(copyEnvironment, { ...toProduction, segments: true }, { may }));
    expect(refused).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('segment.edit') });
    expect(project.state().list('segment', 'production')).toEqual([]);
  });
});

describe('copying is refused', () => {
  it.each([
    ['from an environment that is not there', { from: 'stagin' }, /'stagin' that you may read\. Did you mean 'staging'\?/],
    ['from the environment itself', { from: 'production' }, /is the environment itself|name another one/],
    ['of a flag that is not there', { flags: ['bilking'] }, /There is no flag 'bilking' .* Did you mean 'billing'/],
    ['of an archived flag', { flags: ['old'] }, /old is archived/],
  ])('%s', (_, input, sentence) => {
    const project = stagedProject();
    project.commit(createFlag, { key: 'old' });
    project.commit(archiveFlag, { flag: 'old' });
    expect(message(project, input)).toMatch(sentence);
  });

  it('where a copied rule means nothing, and says of which flag', () => {
    const project = stagedProject();
    publish(project, 'staging', 'same', { variants: { on: true, off: false, beta: true } });
    publish(project, 'staging', 'billing', { prerequisites: [{ flag: 'same', variants: ['beta'] }] });
    const refused = refusal(() => project.commit(copyEnvironment, { ...toProduction, flags: ['billing'] }));
    expect(refused.mistakes).toMatchObject([{ at: expect.stringMatching(/^\/body\/from\/billing\/prerequisites\/0/) }]);
    project.commit(copyEnvironment, { ...toProduction, flags: ['billing', 'same'] });
    expect(project.flag('production', 'billing').prerequisites).toHaveLength(1);
  });
});

describe('who may copy', () => {
  let server: RunningServer;
  let owner: SignedIn;
  beforeAll(async () => {
    server = await startServer();
    owner = await signUpOwner(server, 'ana@example.org');
    await server.send('POST', '/api/v1/orgs/default/projects/default/flags', { token: owner.token, body: { key: 'f' } });
  });
  afterAll(() => server.remove());

  const project = '/api/v1/orgs/default/projects/default/environments';
  const here = `${project}/production`;
  const asEditorOf = async (name: string, environments: readonly string[]) => {
    const grants = environments.map((environment) => ({ role: 'editor' as const, project: 'default', environment }));
    return (await joinAs(server, 'default', owner.token, `${name}@example.org`, grants)).token;
  };

  it('needs both environments: to who may not read the other it does not exist', async () => {
    const token = await asEditorOf('one', ['production']);
    const ask = async (from: string) => [
      (await server.send('POST', `${here}/copy`, { token, body: { from } })).text.replaceAll(from, '…'),
      (await server.send('GET', `${here}/differences?from=${from}`, { token })).text.replaceAll(from, '…'),
    ];
    const answers = await ask('staging');
    expect(answers).toEqual(await ask('zz-absent'));
    expect(answers.join()).not.toContain('development');
    expect((await server.send('GET', `${project}/staging/differences?from=production`, { token })).status).toBe(404);
  });

  it('is let in with both', async () => {
    const token = await asEditorOf('both', ['production', 'staging']);
    expect((await server.send('GET', `${here}/differences?from=staging`, { token })).body).toMatchObject({ same: 1 });
    expect((await server.send('POST', `${here}/copy?preview=1`, { token, body: { from: 'staging' } })).status).toBe(200);
    expect((await server.send('POST', `${here}/copy`, { token, body: { from: 'staging' } })).body).toMatchObject({
      changed: false,
    });
  });

  it('says what to compare with, or is told to', async () => {
    expect((await server.send('GET', `${here}/differences`, { token: owner.token })).body).toMatchObject({
      code: 'INVALID',
      mistakes: [{ at: '/query/from' }],
    });
  });
});

const warnings = async (project: TestProject, flags: string[]) =>
  (await project.preview(copyEnvironment, { ...toProduction, flags, segments: true })).warnings;

describe('flags of a feature', () => {
  it('are copied with a warning that names the feature, which stays where it is', async () => {
    const project = stagedProject();
    project.commit(createFeature, { key: 'ledger', flags: ['billing', 'same'] });
    expect(await warnings(project, ['billing', 'same', 'search'])).toContain(
      'billing is of feature ledger, which stays dark in production; move the feature instead: "taffrail feature advance ledger -e production".',
    );
    expect((await warnings(project, ['search'])).join()).not.toContain('ledger');
  });
});
