import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { documents } from '../db/schema.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { turnFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { flagDetail, flagList } from '../flags/flags.views.ts';
import { linesIn } from '../flags/lines.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { why } from '../flags/why.ts';
import { putSegment } from '../segments/segments.commands.ts';
import { editsAt } from '../streams/edits.ts';
import { openProject, projectOn, scope, type TestProject } from './project.test-kit.ts';
import { refusal } from './refusal.test-kit.ts';

const environment = 'production';
const reads = () => true;
const listed = ({ storage, state, now }: TestProject) => flagList(storage, state(), { archived: 'no', reads }, now.value).flags;

const whole = {
  key: 'f',
  on: true,
  client: false,
  locked: false,
  salt: 's',
  variants: { on: true, off: false },
  off: 'off',
  pins: [],
  prerequisites: [],
  rules: [],
  fallthrough: { variant: 'on' },
};

/** Two flags, of which one asks a segment; then the server starts anew on what somebody wrote into its database. */
function withDamage(sort: 'flag' | 'environment-flag' | 'segment', key: string, text: string): TestProject {
  const project = openProject();
  const members = { name: '', description: '', kind: 'org', included: ['acme'], excluded: [] };
  project.commit(putSegment, { environment, segment: 's', ...members });
  const rules = [{ id: 'r', when: { segment: 's' }, serve: { variant: 'on' } }];
  project.commit(createFlag, { key: 'f', environments: { [environment]: { on: true, rules } } });
  project.commit(createFlag, { key: 'g', environments: { [environment]: { on: true } } });
  const isIt = and(
    eq(documents.sort, sort),
    eq(documents.key, key),
    sort === 'flag' ? undefined : eq(documents.environment, environment),
  );
  project.storage.transact((db) =>
    db
      .update(documents)
      .set({ body: sql`${text}` })
      .where(isIt)
      .run(),
  );
  return projectOn(project.storage, project.file, scope);
}

describe('a flag that was damaged in the database', () => {
  it.each<readonly [string, string]>([
    ['all of it', 'no JSON'],
    ['all of it', '[]'],
    ['on', '{}'],
    ['variants', JSON.stringify({ on: true, client: false, locked: false, salt: 's', variants: null })],
    ...[
      ['pins', { pins: [{}] }],
      ['prerequisites', { prerequisites: 'g' }],
      ['rules', { rules: [null] }],
      ['what it serves', { fallthrough: null }],
      ['what it serves', { fallthrough: { split: {}, arms: [{ serve: { variant: 'on' } }] } }],
      ['what it serves', { rules: [{ id: 'r', when: { all: 7 }, serve: { variant: 'on' } }] }],
    ].map(([what, part]) => [what as string, JSON.stringify({ ...whole, ...(part as object) })] as const),
  ])('is shown with what is wrong: %s of %s', (what, text) => {
    const project = withDamage('environment-flag', 'f', text);
    const sentence = `f in production is damaged in the database: ${what} cannot be read. Undo, roll back or restore a backup.`;
    const [f, g] = listed(project);
    expect(f?.environments[environment]).toMatchObject({ on: false, summary: sentence });
    expect(f?.environments['staging']).toMatchObject({ summary: 'off' });
    expect(g?.environments[environment]).toMatchObject({ summary: 'on' });
    expect(refusal(() => why(project.storage, project.state(), { environment, flag: 'f' }, {}, project.now.value)).message).toBe(
      sentence,
    );
    expect(why(project.storage, project.state(), { environment, flag: 'g' }, {}, project.now.value).resolution).toMatchObject({
      value: true,
    });
  });

  it('is not published, as nothing is published that cannot be read', () => {
    const project = withDamage('environment-flag', 'f', '{}');
    const state = project.state();
    const published = editsAt(state, environment, state.revision).filter(({ line }) => line !== undefined);
    expect(published.map(({ key }) => key).sort()).toEqual(['g', 's']);
    expect(linesIn(state, environment).flags.get('f')).toBeUndefined();
  });

  it('keeps nobody from changing others, and is healed by a rollback or an edit', () => {
    const project = withDamage('environment-flag', 'f', '{}');
    expect(project.commit(turnFlag, { environment, flag: 'g', on: false }).changed).toBe(true);
    project.commit(rollbackEnvironment, { environment, to: 4 });
    expect(listed(project)[0]?.environments[environment]).toMatchObject({ on: true, summary: 'on + 1 rule' });
    const other = withDamage('environment-flag', 'f', '{}');
    const edit = { variants: { on: true, off: false }, off: 'off', on: true };
    other.commit(publishEdits, { edits: [{ environment, flag: 'f', edit }] });
    expect(listed(other)[0]?.environments[environment]?.summary).not.toContain('damaged');
  });

  it('is described by its damage where that is what it is everywhere', () => {
    const project = withDamage('flag', 'f', '{}');
    expect(flagDetail(project.storage, project.state(), 'f', reads).definition.document.description).toMatch(/^f is damaged/);
    expect(linesIn(project.state(), environment).flags.get('f')).toBeUndefined();
  });
});

it('a damaged segment is in no snapshot, so what asks it is served as if it were gone', () => {
  const project = withDamage('segment', 's', JSON.stringify({ kind: 'org', included: 'acme' }));
  expect(linesIn(project.state(), environment).segments.get('s')).toBeUndefined();
  const { resolution } = why(project.storage, project.state(), { environment, flag: 'f' }, { org: 'acme' }, project.now.value);
  expect(resolution).toMatchObject({ errorCode: 'GENERAL', variant: 'off' });
});
