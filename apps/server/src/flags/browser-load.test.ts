import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openProject, projectOn, scope, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { documents } from '../db/schema.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { putSegment } from '../segments/segments.commands.ts';
import { turnFlag } from './acts.commands.ts';
import { createFlag } from './create-flag.ts';
import { archiveFlag, restoreFlag } from './definition.commands.ts';
import { pinFlag } from './pin-flag.ts';
import { publishEdits } from './publish-edits.ts';

const environment = 'production';
const keysOf = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);
const put = (project: TestProject, segment: string, count: number) =>
  project.commit(putSegment, {
    environment,
    segment,
    name: '',
    description: '',
    kind: 'user',
    included: keysOf(count),
    excluded: [],
  });
const edit = (project: TestProject, flag: string, fields: object) =>
  project.commit(publishEdits, { edits: [{ environment, flag, edit: fields }] });
const rule = (id: string, segment: string) => ({ id, when: { segment }, serve: { variant: 'on' } });
const pin = (project: TestProject, flag: string, variant: string) =>
  project.commit(pinFlag, { environment, flag, kind: 'user', keys: ['one'], variant });

/** 60 kB that compress to about two thirds. */
const noise = (seed: string) =>
  Array.from({ length: 1_500 }, (_, index) => createHash('sha256').update(`${seed}${index}`).digest('base64'))
    .join('')
    .slice(0, 60_000);

const large = (key: string) => ({ key, type: 'string' as const, client: true, variants: { a: noise(key) } });

/** A flag that browsers get, and one that they do not. Both ask a small segment. */
function withFlags(): TestProject {
  const project = openProject();
  put(project, 'pilot', 10);
  const asking = { [environment]: { rules: [rule('r', 'pilot')], on: true, fallthrough: { variant: 'off' } } };
  project.commit(createFlag, { key: 'shown', client: true, environments: asking });
  project.commit(createFlag, { key: 'unshown', environments: asking });
  return project;
}

describe('a snapshot too large for browsers is refused', () => {
  it.each<[string, (project: TestProject) => unknown]>([
    ['when a segment grows', (p) => put(p, 'pilot', 12_000)],
    ['when a flag asks a large segment', (p) => [put(p, 'all', 12_000), edit(p, 'shown', { rules: [rule('r', 'all')] })]],
    [
      'when a flag that asks one is sent to browsers',
      (p) => [put(p, 'all', 12_000), edit(p, 'unshown', { rules: [rule('r', 'all')] }), edit(p, 'unshown', { client: true })],
    ],
    [
      'when a flag is created so',
      (p) => [
        put(p, 'all', 12_000),
        p.commit(createFlag, { key: 'new', client: true, environments: { [environment]: { rules: [rule('r', 'all')] } } }),
      ],
    ],
    [
      'when an archived flag is restored',
      (p) => [
        put(p, 'all', 9_000),
        put(p, 'others', 9_000),
        edit(p, 'shown', { rules: [rule('r', 'all')] }),
        p.commit(archiveFlag, { flag: 'shown' }),
        p.commit(createFlag, { key: 'new', client: true, environments: { [environment]: { rules: [rule('r', 'others')] } } }),
        p.commit(restoreFlag, { flag: 'shown' }),
      ],
    ],
    [
      'when an undo brings it back',
      (p) => {
        put(p, 'all', 9_000);
        edit(p, 'shown', { rules: [rule('r', 'all')] });
        const { revision } = edit(p, 'shown', { rules: [] });
        put(p, 'all', 12_000);
        p.commit(undoChange, { revision } as never);
      },
    ],
  ])('%s', (_, act) => {
    const project = withFlags();
    const refused = refusal(() => act(project));
    expect(refused).toMatchObject({ code: 'INVALID', mistakes: [{ at: '/body' }] });
    expect(refused.message).toMatch(/more than 100 kB of production, most of it the segment (pilot|all|others): shorten it/);
  });

  it('when it is one flag that is large', () => {
    const project = withFlags();
    const refused = refusal(() => ['l', 'm', 'n', 'o'].forEach((key) => project.commit(createFlag, large(key))));
    expect(refused.message).toMatch(/most of it the flag [lmno]: shorten it, or do not send it to browsers/);
  });
});

/** As a database of before there was a limit may hold: the segment that browsers load is too large already. */
function tooLarge(): TestProject {
  const project = withFlags();
  const body = { ...project.state().get('segment', 'pilot', environment)!.body, included: keysOf(12_000) };
  const isPilot = and(eq(documents.sort, 'segment'), eq(documents.key, 'pilot'));
  project.storage.transact((db) => db.update(documents).set({ body }).where(isPilot).run());
  return projectOn(project.storage, project.file, scope);
}

describe('a snapshot that is too large already', () => {
  it.each<[string, (project: TestProject) => { changed: boolean }]>([
    ['a flag is turned off', (p) => p.commit(turnFlag, { environment, flag: 'shown', on: false })],
    [
      'and on again: room was kept for it',
      (p) => [false, true].map((on) => p.commit(turnFlag, { environment, flag: 'shown', on })).at(-1)!,
    ],
    ['a flag is pinned to its off variant', (p) => pin(p, 'shown', 'off')],
    ['its segment is shortened, though not enough', (p) => put(p, 'pilot', 11_500)],
    ['it is not asked any more', (p) => edit(p, 'shown', { rules: [] })],
    ['what browsers do not load grows', (p) => [pin(p, 'unshown', 'on'), put(p, 'unasked', 20_000)].at(-1)!],
  ])('is no obstacle when %s', (_, act) => {
    expect(act(tooLarge()).changed).toBe(true);
  });

  it('is an obstacle to what makes it larger', () => {
    expect(refusal(() => pin(tooLarge(), 'shown', 'on'))).toMatchObject({ code: 'INVALID' });
    expect(refusal(() => put(tooLarge(), 'pilot', 12_001))).toMatchObject({ code: 'INVALID' });
  });
});

it('a rollback that would bring too much back is refused', () => {
  const project = withFlags();
  put(project, 'all', 9_000);
  const { revision: to } = edit(project, 'shown', { rules: [rule('r', 'all')] });
  edit(project, 'shown', { rules: [] });
  put(project, 'all', 10);
  project.commit(createFlag, large('new'));
  expect(refusal(() => project.commit(rollbackEnvironment, { environment, to }))).toMatchObject({ code: 'INVALID' });
});
