import { expect, it } from 'vitest';
import { openProject, projectOn, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { environmentsOf } from '../environments/find.ts';
import { createProject, renameProject } from './projects.commands.ts';

const environments = (project: TestProject) =>
  environmentsOf(project.state()).map(({ body }) => [body.order, body.key, body.production]);

it('a project starts with development, staging and production, or with what is named', () => {
  const project = openProject();
  expect(environments(project)).toEqual([
    [0, 'development', false],
    [1, 'staging', false],
    [2, 'production', true],
  ]);
  const other = projectOn(project.storage, project.file, { org: 'acme', project: 'desk' });
  other.commit(createProject, { key: 'desk', name: 'Desk', environments: [{ key: 'live', name: 'Live', production: true }] });
  expect(environments(other)).toEqual([[0, 'live', true]]);
});

it('two projects count their own revisions, in one chain of their organization', () => {
  const project = openProject();
  const other = projectOn(project.storage, project.file, { org: 'acme', project: 'desk' });
  other.commit(createProject, { key: 'desk', name: 'Desk' });
  project.commit(renameProject, { name: 'The shop' });
  expect([project.state().revision, other.state().revision]).toEqual([2, 1]);
  expect([project.state().entry(2)?.seq, other.state().entry(1)?.seq]).toEqual([3, 2]);
  expect(project.heard.at(-1)!.entry.changes).toMatchObject([{ summary: 'renamed Shop → The shop' }]);
});

it('a project is created once, with environments of their own keys', () => {
  const project = openProject();
  expect(refusal(() => project.commit(createProject, { key: 'shop', name: 'Again' })).code).toBe('ALREADY_EXISTS');
  const other = projectOn(project.storage, project.file, { org: 'acme', project: 'desk' });
  const twice = [
    { key: 'live', name: 'Live' },
    { key: 'live', name: 'Live again' },
  ];
  expect(refusal(() => other.commit(createProject, { key: 'desk', name: 'Desk', environments: twice })).mistakes).toMatchObject([
    { at: '/body/environments/1/key' },
  ]);
  expect(other.state().revision).toBe(0);
});

it('creating a project cannot be undone by a click', () => {
  const project = openProject();
  const { undo } = project.commit(renameProject, { name: 'The shop' });
  expect(undo).toBeUndefined();
});
