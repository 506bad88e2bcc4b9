import { describe, expect, it } from 'vitest';
import { turnFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { rolloutFlag } from '../flags/rollout-flag.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { openFeed } from '../streams/audience-feed.ts';
import { entryOf } from './entry.ts';
import { chainAfter } from './history.store.ts';
import { openProject, type TestProject } from './project.test-kit.ts';
import { refusal } from './refusal.test-kit.ts';
import { thinHistory } from './thinning.ts';
import { undoChange } from './undo-change.ts';
import { verifyHistory } from './verify-history.ts';

const production = { environment: 'production', flag: 'f' } as const;
const day = (day: number) => new Date(Date.UTC(2026, 2, day));
const entries = ({ storage }: TestProject) => storage.query((db) => chainAfter(db, 'acme', 0, 1_000)).map(entryOf);
const rollback = (project: TestProject, to: number) => project.commit(rollbackEnvironment, { environment: 'production', to });

/** A revision a day: 1 the project, 2 the flag, then it is rolled out to 3 %, 4 %, … of the organizations. */
function daily(revisions: number): TestProject {
  const project = openProject();
  project.commit(createFlag, { key: 'f' });
  for (let revision = 3; revision <= revisions; revision++) {
    project.now.value = day(revision);
    project.commit(rolloutFlag, { ...production, percent: revision, kind: 'org' });
  }
  return project;
}

/** Thins what was made before a revision's day. */
const thinBefore = (project: TestProject, revision: number, keptRevisions = 0) =>
  thinHistory({ storage: project.storage, before: day(revision), now: project.now.value, keptRevisions });

describe('thinning the history', () => {
  it('takes the documents before and after out of old entries, and leaves their sentences', async () => {
    const project = daily(8);
    const before = entries(project);
    await thinBefore(project, 6);
    const after = entries(project);
    expect(after[4]).toMatchObject({ erasedAt: day(8).toISOString(), actor: before[4]!.actor, digest: before[4]!.digest });
    expect(after[4]!.changes.map(({ summary }) => summary)).toEqual(before[4]!.changes.map(({ summary }) => summary));
    expect(JSON.stringify(after[4])).not.toMatch(/"(before|after)"/);
    expect(after.slice(5)).toEqual(before.slice(5));
  });

  it('leaves the chain whole, and says how many entries are no longer proven word by word', async () => {
    const project = daily(8);
    const { head } = await verifyHistory(project.storage, 'acme');
    await thinBefore(project, 6);
    expect(await verifyHistory(project.storage, 'acme')).toEqual({ entries: 8, erased: 5, head });
  });

  it('leaves what can be undone and rolled back to since then, and refuses what was before in words', async () => {
    const project = daily(8);
    await thinBefore(project, 6);
    expect(refusal(() => rollback(project, 4))).toMatchObject({
      code: 'ERASED',
      message: 'What f was at revision 4 has been erased, so production cannot go back there. Choose a later one.',
    });
    rollback(project, 5);
    expect(project.flag('production', 'f').fallthrough).toMatchObject({ arms: [{ ranges: [[0, 5_000]] }] });
    expect(project.commit(undoChange, { revision: 9 as never }).changed).toBe(true);
  });

  it('refuses to undo where what was there before is gone', async () => {
    const project = daily(4);
    await thinBefore(project, 5);
    expect(refusal(() => project.commit(undoChange, { revision: 4 as never }))).toMatchObject({ code: 'ERASED' });
    expect(project.flag('production', 'f').fallthrough).toMatchObject({ arms: [{ ranges: [[0, 4_000]] }] });
  });

  it('never touches what is now, however old it is', async () => {
    const project = daily(5);
    const now = project.state().list('environment-flag', 'production');
    await thinBefore(project, 31);
    expect(project.state().environmentAt('production', 5)).toEqual(now);
    expect(project.state().erasedIn('production', 5)).toEqual([]);
  });

  it('leaves every version of the last revisions, which feeds start from', async () => {
    const project = daily(8);
    const feed = () => openFeed(project.commits, { org: 'acme', project: 'shop', environment: 'production', audience: 'server' });
    const before = feed();
    expect(await thinBefore(project, 31, 2_048)).toMatchObject({ versions: 0 });
    expect([feed().head, feed().snapshot()]).toEqual([before.head, before.snapshot()]);
    expect(project.state().at({ sort: 'environment-flag', key: 'f', environment: 'production' }, 3)).toBeDefined();
    expect(entries(project).every(({ erasedAt }) => erasedAt !== undefined)).toBe(true);
  });

  it('looks at each row once: a later run goes on where the last one ended', async () => {
    const project = daily(8);
    expect(await thinBefore(project, 5)).toEqual({ entries: 4, versions: 2 });
    expect(await thinBefore(project, 5)).toEqual({ entries: 0, versions: 0 });
    expect(await thinBefore(project, 7)).toEqual({ entries: 2, versions: 2 });
  });

  it('comes to the same in many turns as in one', async () => {
    const project = daily(3);
    for (let index = 0; index < 120; index++) project.commit(createFlag, { key: `g${index}` });
    for (let turn = 0; turn < 120; turn++) project.commit(turnFlag, { environment: 'staging', flag: `g${turn}`, on: true });
    const { entries: seen, versions } = await thinBefore(project, 31);
    expect(versions).toBe(121);
    expect(seen).toBe(243);
    expect((await verifyHistory(project.storage, 'acme')).erased).toBe(243);
    expect(project.state().environmentAt('staging', 243)).toEqual([...project.state().list('environment-flag', 'staging')]);
  });

  it('ends between two turns when it is told to, and can be taken up again', async () => {
    const project = daily(8);
    const stopped = await thinHistory({
      storage: project.storage,
      before: day(6),
      now: day(8),
      keptRevisions: 0,
      signal: AbortSignal.abort(),
    });
    expect(stopped).toEqual({ entries: 0, versions: 0 });
    expect((await thinBefore(project, 6)).entries).toBe(5);
  });
});
