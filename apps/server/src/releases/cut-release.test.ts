import { describe, expect, it } from 'vitest';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { advance, openFeature } from '../features/features.test-kit.ts';
import { killFlag, turnFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { pinFlag } from '../flags/pin-flag.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { rolloutFlag } from '../flags/rollout-flag.ts';
import { putSegment } from '../segments/segments.commands.ts';
import { cutRelease } from './cut-release.ts';
import { setOnprem } from './onprem.commands.ts';
import { commit, cut, cutInput, last, manifest, releaseAt, shipped, wordsIn } from './releases.test-kit.ts';

const environment = 'production';
const on = { production: { on: true, fallthrough: { variant: 'on' } } };

/** `ga` is on for everybody in production, `part` for ten percent, `dark` for nobody. */
function openThree(): TestProject {
  const project = openProject();
  project.commit(createFlag, { key: 'ga', environments: on });
  project.commit(createFlag, { key: 'part' });
  project.commit(rolloutFlag, { environment, flag: 'part', percent: 10, kind: 'org' });
  project.commit(createFlag, { key: 'dark' });
  return project;
}

const keys = ['dark', 'ga', 'part'];
const pin = { environment, flag: 'ga', kind: 'org', keys: ['acme'] };

describe('cutting a release', () => {
  it('ships what is ga on and all else dark', () => {
    const project = openThree();
    const committed = cut(project, '8.4.0', keys);
    expect(wordsIn(project, '8.4.0')).toEqual({ dark: 'off (dark)', ga: 'on', part: 'off (dark)' });
    const entries = [
      { key: 'dark', why: 'dark' },
      { key: 'ga', why: 'ga' },
      { key: 'part', why: 'dark' },
    ];
    expect(releaseAt(project, '8.4.0')?.entries).toEqual(entries);
    expect(committed.changes[0]?.after).toEqual({ entries });
    expect(committed.changes.map(({ key, summary }) => `${key}: ${summary}`)).toEqual([
      '8.4.0: cut from 6ba0d4a as production is: 3 flags, 1 on, 2 dark',
      '8.4.0: r1 issued: release cut',
    ]);
    expect(committed).not.toHaveProperty('undo');
  });

  it('counts what is on by a policy among what is on', () => {
    const project = openThree();
    for (const [flag, mode] of [
      ['dark', 'on'],
      ['part', 'opt-in'],
    ] as const)
      project.commit(setOnprem, { flag, mode });
    const [change] = cut(project, '8.4.0', keys).changes;
    expect(change?.summary).toBe('cut from 6ba0d4a as production is: 3 flags, 2 on, 0 dark, 1 opt-in');
  });

  it('warns of a line that nobody knew, and of support that is over', async () => {
    const project = openThree();
    const warned = async (input: object) =>
      (await project.preview(cutRelease, { ...cutInput('8.5.0', ['ga']), ...input })).warnings;
    expect(await warned({ line: 'lts' })).toEqual([]);
    cut(project, '8.4.0', ['ga']);
    expect(await warned({})).toEqual([]);
    expect(await warned({ line: 'lts' })).toEqual([
      'lts is a new line of releases, beside main: its sites need a key list of their own.',
    ]);
    expect(await warned({ supportedUntil: '2020-01-01' })).toEqual([
      'Its support is over already: back-outs do not reach 8.5.0.',
    ]);
  });

  it('ships what its manifest names and nothing else', () => {
    const project = openThree();
    cut(project, '8.4.0', ['dark']);
    expect(Object.keys(wordsIn(project, '8.4.0'))).toEqual(['dark']);
  });

  it('says what is hosted and ships dark', async () => {
    const project = openThree();
    const { warnings, changes } = await project.preview(cutRelease, cutInput('8.4.0', keys));
    expect(warnings).toEqual(['On hosted and not ga, so dark in this release: part (10 % of org).']);
    expect(changes).toHaveLength(2);
    expect(releaseAt(project, '8.4.0')).toBeUndefined();
  });

  it('is dated by the tag', () => {
    const project = openThree();
    cut(project, '8.4.0', keys, { cutAt: '2026-02-28T23:00:00+03:00' });
    expect(last(project, '8.4.0').issuedAt).toBe('2026-02-28T20:00:00.000Z');
    expect(shipped(project, '8.4.0')).toMatchObject({ product: 'shop', line: 'main', release: '8.4.0', revision: 1 });
  });

  it('is not altered by anything hosted that is done later', () => {
    const project = openThree();
    cut(project, '8.4.0', keys);
    const { payload } = last(project, '8.4.0');
    project.commit(killFlag, { environment, flag: 'ga' });
    project.commit(rolloutFlag, { environment, flag: 'part', percent: 100 });
    expect(last(project, '8.4.0').payload).toBe(payload);
  });

  it('a second time from the same input changes nothing, whatever is hosted by then', () => {
    const project = openThree();
    cut(project, '8.4.0', keys);
    const { digest } = last(project, '8.4.0');
    const { revision } = project.state();
    project.commit(killFlag, { environment, flag: 'ga' });
    expect(cut(project, '8.4.0', keys)).toMatchObject({ changed: false, revision: revision + 1 });
    expect(last(project, '8.4.0')).toMatchObject({ revision: 1, digest });
  });

  it('tells a site which flags are for browsers, and says nothing of the others', () => {
    const project = openThree();
    cut(project, '8.4.0', keys);
    const { payload } = last(project, '8.4.0');
    expect(payload).not.toContain('client');
    project.commit(publishEdits, { edits: [{ environment, flag: 'ga', edit: { client: true } }] });
    cut(project, '8.5.0', keys);
    expect(shipped(project, '8.5.0').snapshot.match(/"client":true/g)).toHaveLength(1);
    cut(project, '8.4.0', keys);
    expect(last(project, '8.4.0')).toMatchObject({ revision: 1, payload });
  });

  it('gives the same bytes in another database', () => {
    const fields = { cutAt: '2026-02-28T20:00:00Z' };
    const [one, other] = [openThree(), openThree()].map((project) => {
      cut(project, '8.4.0', keys, fields);
      return last(project, '8.4.0').payload;
    });
    expect(other).toBe(one);
  });

  type Case = [what: string, fields: object, sentence: string];
  it.each<Case>([
    ['another commit', { commit: 'fffffff' }, 'with another commit. A release never changes: cut another version.'],
    ['another manifest', { manifest: manifest('ga') }, 'with another manifest.'],
    ['another date', { cutAt: '2026-01-01T00:00:00Z' }, 'with another date.'],
    ['another line', { line: 'lts' }, 'with another line.'],
  ])('refuses to cut it again from %s', (_, fields, sentence) => {
    const project = openThree();
    cut(project, '8.4.0', keys);
    const refused = refusal(() => cut(project, '8.4.0', keys, fields));
    expect(refused.code).toBe('ALREADY_EXISTS');
    expect(refused.message).toContain(sentence);
  });

  it('refuses another spelling of a version that is there', () => {
    const project = openThree();
    cut(project, '8.4.0', keys);
    expect(refusal(() => cut(project, '8.4', keys)).message).toBe('8.4.0 is the same version. Cut another one.');
  });

  it('refuses a manifest with flags that are not there or of another type, all at once', () => {
    const project = openThree();
    const wrong = [...manifest('gaa'), { key: 'ga', type: 'string' as const, defaults: [], places: 1 }];
    const { code, mistakes } = refusal(() => project.commit(cutRelease, { version: '8.4.0', commit, manifest: wrong }));
    expect(code).toBe('INVALID');
    expect(mistakes?.map(({ message }) => message)).toEqual([
      'the code reads ga as string, and it is boolean',
      "there is no flag 'gaa' in production. Did you mean 'ga'?",
    ]);
    expect(releaseAt(project, '8.4.0')).toBeUndefined();
  });
});

describe('ga', () => {
  it.each<[what: string, act: (project: TestProject) => unknown, on: string[]]>([
    [
      'is a rollout that came to 100 %',
      (p) => p.commit(rolloutFlag, { environment, flag: 'part', percent: 100 }),
      ['ga', 'part'],
    ],
    ['is not one of 99.9 %', (p) => p.commit(rolloutFlag, { environment, flag: 'part', percent: 99.9 }), ['ga']],
    ['is not what was killed', (p) => p.commit(killFlag, { environment, flag: 'ga' }), []],
    ['is not what was turned off', (p) => p.commit(turnFlag, { environment, flag: 'ga', on: false }), []],
    ['is on whoever is pinned to off', (p) => p.commit(pinFlag, { ...pin, variant: 'off' }), ['ga']],
    ['is not who is pinned to on', (p) => p.commit(pinFlag, { ...pin, flag: 'dark', variant: 'on', turnOn: true }), ['ga']],
  ])('%s', (_, act, expected) => {
    const project = openThree();
    act(project);
    cut(project, '8.4.0', keys);
    const words = Object.entries(wordsIn(project, '8.4.0'));
    expect(words.filter(([, word]) => word === 'on').map(([key]) => key)).toEqual(expected);
  });

  it('waits for the stage of the feature, even when everybody has it', () => {
    const project = openFeature({ hoursAtFull: 0 });
    advance(project, 'percent', 100);
    cut(project, '8.4.0', ['ui', 'api']);
    expect(wordsIn(project, '8.4.0')).toEqual({ api: 'off (dark)', ui: 'off (dark)' });
    advance(project, 'ga');
    cut(project, '8.5.0', ['ui', 'api']);
    expect(wordsIn(project, '8.5.0')).toEqual({ api: 'on', ui: 'on' });
  });

  it('of a feature is not what was edited by hand', () => {
    const project = openFeature({ hoursAtFull: 0 });
    advance(project, 'ga');
    project.commit(turnFlag, { environment, flag: 'ui', on: false });
    cut(project, '8.4.0', ['ui', 'api']);
    expect(wordsIn(project, '8.4.0')).toEqual({ api: 'on', ui: 'off (dark)' });
  });
});

const rules = [{ id: 'pro', when: { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] }, serve: { variant: 'on' } }];
const edit = (project: TestProject, changes: object) =>
  project.commit(publishEdits, { edits: [{ environment, flag: 'dark', edit: changes }] });

describe('a policy for releases', () => {
  it.each([
    ['on', 'on'],
    ['opt-in', 'off until a site asks for it'],
    ['rules', 'by rules'],
  ] as const)('%s has a flag that is not ga be so', (mode, words) => {
    const project = openThree();
    edit(project, { on: true, rules, fallthrough: { variant: 'off' } });
    project.commit(setOnprem, { flag: 'dark', mode });
    cut(project, '8.4.0', keys);
    expect(wordsIn(project, '8.4.0')).toMatchObject({ dark: words, part: 'off (dark)' });
    expect(releaseAt(project, '8.4.0')?.entries).toContainEqual({ key: 'dark', why: `onprem:${mode}` });
  });

  it('holds in its range of releases alone, those before one of them too', () => {
    const project = openThree();
    project.commit(setOnprem, { flag: 'dark', mode: 'on', releases: '>=8.4 <8.6' });
    for (const version of ['8.3.9', '8.4.0-rc.1', '8.5.2', '8.6.0-rc.1', '8.6.0']) cut(project, version, ['dark']);
    const words = ['8.3.9', '8.4.0-rc.1', '8.5.2', '8.6.0-rc.1', '8.6.0'].map((one) => wordsIn(project, one)['dark']);
    expect(words).toEqual(['off (dark)', 'on', 'on', 'off (dark)', 'off (dark)']);
  });

  it('does not ship what was killed', async () => {
    const project = openThree();
    project.commit(setOnprem, { flag: 'dark', mode: 'on' });
    project.commit(killFlag, { environment, flag: 'dark' });
    const { warnings } = await project.preview(cutRelease, cutInput('8.4.0', keys));
    expect(warnings).toContain('dark is killed, so it ships dark whatever its policy.');
    cut(project, '8.4.0', keys);
    expect(wordsIn(project, '8.4.0')['dark']).toBe('off (dark)');
  });

  it('ships rules without pins, and refuses those that name hosted customers', () => {
    const project = openThree();
    const segment = { environment, segment: 'pilots', name: 'Pilots', description: '', kind: 'org', excluded: [] };
    project.commit(putSegment, { ...segment, included: ['acme'] });
    const asks = [{ id: 'pilots', when: { segment: 'pilots' }, serve: { variant: 'on' } }];
    edit(project, {
      on: true,
      rules: asks,
      fallthrough: { variant: 'off' },
      pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }],
    });
    project.commit(setOnprem, { flag: 'dark', mode: 'rules' });
    const sentence = 'segment pilots names 1 contexts, and would ship with rules';
    expect(refusal(() => cut(project, '8.4.0', keys)).message).toContain(sentence);
    const when = { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] };
    project.commit(putSegment, { ...segment, included: [], when });
    cut(project, '8.4.0', keys);
    const { snapshot } = shipped(project, '8.4.0');
    expect(snapshot).toContain('pilots');
    expect(snapshot).not.toContain('acme');
  });

  it('takes what a flag waits for along, and says where that is dark', async () => {
    const project = openThree();
    project.commit(createFlag, {
      key: 'ui',
      environments: {
        production: { on: true, fallthrough: { variant: 'on' }, prerequisites: [{ flag: 'part', variants: ['on'] }] },
      },
    });
    const { warnings } = await project.preview(cutRelease, cutInput('8.4.0', ['ui']));
    expect(warnings[0]).toBe('ui waits for part, which ships dark: ui would be off.');
    cut(project, '8.4.0', ['ui']);
    expect(wordsIn(project, '8.4.0')).toEqual({ part: 'off (dark)', ui: 'on' });
  });
});

it('says what became of flags that the release before had', () => {
  const project = openThree();
  cut(project, '8.3.0', keys);
  cut(project, '8.4.0', ['part']);
  expect(shipped(project, '8.4.0').removed).toEqual({
    dark: { in: '8.4.0', now: 'always off' },
    ga: { in: '8.4.0', now: 'always on' },
  });
});
