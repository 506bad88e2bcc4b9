import { describe, expect, it } from 'vitest';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { advanceFeature } from '../features/advance-feature.ts';
import { advance, advanceInput, later, openFeature, report } from '../features/features.test-kit.ts';
import { createFlag } from '../flags/create-flag.ts';
import { archiveFlag } from '../flags/definition.commands.ts';
import { cut } from './releases.test-kit.ts';

/** `old` is read by 8.4.0, which is supported until March 3. */
function openShipped(): TestProject {
  const project = openProject();
  project.commit(createFlag, { key: 'old' });
  cut(project, '8.4.0', ['old'], { supportedUntil: '2026-03-03' });
  return project;
}

const isArchived = (project: TestProject) => project.state().get('flag', 'old')?.body.archivedAt !== undefined;

describe('a flag that a supported release reads', () => {
  it('is not archived, and the refusal names the releases', () => {
    const project = openShipped();
    cut(project, '8.5.0', ['old']);
    expect(refusal(() => project.commit(archiveFlag, { flag: 'old' }))).toMatchObject({
      code: 'STILL_USED',
      message:
        'Supported releases still read old: 8.4.0 (supported until 2026-03-03), 8.5.0. Wait until their support ends, or accept that they do (--accept).',
    });
    expect(isArchived(project)).toBe(false);
  });

  it('is archived if somebody takes the risk, and the history says who and of what', () => {
    const project = openShipped();
    const { revision, changes } = project.commit(archiveFlag, { flag: 'old', accept: true });
    expect(changes.map(({ kind, summary }) => [kind, summary])).toEqual([
      ['flag.archived', 'archived'],
      ['flag.risk-accepted', 'accepted that supported releases still read it: 8.4.0 (supported until 2026-03-03)'],
    ]);
    expect(project.state().entry(revision)?.actor).toMatchObject({ name: 'Ana' });
  });

  it('is archived once support has ended, and nobody took a risk then', () => {
    const project = openShipped();
    later(project, 2 * 24 + 11);
    expect(refusal(() => project.commit(archiveFlag, { flag: 'old' })).code).toBe('STILL_USED');
    later(project, 1);
    expect(project.commit(archiveFlag, { flag: 'old', accept: true }).changes.map(({ kind }) => kind)).toEqual(['flag.archived']);
  });

  it('does not go by an undo of its creation', () => {
    const project = openProject();
    const { revision } = project.commit(createFlag, { key: 'old' });
    cut(project, '8.4.0', ['old']);
    expect(refusal(() => project.commit(undoChange, { revision } as never)).message).toContain('still read old: 8.4.0');
    expect(project.state().get('flag', 'old')).toBeDefined();
  });
});

/** Nothing keeps the feature from being removed, but that 8.4.0 reads `ui`, which waits for `api`. */
function openForRemoval(): TestProject {
  const project = openFeature({ hoursAtFull: 0 });
  report(project, 0);
  advance(project, 'cleanup');
  cut(project, '8.4.0', ['ui']);
  later(project, 1);
  report(project, 0);
  return project;
}

describe('a feature whose flags a supported release reads', () => {
  it('does not come to removed, nor do those that its flags wait for', () => {
    const refused = refusal(() => advance(openForRemoval(), 'removed'));
    expect(refused.code).toBe('GATE_CLOSED');
    expect(refused.message).toContain(
      'ui is still read by 8.4.0. api is still read by 8.4.0. Wait until their support ends, or accept that they do (--accept).',
    );
    expect(refused.mistakes?.map(({ message }) => message.split(':')[0])).toEqual(['removed, releases']);
  });

  it('does if somebody takes the risk, of the flags that are read', () => {
    const project = openForRemoval();
    const { changes } = project.commit(advanceFeature, { ...advanceInput('removed'), accept: true });
    const accepted = changes.filter(({ kind }) => kind === 'flag.risk-accepted');
    expect(accepted.map(({ key }) => key)).toEqual(['ui', 'api']);
  });
});
