import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contexts, documents, history, revisions, versions } from '../db/schema.ts';
import { openStorage } from '../db/storage.ts';
import { killFlag, turnFlag, unlockFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { describeFlag } from '../flags/definition.commands.ts';
import { fail, type AppError } from './app-error.ts';
import { command } from './command.ts';
import { ben, openProject, projectOn, scope, type TestProject } from './project.test-kit.ts';
import { refusal } from './refusal.test-kit.ts';

const production = (flag: string) => ({ environment: 'production', flag });
const everyRow = ({ storage }: TestProject) =>
  storage.query((db) => [documents, versions, history, revisions, contexts].map((table) => db.select().from(table).all()));
/** Acts as another process would, beside the server. */
function asVisitor({ file }: TestProject, act: (visitor: TestProject) => void): void {
  const storage = openStorage({ file, newId: () => '', visit: true });
  act(projectOn(storage, file, scope));
  storage.close();
}

/** Writes a flag's document, then finds something wrong after all. */
const writeAndThrow = command({
  name: 'test.write-and-throw',
  version: 1,
  permission: 'flag.edit',
  apply(state, { flag }: { flag: string }) {
    state.after([{ sort: 'segment', key: flag, environment: 'production', body: undefined }]);
    return fail('INVALID', 'No, after all.');
  },
});

describe('a commit', () => {
  it('raises the revision by one, and only of what it wrote', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    project.commit(createFlag, { key: 'b' });
    const committed = project.commit(turnFlag, { ...production('a'), on: true });
    expect(committed).toMatchObject({ revision: 4, changed: true });
    expect(project.state().revision).toBe(4);
    expect(project.state().get('environment-flag', 'a', 'production')?.revision).toBe(4);
    expect(project.state().get('environment-flag', 'a', 'staging')?.revision).toBe(2);
    expect(project.state().get('environment-flag', 'b', 'production')?.revision).toBe(3);
  });

  it('says what it did, who did it and why, and how to undo it', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    const { undo } = project.commit(turnFlag, { ...production('a'), on: true }, { actor: ben, reason: 'launch' });
    expect(undo).toEqual({ method: 'POST', href: '/api/v1/orgs/acme/projects/shop/history/3/undo' });
    expect(project.state().entry(3)).toMatchObject({
      seq: 3,
      project: 'shop',
      revision: 3,
      at: '2026-03-01T12:00:00.000Z',
      actor: ben,
      command: 'flag.turn',
      reason: 'launch',
      changes: [
        {
          kind: 'flag.turned-on',
          environment: 'production',
          sort: 'environment-flag',
          key: 'a',
          summary: 'turned on in production',
        },
      ],
    });
  });

  it('is announced once, when it can be read by everybody', () => {
    const project = openProject();
    const read: number[] = [];
    project.commits.onCommit(() => read.push(project.storage.query((db) => db.select().from(revisions).all())[0]!.revision));
    project.commit(createFlag, { key: 'a' });
    expect(project.heard).toMatchObject([{ hint: { scope, revision: 2 }, entry: { revision: 2, command: 'flag.create' } }]);
    expect(read).toEqual([2]);
  });

  it('is noted beside the database before anybody hears of it', () => {
    const project = openProject();
    const noted: unknown[] = [];
    const file = join(dirname(project.file), 'heads.json');
    project.commits.onCommit(() => noted.push(JSON.parse(readFileSync(file, 'utf8'))));
    project.commit(createFlag, { key: 'a' });
    expect(noted).toEqual([{ epoch: 'epoch', revisions: { 'acme/shop': 2 } }]);
  });

  it('stands when a listener throws, and the others hear of it', () => {
    const project = openProject();
    const heard: number[] = [];
    project.commits.onCommit(() => fail('INTERNAL', 'a listener fell over'));
    project.commits.onCommit(({ revision }) => heard.push(revision));
    expect(project.commit(createFlag, { key: 'a' }).changed).toBe(true);
    expect(project.errors).toMatchObject([{ message: 'a listener fell over' }]);
    expect(heard).toEqual([2]);
  });

  it('leaves no trace and announces nothing when the command fails', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    project.heard.length = 0;
    const [before, stateBefore] = [everyRow(project), project.state()];
    expect(refusal(() => project.commit(writeAndThrow, { flag: 'a' })).code).toBe('INVALID');
    expect(refusal(() => project.commit(turnFlag, { ...production('b'), on: true })).code).toBe('NOT_FOUND');
    expect(everyRow(project)).toEqual(before);
    expect(project.state()).toBe(stateBefore);
    expect(project.heard).toEqual([]);
  });

  it('writes nothing when nothing changes', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    const before = everyRow(project);
    expect(project.commit(turnFlag, { ...production('a'), on: false })).toEqual({ revision: 2, changed: false, changes: [] });
    expect(everyRow(project)).toEqual(before);
  });

  it('within a transaction that is rolled back never happened', () => {
    const project = openProject();
    const before = everyRow(project);
    expect(() =>
      project.storage.transact(() => {
        project.commit(createFlag, { key: 'a' });
        project.commit(turnFlag, { ...production('a'), on: true });
        throw new Error('the outer transaction fails');
      }),
    ).toThrow('the outer transaction fails');
    expect(everyRow(project)).toEqual(before);
    expect(project.state().get('flag', 'a')).toBeUndefined();
    expect(project.heard).toEqual([]);
    expect(project.commit(createFlag, { key: 'b' }).revision).toBe(2);
  });

  it('that was rolled back is not taken for one that another process made of the same revision', () => {
    const project = openProject();
    expect(() =>
      project.storage.transact(() => {
        project.commit(createFlag, { key: 'a' });
        throw new Error('the outer transaction fails');
      }),
    ).toThrow('the outer transaction fails');
    asVisitor(project, (visitor) => visitor.commit(createFlag, { key: 'b' }));
    expect(project.state().list('flag')).toMatchObject([{ key: 'b', revision: 2 }]);
  });

  it('sees what another process committed', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    asVisitor(project, (visitor) => visitor.commit(turnFlag, { ...production('a'), on: true }));
    expect(project.flag('production', 'a').on).toBe(true);
    expect(project.commit(killFlag, production('a')).revision).toBe(4);
  });

  it('answers a full disk by STORAGE_FAILED, with nothing half-done, and goes on by itself', () => {
    const project = openProject();
    const { storage } = project;
    project.commit(createFlag, { key: 'a' });
    const before = everyRow(project);
    storage.transact((db) => db.run(`PRAGMA max_page_count = ${db.get<{ page_count: number }>('PRAGMA page_count').page_count}`));
    const description = 'x'.repeat(2_000);
    let full: AppError | undefined;
    for (let flag = 0; full === undefined; flag++) {
      try {
        project.commit(createFlag, { key: `flag-${flag}`, description });
      } catch (error) {
        full = error as AppError;
      }
    }
    expect(full.code).toBe('STORAGE_FAILED');
    const { revision } = project.state();
    expect(project.heard.at(-1)?.hint.revision).toBe(revision);
    expect(everyRow(project)[2]).toHaveLength(revision);
    expect(everyRow(project)[0]!.length).toBeGreaterThanOrEqual(before[0]!.length);
    storage.transact((db) => db.run('PRAGMA max_page_count = 1000000'));
    expect(project.commit(createFlag, { key: 'after', description }).revision).toBe(revision + 1);
  });
});

describe('two people', () => {
  it('of whom one was slower: the refusal says who was faster, what it is now, and what it was', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    const { revision } = project.state().get('environment-flag', 'a', 'production')!;
    project.commit(turnFlag, { ...production('a'), on: true }, { actor: ben });
    const id = { sort: 'environment-flag', key: 'a', environment: 'production' } as const;
    const lost = refusal(() => project.commit(killFlag, production('a'), { ifMatch: { id, revision } }));
    expect(lost.code).toBe('CONFLICT');
    expect(lost.message).toBe(
      'Ben changed a in production at 2026-03-01T12:00:00.000Z: turned on in production. Look at what it is now, then try again.',
    );
    expect(lost.current).toMatchObject({ ...id, revision: 3, document: { on: true }, base: { on: false } });
    expect(project.flag('production', 'a').locked).toBe(false);
  });

  it('who edit different flags do not meet', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    project.commit(createFlag, { key: 'b' });
    project.commit(turnFlag, { ...production('b'), on: true });
    const id = { sort: 'environment-flag', key: 'a', environment: 'production' } as const;
    expect(project.commit(turnFlag, { ...production('a'), on: true }, { ifMatch: { id, revision: 2 } }).changed).toBe(true);
  });
});

describe('an idempotency key', () => {
  it('answers a retry as the first order was answered, and does nothing again', () => {
    const project = openProject();
    const first = project.commit(createFlag, { key: 'a' }, { idempotencyKey: 'k' });
    project.commit(turnFlag, { ...production('a'), on: true });
    const before = everyRow(project);
    expect(project.commit(createFlag, { key: 'a' }, { idempotencyKey: 'k' })).toEqual(first);
    expect(everyRow(project)).toEqual(before);
  });

  it('remembers that nothing changed: a late retry must not do what the first order did not need to', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    project.commit(turnFlag, { ...production('a'), on: false }, { idempotencyKey: 'k' });
    project.commit(turnFlag, { ...production('a'), on: true });
    project.commit(turnFlag, { ...production('a'), on: false }, { idempotencyKey: 'k' });
    expect(project.flag('production', 'a').on).toBe(true);
  });

  it('is refused for another order, or another person', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' }, { idempotencyKey: 'k' });
    expect(refusal(() => project.commit(createFlag, { key: 'b' }, { idempotencyKey: 'k' })).code).toBe('INVALID');
    expect(refusal(() => project.commit(createFlag, { key: 'a' }, { idempotencyKey: 'k', actor: ben })).code).toBe('INVALID');
    expect(project.state().get('flag', 'b')).toBeUndefined();
  });

  it('is free again after a refusal, and after a day', () => {
    const project = openProject();
    refusal(() => project.commit(turnFlag, { ...production('a'), on: true }, { idempotencyKey: 'k' }));
    project.commit(createFlag, { key: 'a' });
    expect(project.commit(turnFlag, { ...production('a'), on: true }, { idempotencyKey: 'k' }).changed).toBe(true);
    project.now.value = new Date(project.now.value.getTime() + 25 * 60 * 60 * 1000);
    project.commit(createFlag, { key: 'b' }, { idempotencyKey: 'other' });
    expect(project.commit(createFlag, { key: 'c' }, { idempotencyKey: 'k' }).changed).toBe(true);
  });
});

describe('lifting a kill', () => {
  const editOnly = { may: () => false };

  it('needs its own permission, whatever command would do it', async () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    project.commit(killFlag, production('a'), editOnly);
    expect(refusal(() => project.commit(unlock, production('a'), editOnly)).code).toBe('FORBIDDEN');
    await expect(project.preview(unlock, production('a'), editOnly)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(project.flag('production', 'a').locked).toBe(true);
    expect(project.commit(unlockFlag, production('a'), editOnly).changed).toBe(true);
  });

  /** Does what `flag.unlock` does under another permission. */
  const unlock = command({ ...unlockFlag, name: 'test.unlock', permission: 'flag.edit' });
});

describe('what commits wrote', () => {
  it('can be read from after any revision, removals too', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'a' });
    project.commit(describeFlag, { flag: 'a', owner: 'ben' });
    const written = project.commits.writesAfter(scope, 2)!;
    expect(written).toMatchObject([{ revision: 3, id: { sort: 'flag', key: 'a' }, document: { body: { owner: 'ben' } } }]);
    expect(project.commits.writesAfter(scope, 3)).toEqual([]);
    expect(project.commits.writesAfter(scope, 4)).toBeUndefined();
  });
});
