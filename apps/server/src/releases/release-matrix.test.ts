import { expect, it } from 'vitest';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { createFlag } from '../flags/create-flag.ts';
import { releaseMatrix } from './release-matrix.ts';
import { backOut, cut } from './releases.test-kit.ts';

/** `api` is on everywhere, `early` dark, `ui` on and backed out of 8.4.0, `wiki` read by 9.0.0 alone, which is of another line. */
function openReleases(): TestProject {
  const project = openProject();
  const on = { production: { on: true, fallthrough: { variant: 'on' } } };
  for (const key of ['api', 'ui', 'wiki']) project.commit(createFlag, { key, environments: on });
  project.commit(createFlag, { key: 'early' });
  for (const version of ['8.4.0', '8.10.0']) cut(project, version, ['api', 'early', 'ui']);
  cut(project, '9.0.0', ['api', 'early', 'ui', 'wiki'], { line: 'next', supportedUntil: '2026-03-01' });
  backOut(project, ['ui'], '<8.5');
  return project;
}

const matrix = (project: TestProject, query: Parameters<typeof releaseMatrix>[1] = {}, reads = () => true) =>
  releaseMatrix(project.state(), query, { reads, now: project.now.value });
const cells = ({ releases }: ReturnType<typeof matrix>) => releases.map((row) => [row.release, ...row.cells]);

it('shows releases, the last version first, by the flags that are not the same in all', () => {
  const shown = matrix(openReleases());
  expect(shown.flags).toEqual(['ui', 'wiki']);
  expect(cells(shown)).toEqual([
    ['9.0.0', 'on', 'on'],
    ['8.10.0', 'on', ''],
    ['8.4.0', 'off (BO-1)', ''],
  ]);
  expect(shown.same).toBe(2);
  expect(shown.releases[2]).toMatchObject({ line: 'main', on: 1, shipment: { revision: 2, backOuts: ['BO-1'] } });
});

it.each<[string, Parameters<typeof releaseMatrix>[1], string[], number, string[]]>([
  ['a line', { line: 'main' }, ['8.10.0', '8.4.0'], 2, ['ui']],
  ['a line that is none', { line: 'lts' }, [], 0, []],
  ['part of a key', { search: 'IK' }, ['9.0.0', '8.10.0', '8.4.0'], 0, ['wiki']],
])('is narrowed by %s', (_, query, releases, same, flags) => {
  const shown = matrix(openReleases(), query);
  expect(shown).toMatchObject({ same, flags });
  expect(shown.releases.map(({ release }) => release)).toEqual(releases);
});

it('is narrowed to what is supported', () => {
  const project = openReleases();
  project.now.value = new Date('2026-03-02T00:00:00Z');
  expect(cells(matrix(project, { supported: 'only' }))).toEqual([
    ['8.10.0', 'on'],
    ['8.4.0', 'off (BO-1)'],
  ]);
});

it('shows nothing of what may not be read', () => {
  expect(matrix(openReleases(), {}, () => false)).toMatchObject({ releases: [], flags: [], same: 0 });
});
