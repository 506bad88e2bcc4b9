import { describe, expect, it } from 'vitest';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { createFeature } from '../features/create-feature.ts';
import { createFlag } from '../flags/create-flag.ts';
import { backOut, cut, cutInput, last, releaseAt, shipped, wordsIn } from '../releases/releases.test-kit.ts';
import { cutRelease } from '../releases/cut-release.ts';
import { supportRelease } from '../releases/support-release.ts';
import { backOutList } from './back-outs.views.ts';
import { makeBackOut } from './make-back-out.ts';
import { resolveBackOut } from './resolve-back-out.ts';

const versions = ['8.3.3', '8.4.0', '8.4.1', '8.6.0'];
const range = '>=8.4 <8.6';

/** `ui` and `api` are on in all releases; `ui` came with 8.4. */
function openReleases(): TestProject {
  const project = openProject();
  const on = { production: { on: true, fallthrough: { variant: 'on' } } };
  for (const key of ['api', 'ui']) project.commit(createFlag, { key, environments: on });
  for (const version of versions) cut(project, version, version === '8.3.3' ? ['api'] : ['api', 'ui']);
  return project;
}

const revisions = (project: TestProject) => versions.map((version) => last(project, version).revision);
const resolve = (project: TestProject, fixedIn: string) => project.commit(resolveBackOut, { backOut: 'BO-1', fixedIn });
const uiIn = (project: TestProject, ...of: string[]) => of.map((version) => wordsIn(project, version)['ui']);

describe('a back-out', () => {
  it('makes a revision of each release in its range that has the flag, and of no other', () => {
    const project = openReleases();
    const { changes } = backOut(project, ['ui'], range, { link: 'https://acme.example/BO-1' });
    expect(revisions(project)).toEqual([1, 2, 2, 1]);
    expect(uiIn(project, ...versions)).toEqual([undefined, 'off (BO-1)', 'off (BO-1)', 'on']);
    expect(wordsIn(project, '8.4.0')['api']).toBe('on');
    expect(changes.map(({ key, summary }) => `${key}: ${summary}`)).toEqual([
      'BO-1: ui backed out of >=8.4 <8.6, required: rows are lost',
      '8.4.0: r2 issued: BO-1 (required) turns ui off',
      '8.4.1: r2 issued: BO-1 (required) turns ui off',
    ]);
    expect(shipped(project, '8.4.0').backOuts).toEqual([
      { id: 'BO-1', flags: ['ui'], severity: 'required', reason: 'rows are lost', since: 2, link: 'https://acme.example/BO-1' },
    ]);
  });

  it('ties each revision to the one before', () => {
    const project = openReleases();
    const { digest } = last(project, '8.4.0');
    backOut(project, ['ui'], range);
    expect(shipped(project, '8.4.0').prev).toBe(digest);
    expect(last(project, '8.4.0').digest).not.toBe(digest);
  });

  it('is carried into releases that are cut later, from their first revision on', async () => {
    const project = openReleases();
    backOut(project, ['ui'], range);
    const { warnings } = await project.preview(cutRelease, cutInput('8.5.0', ['api', 'ui']));
    expect(warnings).toContain('BO-1 is open for it: ui off in 8.5.0 too.');
    cut(project, '8.5.0', ['api', 'ui']);
    cut(project, '8.6.1', ['api', 'ui']);
    expect(uiIn(project, '8.5.0', '8.6.1')).toEqual(['off (BO-1)', 'on']);
    expect(last(project, '8.5.0')).toMatchObject({ revision: 1, backOuts: ['BO-1'] });
  });

  it('of a feature is one of all its flags; a release without some has the others backed out', () => {
    const project = openReleases();
    project.commit(createFeature, { key: 'stream', flags: ['ui', 'api'] });
    project.commit(makeBackOut, { feature: 'stream', releases: '<8.6', severity: 'advisory', because: 'slow' });
    expect(revisions(project)).toEqual([2, 2, 2, 1]);
    expect(wordsIn(project, '8.3.3')).toEqual({ api: 'off (BO-1)' });
    expect(shipped(project, '8.3.3').backOuts).toMatchObject([{ flags: ['api'], severity: 'advisory' }]);
  });

  it('passes by releases that nobody supports, says so, and reaches them once they are supported again', async () => {
    const project = openReleases();
    project.commit(supportRelease, { release: '8.4.0', supportedUntil: '2026-02-28' });
    const order = { flags: ['ui'], releases: range, severity: 'required' as const, because: 'rows are lost' };
    const { warnings } = await project.preview(makeBackOut, order);
    expect(warnings).toEqual(['Not supported any more, so without a new shipment: 8.4.0.']);
    project.commit(makeBackOut, order);
    expect(revisions(project)).toEqual([1, 1, 2, 1]);
    project.commit(supportRelease, { release: '8.4.0', supportedUntil: '2026-03-01' });
    expect(revisions(project)).toEqual([1, 2, 2, 1]);
    expect(releaseAt(project, '8.4.0')?.supportedUntil).toBe('2026-03-01');
  });

  it('of no release that is there is kept for those to come', async () => {
    const project = openReleases();
    const order = { flags: ['ui'], releases: '>=9', severity: 'required' as const, because: 'rows are lost' };
    const { warnings } = await project.preview(makeBackOut, order);
    expect(warnings).toEqual(['No shipment changes by it now; releases cut later follow BO-1 as far as it concerns them.']);
  });

  it('is not undone: it is resolved', () => {
    const project = openReleases();
    const committed = backOut(project, ['ui'], range);
    expect(committed).not.toHaveProperty('undo');
    expect(refusal(() => project.commit(undoChange, { revision: committed.revision } as never)).code).toBe('INVALID');
  });

  it.each<[string, object, string]>([
    ['what is no range', { releases: 'eight' }, "/body/releases 'eight' is no range of versions."],
    ['neither flags nor a feature', { flags: undefined }, 'say either which flags, or which feature'],
    ['an unknown flag', { flags: ['uii'] }, "There is no flag 'uii' in this project. Did you mean 'ui'?"],
  ])('refuses %s', (_, fields, sentence) => {
    const project = openReleases();
    expect(refusal(() => backOut(project, ['ui'], range, fields)).message).toContain(sentence);
    expect(revisions(project)).toEqual([1, 1, 1, 1]);
  });

  it('refuses to say the same twice while it is open', () => {
    const project = openReleases();
    backOut(project, ['ui'], range);
    expect(refusal(() => backOut(project, ['ui'], range)).message).toContain('BO-1 says the same since');
  });
});

describe('resolving a back-out', () => {
  it('frees the release that fixes it and later ones, and no earlier one', () => {
    const project = openReleases();
    backOut(project, ['ui'], range);
    cut(project, '8.4.2', ['ui']);
    expect(uiIn(project, '8.4.2')).toEqual(['off (BO-1)']);
    const { changes } = resolve(project, '8.4.2');
    expect(changes.map(({ key, summary }) => `${key}: ${summary}`)).toEqual([
      'BO-1: ui fixed in 8.4.2',
      '8.4.2: r2 issued: BO-1 is lifted',
    ]);
    expect(uiIn(project, '8.4.0', '8.4.1', '8.4.2')).toEqual(['off (BO-1)', 'off (BO-1)', 'on']);
  });

  it('keeps an earlier version that is cut later backed out', () => {
    const project = openReleases();
    backOut(project, ['ui'], range);
    resolve(project, '8.4.2');
    for (const version of ['8.4.1.1', '8.4.2-rc.1', '8.4.2', '8.5.0']) cut(project, version, ['ui']);
    expect(uiIn(project, '8.4.1.1', '8.4.2-rc.1', '8.4.2', '8.5.0')).toEqual(['off (BO-1)', 'off (BO-1)', 'on', 'on']);
  });

  it('is said of one line of releases, then of another', () => {
    const project = openReleases();
    backOut(project, ['ui'], range);
    for (const version of ['8.4.2', '8.5.0', '8.5.1']) cut(project, version, ['ui']);
    resolve(project, '>=8.4.2 <8.5');
    expect(uiIn(project, '8.4.2', '8.5.0', '8.5.1')).toEqual(['on', 'off (BO-1)', 'off (BO-1)']);
    resolve(project, '8.5.1');
    expect(uiIn(project, '8.4.2', '8.5.0', '8.5.1')).toEqual(['on', 'off (BO-1)', 'on']);
    expect(resolve(project, '8.5.1').changed).toBe(false);
  });

  it('shows in the list who carries it still', () => {
    const project = openReleases();
    backOut(project, ['ui'], range);
    cut(project, '8.4.2', ['ui']);
    resolve(project, '8.4.2');
    const asked = { reads: () => true, now: project.now.value };
    const { backOuts } = backOutList(project.state(), undefined, asked);
    expect(backOuts).toMatchObject([
      { open: false, inForce: true, releases: [{ release: '8.4.0', revision: 2 }, { release: '8.4.1' }] },
    ]);
    expect(backOutList(project.state(), undefined, { ...asked, reads: () => false }).backOuts[0]?.releases).toEqual([]);
  });

  it('is over once no supported release carries it, and not before', () => {
    const project = openReleases();
    const listed = () => backOutList(project.state(), 'only', { reads: () => true, now: project.now.value }).backOuts;
    backOut(project, ['ui'], range);
    resolve(project, '8.4.1');
    expect(listed()).toMatchObject([{ open: false, inForce: true, releases: [{ release: '8.4.0', supported: true }] }]);
    project.commit(supportRelease, { release: '8.4.0', supportedUntil: '2026-02-28' });
    expect(listed()).toEqual([]);
    project.commit(supportRelease, { release: '8.4.0', supportedUntil: null });
    expect(listed()).toHaveLength(1);
    resolve(project, '8.4.0');
    expect(listed()).toEqual([]);
  });

  it('leaves one open that nothing carries', () => {
    const project = openReleases();
    backOut(project, ['ui'], '>=9');
    const { backOuts } = backOutList(project.state(), 'only', { reads: () => true, now: project.now.value });
    expect(backOuts).toMatchObject([{ open: true, inForce: false, releases: [] }]);
  });
});

it('back-outs are counted from 1, and each is carried by itself', () => {
  const project = openReleases();
  backOut(project, ['ui'], range);
  backOut(project, ['api'], '<8.5');
  expect(wordsIn(project, '8.4.0')).toEqual({ api: 'off (BO-2)', ui: 'off (BO-1)' });
  expect(last(project, '8.4.0')).toMatchObject({ revision: 3, backOuts: ['BO-1', 'BO-2'] });
  project.commit(resolveBackOut, { backOut: 'BO-1', fixedIn: '8.4.0' });
  expect(wordsIn(project, '8.4.0')).toEqual({ api: 'off (BO-2)', ui: 'on' });
});
