import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { history } from '../db/schema.ts';
import { createEnvironment } from '../environments/create-environment.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { killFlag, turnFlag, unlockFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { archiveFlag, restoreFlag } from '../flags/definition.commands.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { rolloutFlag } from '../flags/rollout-flag.ts';
import { deleteSegment, putSegment } from '../segments/segments.commands.ts';
import { linkOf } from './digest.ts';
import { digestOfEntry } from './entry.ts';
import { exportHistory } from './export-history.ts';
import { newestEntries, type Filter } from './history.store.ts';
import { ben, openProject, scope, type TestProject } from './project.test-kit.ts';
import { refusal } from './refusal.test-kit.ts';
import { seenOf, type Reads } from './seen.ts';
import { undoChange } from './undo-change.ts';
import { verifyHistory } from './verify-history.ts';

const production = { environment: 'production', flag: 'f' } as const;
const segment = { name: 'S', description: '', kind: 'org', included: ['acme'], excluded: [] };
const undo = (project: TestProject, revision: number) => project.commit(undoChange, { revision } as never);
const eventful = (): TestProject => {
  const project = openProject();
  project.commit(createFlag, { key: 'f' });
  project.commit(createFlag, { key: 'g' }, { actor: ben });
  project.now.value = new Date('2026-03-02T12:00:00Z');
  project.commit(turnFlag, { ...production, on: true }, { reason: '=launch, "now"' });
  project.commit(turnFlag, { environment: 'staging', flag: 'f', on: true });
  return project;
};
const commandsFound = (project: TestProject, filter: Filter, at = scope) =>
  project.storage.query((db) => newestEntries(db, at, filter, 100)).map(({ revision }) => revision);

describe('the history', () => {
  it.each<[string, Filter, number[]]>([
    ['has the newest first', {}, [5, 4, 3, 2, 1]],
    ['of a flag, in any environment', { flag: 'f' }, [5, 4, 2]],
    ['of a flag in an environment', { flag: 'f', environment: 'production' }, [4, 2]],
    ['of an environment', { environment: 'staging' }, [5, 3, 2]],
    ['of a person', { by: 'ben' }, [3]],
    ['since a day', { since: '2026-03-02T00:00:00Z' }, [5, 4]],
    ['until a day', { until: '2026-03-02T00:00:00Z' }, [3, 2, 1]],
    ['older than an entry, for the next page', { before: 3 }, [2, 1]],
    ['of what is not there', { flag: 'h' }, []],
    ['within an environment, and of the project itself', { within: ['production'] }, [4, 3, 2, 1]],
    ['of a flag within an environment', { flag: 'f', within: ['production'] }, [4, 2]],
    ['of an environment that one may not look in', { environment: 'staging', within: ['production'] }, []],
  ])('%s', (_, filter, expected) => {
    expect(commandsFound(eventful(), filter)).toEqual(expected);
  });

  it('of another organization is another one', () => {
    expect(commandsFound(eventful(), {}, { org: 'other', project: 'shop' })).toEqual([]);
  });

  it('of the organization tells of its projects, not of their flags', () => {
    const project = eventful();
    project.commit(createEnvironment, { key: 'edge', name: 'Edge' });
    expect(commandsFound(project, {}, { org: 'acme', project: undefined as never })).toEqual([6, 1]);
  });
});

const row = (seq: number) => and(eq(history.org, 'acme'), eq(history.seq, seq));

describe('the chain', () => {
  it('holds', async () => {
    const project = eventful();
    const { link } = project.state().entry(5)!;
    expect(await verifyHistory(project.storage, 'acme')).toEqual({ entries: 5, erased: 0, head: link });
    expect(await verifyHistory(project.storage, 'nobody')).toMatchObject({ entries: 0 });
  });

  it.each<[string, number, (project: TestProject) => void]>([
    [
      'an altered actor',
      3,
      ({ storage }) =>
        storage.transact((db) =>
          db
            .update(history)
            .set({ actor: { ...ben, name: 'Eve' } })
            .where(row(3))
            .run(),
        ),
    ],
    [
      'an altered sentence',
      4,
      ({ storage }) => storage.transact((db) => db.update(history).set({ changes: [] }).where(row(4)).run()),
    ],
    ['an altered instant', 1, ({ storage }) => storage.transact((db) => db.update(history).set({ atMs: 1 }).where(row(1)).run())],
    [
      'an altered reason',
      4,
      ({ storage }) => storage.transact((db) => db.update(history).set({ reason: 'x' }).where(row(4)).run()),
    ],
    ['a missing entry', 2, ({ storage }) => storage.transact((db) => db.delete(history).where(row(2)).run())],
    ['a missing end', 5, ({ storage }) => storage.transact((db) => db.delete(history).where(row(5)).run())],
    [
      'an entry altered together with its own digest',
      3,
      ({ storage }) =>
        storage.transact((db) =>
          db
            .update(history)
            .set({ digest: 'f'.repeat(64) })
            .where(row(3))
            .run(),
        ),
    ],
    [
      'an entry altered together with its digest and its link: the next one does not follow',
      4,
      ({ storage, state }) => {
        const { link } = state().entry(2)!;
        storage.transact((db) => {
          const forged = { ...db.select().from(history).where(row(3)).get()!, reason: 'forged' };
          const digest = digestOfEntry(forged);
          db.update(history)
            .set({ reason: 'forged', digest, link: linkOf(link, digest) })
            .where(row(3))
            .run();
        });
      },
    ],
  ])('betrays %s, at entry %i', async (_, brokenAt, tamper) => {
    const project = eventful();
    tamper(project);
    expect(await verifyHistory(project.storage, 'acme')).toMatchObject({ entries: brokenAt - 1, brokenAt });
  });
});

const everything = () => true;
const exported = async (project: TestProject, format: 'jsonl' | 'csv', filter: Filter = {}, reads: Reads = everything) => {
  const parts: string[] = [];
  const sink = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      parts.push(chunk.toString());
      setImmediate(done);
    },
  });
  const headers = new Map<string, string>();
  const response = Object.assign(sink, { setHeader: (name: string, value: string) => headers.set(name, value) });
  await exportHistory(response as unknown as ServerResponse, project.storage, scope, { ...filter, format }, reads);
  await finished(sink);
  return { text: parts.join(''), headers };
};

const staging: Reads = (environment) => environment === 'staging';
const changesSeen = (revision: number) => seenOf(eventful().state().entry(revision)!, staging)?.changes.length;

describe('an entry, to who may read one environment alone', () => {
  it('has neither the changes of others nor the reason of all', () => {
    const project = eventful();
    const edits = ['production', 'staging'].map((environment) => ({ environment, flag: 'g', edit: { on: true } }));
    const { revision } = project.commit(publishEdits, { edits }, { reason: 'production is ready' });
    const seen = seenOf(project.state().entry(revision)!, staging);
    expect(seen?.changes).toMatchObject([{ environment: 'staging', key: 'g' }]);
    expect(seen).not.toHaveProperty('reason');
    expect(seenOf(project.state().entry(revision)!, everything)).toEqual(project.state().entry(revision));
  });

  it('is left out if it speaks of others alone, and whole if it speaks of the project', () => {
    expect([2, 4, 5].map(changesSeen)).toEqual([1, undefined, 1]);
  });

  it('names no other environment', () => {
    expect(JSON.stringify(seenOf(eventful().state().entry(1)!, staging))).not.toMatch(/:"(production|development)"/);
  });
});

describe('an export', async () => {
  it('has only what its reader may read', async () => {
    const { text } = await exported(eventful(), 'csv', {}, staging);
    const revisions = text.split('\r\n').map((line) => line.split(',')[3]);
    expect(revisions).toEqual(['revision', '1', '2', '3', '5', undefined]);
    expect(text).not.toContain('production');
  });

  it('has every entry that matches, oldest first, with its place in the chain', async () => {
    const project = eventful();
    for (let turn = 0; turn < 250; turn++) project.commit(turnFlag, { ...production, on: turn % 2 === 1 });
    const { text, headers } = await exported(project, 'jsonl', { flag: 'f' });
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(entries).toHaveLength(253);
    expect(entries[0]).toEqual(project.state().entry(2));
    expect(entries.at(-1)).toEqual(project.state().entry(255));
    expect(headers.get('Content-Type')).toBe('application/x-ndjson');
  });

  it('as CSV quotes what must be quoted, and no cell is a formula', async () => {
    const { text } = await exported(eventful(), 'csv', { environment: 'production', since: '2026-03-02T00:00:00Z' });
    const [head, line, ...rest] = text.split('\r\n');
    expect(head).toMatch(/^seq,at,project,revision,actor/);
    expect(line).toMatch(
      /^4,2026-03-02T12:00:00.000Z,shop,4,Ana,ana,flag.turn,production,f: turned on in production,"'=launch, ""now""",,[0-9a-f]{64},/,
    );
    expect(rest).toEqual(['']);
  });
});

const needs = (flag: string, other: string | undefined) => ({
  edits: [
    {
      environment: 'production',
      flag,
      edit: { prerequisites: other === undefined ? [] : [{ flag: other, variants: ['on'] }] },
    },
  ],
});

describe('an undo', async () => {
  it('reverts just its commit, and says which', () => {
    const project = eventful();
    expect(undo(project, 4).changed).toBe(true);
    expect([project.flag('production', 'f').on, project.flag('staging', 'f').on]).toEqual([false, true]);
    expect(project.state().entry(6)).toMatchObject({
      command: 'change.undo',
      undoes: 4,
      changes: [{ summary: 'turned off in production' }],
    });
  });

  it('can be undone', () => {
    const project = eventful();
    const { revision } = undo(project, 4);
    undo(project, revision);
    expect(project.flag('production', 'f').on).toBe(true);
  });

  it('takes a new flag away, and brings a deleted segment back', () => {
    const project = eventful();
    project.commit(putSegment, { environment: 'production', segment: 's', ...segment });
    const { revision } = project.commit(deleteSegment, { environment: 'production', segment: 's' });
    undo(project, revision);
    expect(project.state().get('segment', 's', 'production')?.body).toMatchObject(segment);
    undo(project, 3);
    expect(project.state().get('flag', 'g')).toBeUndefined();
    expect(
      project
        .state()
        .list('environment-flag')
        .map(({ key }) => key),
    ).not.toContain('g');
  });

  it('is refused when what it reverts has changed since, and shows what it is now', () => {
    const project = eventful();
    project.commit(rolloutFlag, { ...production, percent: 10 }, { actor: ben });
    const refused = refusal(() => undo(project, 4));
    expect(refused).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('Ben changed f in production') });
    expect(refused.current).toMatchObject({ key: 'f', environment: 'production', revision: 6 });
    expect(project.flag('production', 'f').on).toBe(true);
  });

  it('is refused when the flag was killed since, even by who may unlock', () => {
    const project = eventful();
    project.commit(killFlag, production);
    expect(refusal(() => undo(project, 4))).toMatchObject({
      code: 'FLAG_LOCKED',
      message: expect.stringContaining('f was killed in production since'),
    });
  });

  it('is refused when others came to lean on what would go', () => {
    const project = openProject();
    const { revision: made } = project.commit(createFlag, { key: 'f' });
    project.commit(createFlag, { key: 'g', environments: { staging: { prerequisites: [{ flag: 'f', variants: ['on'] }] } } });
    expect(refusal(() => undo(project, made)).mistakes).toMatchObject([{ message: 'flag g in staging asks f by now' }]);
    expect(project.state().get('flag', 'f')).toBeDefined();
  });

  it('is refused when an environment came since that has the flag too', () => {
    const project = eventful();
    project.commit(createEnvironment, { key: 'edge', name: 'Edge' });
    expect(refusal(() => undo(project, 3)).mistakes).toMatchObject([{ message: 'g is in edge by now: archive it instead' }]);
  });

  it('is refused when it would close a circle', () => {
    const project = openProject();
    for (const key of ['a', 'b']) project.commit(createFlag, { key });
    project.commit(publishEdits, needs('a', 'b'));
    const { revision } = project.commit(publishEdits, needs('a', undefined));
    project.commit(publishEdits, needs('b', 'a'));
    expect(refusal(() => undo(project, revision)).mistakes).toMatchObject([{ message: 'asks itself: a → b → a' }]);
  });

  it.each([
    ['a revision that is not there', 99, 'NOT_FOUND'],
    ['no revision at all', Number.NaN, 'NOT_FOUND'],
    ['the creation of the project', 1, 'INVALID'],
  ])('is refused for %s', (_, revision, code) => {
    expect(refusal(() => undo(eventful(), revision)).code).toBe(code);
  });
});

const back = (project: TestProject, to: number) => project.commit(rollbackEnvironment, { environment: 'production', to });

describe('a rollback', () => {
  it('takes one environment back and leaves the others', () => {
    const project = eventful();
    back(project, 3);
    expect([project.flag('production', 'f').on, project.flag('staging', 'f').on]).toEqual([false, true]);
    expect(project.state().entry(6)).toMatchObject({
      command: 'environment.rollback',
      changes: [{ summary: 'turned off in production' }],
    });
  });

  it('keeps a kill made since, and lists it', async () => {
    const project = eventful();
    project.commit(rolloutFlag, { ...production, percent: 10 });
    project.commit(killFlag, production, { reason: 'errors' });
    expect((await project.preview(rollbackEnvironment, { environment: 'production', to: 4 })).warnings).toContain(
      'f stays killed in production',
    );
    const { changes } = back(project, 4);
    const again = await project.preview(rollbackEnvironment, { environment: 'production', to: 4 });
    expect(again).toMatchObject({ changes: [], warnings: ['f stays killed in production'] });
    expect(project.flag('production', 'f')).toMatchObject({ on: false, locked: true, fallthrough: { variant: 'on' } });
    expect(changes.map(({ kind, summary }) => [kind, summary])).toContainEqual(['flag.kill-kept', 'stays killed in production']);
  });

  it('gives a lifted kill no new force, and a kill of then its old one, without asking to unlock', () => {
    const project = eventful();
    project.commit(killFlag, production);
    project.commit(unlockFlag, production);
    project.commit(rollbackEnvironment, { environment: 'production', to: 4 }, { may: () => false });
    expect(project.flag('production', 'f')).toMatchObject({ on: true, locked: false });
    project.commit(rollbackEnvironment, { environment: 'production', to: 6 }, { may: () => false });
    expect(project.flag('production', 'f')).toMatchObject({ on: false, locked: true });
  });

  it('turns off what came since, and removes segments that came since unless such a flag uses them', () => {
    const project = eventful();
    for (const key of ['s', 't']) project.commit(putSegment, { environment: 'production', segment: key, ...segment });
    const rules = [{ id: '1', when: { segment: 's' }, serve: { variant: 'on' } }];
    project.commit(createFlag, { key: 'new', environments: { production: { on: true, rules } } });
    back(project, 5);
    expect(project.flag('production', 'new')).toMatchObject({ on: false, rules });
    expect(
      project
        .state()
        .list('segment', 'production')
        .map(({ key }) => key),
    ).toEqual(['s']);
  });

  it('brings removed segments back', () => {
    const project = eventful();
    const { revision } = project.commit(putSegment, { environment: 'production', segment: 's', ...segment });
    project.commit(deleteSegment, { environment: 'production', segment: 's' });
    back(project, revision);
    expect(project.state().get('segment', 's', 'production')?.body).toEqual({ key: 's', ...segment });
  });

  it('leaves an archived flag archived', () => {
    const project = eventful();
    project.commit(archiveFlag, { flag: 'f' });
    back(project, 3);
    expect(project.state().get('flag', 'f')?.body.archivedAt).toBeDefined();
    project.commit(restoreFlag, { flag: 'f' });
    expect(project.flag('production', 'f').on).toBe(false);
  });

  it('to where it is changes nothing, and can itself be undone', () => {
    const project = eventful();
    expect(back(project, 5).changed).toBe(false);
    const { revision } = back(project, 3);
    undo(project, revision);
    expect(project.flag('production', 'f').on).toBe(true);
  });

  it.each([
    ['to a revision to come', 'production', 99, 'the project is at revision 5: there is no revision 99 yet'],
    ['to before there was anything', 'production', 0, 'production was not there yet at revision 0'],
  ])('%s is refused', (_, environment, to, message) => {
    const refused = refusal(() => eventful().commit(rollbackEnvironment, { environment, to }));
    expect(refused.mistakes).toEqual([{ at: '/body/to', message }]);
  });
});
