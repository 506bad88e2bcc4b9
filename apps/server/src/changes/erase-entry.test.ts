import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeFlag } from '../flags/definition.commands.ts';
import { turnFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { eraseEntry } from './erase-entry.ts';
import { entryOf } from './entry.ts';
import { chainAfter } from './history.store.ts';
import { toldOf } from './last-changes.ts';
import { ben, openProject, scope, type TestProject } from './project.test-kit.ts';
import { refusal } from './refusal.test-kit.ts';
import { undoChange } from './undo-change.ts';
import { verifyHistory } from './verify-history.ts';

const secret = 'hunter2-must-not-be-here';
const org = 'acme';

const erase = (project: TestProject, seq: number) =>
  eraseEntry({ org, seq, actor: ben, reason: 'a password was pasted', now: project.now.value }, project);
const entries = (project: TestProject) => project.storage.query((db) => chainAfter(db, org, 0, 100)).map(entryOf);
const entry = (project: TestProject, seq: number) => entries(project)[seq - 1]!;
/** Everything that the database keeps on disk. */
const onDisk = ({ file }: TestProject) =>
  [file, `${file}-wal`].map((path) => (existsSync(path) ? readFileSync(path, 'latin1') : '')).join('');

/** Entry 3 pastes a secret, with an idempotency key and a reason that quotes it; entry 4 takes it out again. */
function pasted(): TestProject {
  const project = openProject();
  project.commit(createFlag, { key: 'f' });
  project.commit(describeFlag, { flag: 'f', description: secret }, { idempotencyKey: 'once', reason: `with ${secret}` });
  project.commit(describeFlag, { flag: 'f', description: '' });
  return project;
}

describe('an entry whose words are erased', () => {
  it('says who touched what and when, and nothing else', () => {
    const project = pasted();
    const { changes: _, reason: __, ...before } = entry(project, 3);
    erase(project, 3);
    const { changes, reason, erasedAt, ...after } = entry(project, 3);
    expect(after).toEqual(before);
    expect(changes).toEqual([{ kind: 'flag.described', sort: 'flag', key: 'f', summary: 'erased' }]);
    expect(reason).toBeUndefined();
    expect(erasedAt).toBe(project.now.value.toISOString());
  });

  it('names the later entries that quote it; with those erased too, the secret is nowhere on disk', () => {
    const project = pasted();
    expect(onDisk(project)).toContain(secret);
    const { since } = erase(project, 3);
    expect(since).toEqual([4]);
    erase(project, 4);
    expect(onDisk(project)).not.toContain(secret);
  });

  it('is no longer told by lists, nor answered to whoever repeats the order', () => {
    const project = pasted();
    const revision = 3;
    expect(JSON.stringify([...toldOf(project.storage, scope, [revision])])).toContain('description');
    erase(project, 3);
    expect(JSON.stringify([...toldOf(project.storage, scope, [revision])])).not.toContain('description');
    const again = { flag: 'f', description: secret };
    expect(project.commit(describeFlag, again, { idempotencyKey: 'once' }).revision).toBe(5);
  });

  it('leaves the chain whole, which says how many were erased', async () => {
    const project = pasted();
    const { head } = await verifyHistory(project.storage, org);
    expect(head).toBe(entry(project, 4).link);
    erase(project, 3);
    expect(await verifyHistory(project.storage, org)).toMatchObject({ entries: 5, erased: 1 });
    expect(await verifyHistory(project.storage, org)).not.toHaveProperty('brokenAt');
    expect(entry(project, 4).link).toBe(head);
  });

  it('is recorded: by whom, why, and of which entry', () => {
    const project = pasted();
    const { changed } = erase(project, 3);
    expect(changed).toBe(true);
    expect(entry(project, 5)).toMatchObject({
      actor: ben,
      command: 'history.erase',
      reason: 'a password was pasted',
      changes: [{ kind: 'history.erased', key: '3', summary: 'what entry 3 said was erased (revision 3 of shop)' }],
    });
    expect(entry(project, 5)).not.toHaveProperty('project');
    expect(project.commits.state({ org }).get('erasure', '3')?.body).toMatchObject({ seq: 3, revision: 3, by: 'ben' });
  });

  it('is erased once: the second time there is nothing to do, and nothing to record', () => {
    const project = pasted();
    erase(project, 3);
    expect(erase(project, 3)).toMatchObject({ changed: false });
    expect(entries(project)).toHaveLength(5);
  });
});

describe('what an erased entry made', () => {
  it('stays while it is so, is named, and goes once it has been changed', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'f' });
    project.commit(describeFlag, { flag: 'f', description: secret });
    expect(erase(project, 3).stands).toEqual([{ sort: 'flag', key: 'f' }]);
    expect(project.state().get('flag', 'f')?.body.description).toBe(secret);
    expect(project.state().at({ sort: 'flag', key: 'f' }, 3)?.body.description).toBe(secret);
    project.commit(describeFlag, { flag: 'f', description: '' });
    expect(erase(project, 3)).toMatchObject({ changed: true, stands: [] });
    expect(project.state().at({ sort: 'flag', key: 'f' }, 3)).toBeUndefined();
  });

  it.each([
    ['itself', 3],
    ['the change after it', 4],
  ])('can no longer be undone to: %s', (_, revision) => {
    const project = pasted();
    erase(project, 3);
    project.commit(turnFlag, { environment: 'production', flag: 'f', on: true });
    const refused = refusal(() => project.commit(undoChange, { revision: revision as never }));
    expect(refused).toMatchObject({ code: 'ERASED', message: expect.stringContaining('What f was around revision') });
    expect(project.state().get('flag', 'f')?.body.description).toBe('');
  });
});

describe('erasing', () => {
  it('is refused for an entry that is not there, and records nothing', () => {
    const project = pasted();
    expect(refusal(() => erase(project, 42))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no entry 42 in this history.',
    });
    expect(entries(project)).toHaveLength(4);
  });
});
