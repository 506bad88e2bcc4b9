import { limits } from '@taffrail/schema';
import { describe, expect, it } from 'vitest';
import { command } from '../changes/command.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { resolveBackOut } from '../back-outs/resolve-back-out.ts';
import { createFlag } from '../flags/create-flag.ts';
import { noteLostShipment } from './note-lost-shipment.ts';
import { noteLostCommits, noteNewerShipment } from './note-newer-shipment.ts';
import { releaseDetail, releaseList } from './releases.views.ts';
import { backOut, cut, last, shipped } from './releases.test-kit.ts';

/** 8.4.0 has r1 and r2, 8.5.0 has r1. */
function openReleases(): TestProject {
  const project = openProject();
  project.commit(createFlag, { key: 'ui' });
  for (const version of ['8.4.0', '8.5.0']) cut(project, version, ['ui']);
  backOut(project, ['ui'], '<8.5');
  return project;
}

const claim = (project: TestProject, revision: number, fields: object = {}) =>
  project.commit(noteNewerShipment, { release: '8.4.0', revision, ...fields });
const resolve = (project: TestProject) => project.commit(resolveBackOut, { backOut: 'BO-1', fixedIn: '8.4.0' });

const asked = (project: TestProject) => ({ reads: () => true, now: project.now.value });
const warnings = (project: TestProject) =>
  releaseList(project.state(), undefined, asked(project)).releases.flatMap(({ release, warning }) =>
    warning === undefined ? [] : [`${release}: ${warning}`],
  );

describe('a revision that a site has and nobody here issued', () => {
  it('is left out, and the next one too, since sites compare prev with the one just below', () => {
    const project = openReleases();
    const { digest } = last(project, '8.4.0');
    expect(claim(project, 5).changes.map(({ key, summary }) => `${key}: ${summary}`)).toEqual([
      '8.4.0: r5 has left the building, and this server does not know it: its database is older than it was. The next revision is r7',
    ]);
    resolve(project);
    expect(shipped(project, '8.4.0')).toMatchObject({ revision: 7, prev: digest, backOuts: [] });
    expect(last(project, '8.5.0').revision).toBe(1);
  });

  it('leaves the numbers after it in their order, and all that was issued is shown', () => {
    const project = openReleases();
    claim(project, 5);
    resolve(project);
    backOut(project, ['ui'], '<8.5', { severity: 'advisory' });
    const { shipments } = releaseDetail(project.state(), '8.4.0', asked(project));
    expect(shipments.map(({ revision }) => revision)).toEqual([1, 2, 7, 8]);
  });

  it('is warned of until something higher is issued', () => {
    const project = openReleases();
    expect(warnings(project)).toEqual([]);
    claim(project, 5);
    const sentence = expect.stringContaining('8.4.0: r5 has left the building, and this server does not know it');
    expect(warnings(project)).toEqual([sentence]);
    expect(releaseDetail(project.state(), '8.4.0', asked(project)).warning).toContain('The next revision is r7');
    resolve(project);
    expect(warnings(project)).toEqual([]);
  });

  it('may have the number of what was issued, if it is another', () => {
    const project = openReleases();
    expect(claim(project, 2, { digest: last(project, '8.4.0').digest }).changed).toBe(false);
    expect(claim(project, 2, { digest: `sha256:${'0'.repeat(64)}` }).changed).toBe(true);
    resolve(project);
    expect(last(project, '8.4.0').revision).toBe(4);
  });

  it.each<[string, number, object]>([
    ['one that was issued', 2, {}],
    ['an earlier one', 1, {}],
    ['one so high that it would use up the numbers', 1_003, {}],
    ['one of a release that is not here', 5, { release: '9.9.9' }],
  ])('is not noted for %s', (_, revision, fields) => {
    const project = openReleases();
    expect(claim(project, revision, fields)).toMatchObject({ changed: false });
    resolve(project);
    expect(last(project, '8.4.0').revision).toBe(3);
  });

  it('is noted once, and only a higher one after it', () => {
    const project = openReleases();
    claim(project, 5);
    expect(claim(project, 5).changed).toBe(false);
    expect(claim(project, 4).changed).toBe(false);
    expect(claim(project, 6).changed).toBe(true);
  });

  it('does not add up: claims reach no further from what was issued, however many there are', () => {
    const project = openReleases();
    expect(claim(project, 1_002).changed).toBe(true);
    expect(claim(project, 1_003).changed).toBe(false);
  });
});

const lost = (project: TestProject, release: string, revision: number) => project.commit(noteLostShipment, { release, revision });

describe('a revision that somebody says is lost', () => {
  it('is left out like one that a site has', () => {
    const project = openReleases();
    expect(lost(project, '8.4.0', 5).changes).toMatchObject([{ key: '8.4.0', summary: expect.stringContaining('r7') }]);
    expect(lost(project, '8.4.0', 2).changed).toBe(false);
    resolve(project);
    expect(last(project, '8.4.0').revision).toBe(7);
  });

  it.each([
    ['of an unknown release', '9.9.9', 5, "There is no release '9.9.9'"],
    ['that cannot be', '8.4.0', 1_003, '/body/revision is more than 1000 above r2, the last that is known here'],
  ])('is refused %s', (_, release, revision, sentence) => {
    const project = openReleases();
    expect(refusal(() => lost(project, release, revision)).message).toContain(sentence);
    expect(warnings(project)).toEqual([]);
  });
});

describe('commits that were lost with a restored database', () => {
  it('may have issued a revision of each release, which are left out', () => {
    const project = openReleases();
    expect(project.commit(noteLostCommits, { commits: 40 }).changes).toMatchObject([
      { summary: expect.stringContaining('40 commits were lost when the database was restored') },
    ]);
    expect(warnings(project)).toEqual([]);
    resolve(project);
    backOut(project, ['ui'], '>=8.5');
    expect([last(project, '8.4.0').revision, last(project, '8.5.0').revision]).toEqual([44, 43]);
  });

  it('do not hide what a site says that it has', () => {
    const project = openReleases();
    project.commit(noteLostCommits, { commits: 40 });
    claim(project, 5);
    expect(warnings(project)).toEqual([expect.stringContaining('8.4.0: r5 has left the building')]);
    project.commit(noteLostCommits, { commits: 1 });
    expect(warnings(project)).toEqual([expect.stringContaining('The next revision is r44')]);
  });

  it('concern nobody where there is no release', () => {
    expect(openProject().commit(noteLostCommits, { commits: 40 }).changed).toBe(false);
  });
});

describe('the date of a revision', () => {
  it('is never before the one that it replaces, though a clock is behind', () => {
    const project = openReleases();
    const { issuedAt } = last(project, '8.4.0');
    project.now.value = new Date(project.now.value.getTime() - 60_000);
    resolve(project);
    expect(last(project, '8.4.0').issuedAt).toBe(issuedAt);
  });

  it('is not to come: sites would refuse every back-out until then', () => {
    const project = openReleases();
    const at = (minutes: number) => new Date(project.now.value.getTime() + minutes * 60_000).toISOString();
    const refused = refusal(() => cut(project, '9.0.0', ['ui'], { cutAt: at(6) }));
    expect(refused.message).toContain('/body/cutAt 2026-03-01T12:06:00.000Z is to come');
    expect(cut(project, '9.0.0', ['ui'], { cutAt: at(4) }).changed).toBe(true);
  });
});

/** As many documents as a project may have, written at once. */
const fill = (sort: 'release' | 'back-out', count: number, body: object) => {
  const write = Array.from({ length: count }, (_, at) => ({
    sort,
    key: `1.${at}`,
    body: { ...body, key: `1.${at}` } as never,
  }));
  const change = { kind: 'filled', sort, key: 'all', summary: 'filled' };
  return command({ name: 'fill', version: 1, permission: 'release.cut', apply: () => ({ write, changes: [change] }) });
};

describe('a project', () => {
  it('has no more releases than can be looked at', () => {
    const project = openReleases();
    const { body } = project.state().get('release', '8.4.0') ?? { body: {} };
    project.commit(fill('release', limits.releasesPerProject - 3, body), {});
    cut(project, '9.0.0', ['ui']);
    expect(refusal(() => cut(project, '9.1.0', ['ui'])).message).toContain('A project has at most 1000 releases');
    expect(cut(project, '9.0.0', ['ui']).changed).toBe(false);
  });

  it('has no more back-outs than can be looked at', () => {
    const project = openReleases();
    const { body } = project.state().get('back-out', 'BO-1') ?? { body: {} };
    project.commit(fill('back-out', limits.backOutsPerProject - 1, { ...body, releases: '<1' }), {});
    expect(refusal(() => backOut(project, ['ui'], '>=9')).message).toContain('A project has at most 1000 back-outs');
  });
});
