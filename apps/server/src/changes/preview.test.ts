import type { EnvironmentFlagEdit, Preview } from '@taffrail/schema';
import { describe, expect, it } from 'vitest';
import { createEnvironment } from '../environments/create-environment.ts';
import { killFlag, turnFlag, unlockFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { archiveFlag, describeFlag } from '../flags/definition.commands.ts';
import { pinFlag } from '../flags/pin-flag.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { rolloutFlag } from '../flags/rollout-flag.ts';
import { putSegment } from '../segments/segments.commands.ts';
import { history } from '../db/schema.ts';
import { openProject, type TestProject } from './project.test-kit.ts';

const here = { environment: 'production', flag: 'f' } as const;
const orgs = Array.from({ length: 12 }, (_, index) => `org-${String(index).padStart(2, '0')}`);
const known = (): TestProject => {
  const project = openProject();
  project.know('production', 'org', orgs.slice(0, 8), { plan: 'pro' });
  project.know('production', 'org', orgs.slice(8), { plan: 'free' });
  project.know('production', 'user', ['u1', 'u2']);
  project.commit(createFlag, { key: 'f' });
  return project;
};
const publish = (project: TestProject, edit: EnvironmentFlagEdit, flag = 'f') =>
  project.commit(publishEdits, { edits: [{ ...here, flag, edit }] });
const pro = { rules: [{ id: '1', when: { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] }, serve: { variant: 'on' } }] };
const segment = { name: 'S', description: '', kind: 'org', included: [] as string[], excluded: [] };

const inSegment = (domain: string) => ({
  environment: 'production',
  segment: 's',
  ...segment,
  included: ['a-secret-key'],
  when: {
    all: [
      { kind: 'org', path: ['domain'], op: 'contains', values: [domain] },
      { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] },
    ],
  },
});

describe('a preview', () => {
  it('writes nothing', async () => {
    const project = known();
    const before = project.state();
    project.heard.length = 0;
    await project.preview(turnFlag, { ...here, on: true });
    expect(project.state()).toBe(before);
    expect(project.heard).toEqual([]);
    expect(project.storage.query((db) => db.select().from(history).all())).toHaveLength(before.revision);
  });

  it('names who moves: the first ten, in order, and how many of how many', async () => {
    const project = known();
    const { affected } = await project.preview(publishEdits, {
      edits: [{ ...here, edit: { on: true, ...pro, fallthrough: { variant: 'off' } } }],
    });
    expect(affected).toEqual([
      {
        environment: 'production',
        flag: 'f',
        kind: 'org',
        known: 12,
        changed: 8,
        moves: [{ from: 'off', to: 'on', count: 8, keys: orgs.slice(0, 8) }],
      },
    ]);
    const everybody = (await project.preview(turnFlag, { ...here, on: true })).affected;
    expect(everybody.map(({ kind, known: all, changed }) => [kind, all, changed])).toEqual([
      ['org', 12, 12],
      ['user', 2, 2],
    ]);
    expect(everybody[0]!.moves[0]!.keys).toEqual(orgs.slice(0, 10));
  });

  it('counts nobody for the edited flag if nobody moves', async () => {
    const project = known();
    publish(project, { on: true, ...pro, fallthrough: { variant: 'off' } });
    const input = { ...here, kind: 'org', keys: ['org-00'], variant: 'on' };
    expect((await project.preview(pinFlag, input)).affected).toMatchObject([{ flag: 'f', known: 12, changed: 0, moves: [] }]);
  });

  it('counts who keeps a variant whose value changes', async () => {
    const project = known();
    project.commit(createFlag, { key: 'g', type: 'number', variants: { few: 1, many: 2 } });
    publish(project, { on: true, fallthrough: { variant: 'few' } }, 'g');
    const edit = { variants: { few: 10, many: 2 } };
    const { affected } = await project.preview(publishEdits, { edits: [{ ...here, flag: 'g', edit }] });
    expect(affected).toMatchObject([
      { flag: 'g', kind: 'org', changed: 12, moves: [{ from: 'few', to: 'few', count: 12 }] },
      { flag: 'g', kind: 'user', changed: 2 },
    ]);
  });

  it('follows segments, and flags that ask', async () => {
    const project = known();
    project.commit(putSegment, { environment: 'production', segment: 's', ...segment, included: ['org-00'] });
    publish(project, {
      on: true,
      rules: [{ id: '1', when: { segment: 's' }, serve: { variant: 'on' } }],
      fallthrough: { variant: 'off' },
    });
    project.commit(createFlag, { key: 'g' });
    publish(project, { on: true, prerequisites: [{ flag: 'f', variants: ['on'] }] }, 'g');
    const input = { environment: 'production', segment: 's', ...segment, included: ['org-00', 'org-01'] };
    const preview = await project.preview(putSegment, input);
    expect(preview.dependents).toEqual(['f', 'g']);
    expect(preview.affected.map(({ flag, moves }) => [flag, moves[0]!.keys])).toEqual([
      ['f', ['org-01']],
      ['g', ['org-01']],
    ]);
  });

  it('sees flags that appear and disappear: their absence is the code default', async () => {
    const project = known();
    publish(project, { on: true });
    const { affected } = await project.preview(archiveFlag, { flag: 'f' });
    expect(affected.filter(({ environment }) => environment === 'production')[0]).toMatchObject({
      kind: 'org',
      changed: 12,
      moves: [{ from: 'on', to: null }],
    });
    const created = (await project.preview(createFlag, { key: 'g', environments: { production: { on: true } } })).affected;
    expect(created[0]).toMatchObject({ environment: 'production', flag: 'g', changed: 12, moves: [{ from: null, to: 'on' }] });
  });

  it('says so where nobody is known', async () => {
    const project = known();
    const preview = await project.preview(turnFlag, { environment: 'staging', flag: 'f', on: true });
    expect(preview.affected).toEqual([]);
    expect(preview.warnings).toEqual([
      'Nothing is known of who uses staging, so nobody could be counted. Import contexts to see who is affected.',
    ]);
  });

  it('names what browsers could read from now on, and only that', async () => {
    const project = known();
    const when = { any: [{ kind: 'user', path: ['email'], op: 'ends_with', values: ['@acme.example'] }, { segment: 's' }] };
    const rules = [{ id: '1', when, serve: { variant: 'on' } }];
    project.commit(putSegment, inSegment('berlin'));
    publish(project, { rules });
    const toBrowsers = { edits: [{ ...here, edit: { client: true } }] };
    const { warnings } = await project.preview(publishEdits, toBrowsers);
    expect(warnings).toEqual(["Browsers get f in production, so anybody can read there: '@acme.example', 'berlin'."]);
    project.commit(publishEdits, toBrowsers);
    expect((await project.preview(turnFlag, { ...here, on: true })).warnings).toEqual([]);
    expect((await project.preview(putSegment, inSegment('cairo'))).warnings).toEqual([
      "Browsers get f in production, so anybody can read there: 'cairo'.",
    ]);
  });

  it('counts nobody where only words change', async () => {
    const project = known();
    const preview = await project.preview(describeFlag, { flag: 'f', owner: 'ben' });
    expect(preview).toMatchObject({ affected: [], dependents: [], narrowing: true, warnings: [] });
    expect(preview.changes).toMatchObject([{ summary: 'owner Ana → ben' }]);
  });

  it('stands a flag called constructor, and contexts called __proto__', async () => {
    const project = known();
    project.know('production', 'org', ['__proto__', 'constructor']);
    project.commit(createFlag, { key: 'constructor' });
    const { affected } = await project.preview(pinFlag, {
      environment: 'production',
      flag: 'constructor',
      kind: 'org',
      keys: ['__proto__'],
      variant: 'on',
      turnOn: true,
    });
    expect(affected).toMatchObject([{ flag: 'constructor', known: 14, changed: 1, moves: [{ keys: ['__proto__'] }] }]);
  });
});

const halfway = (project: TestProject) => project.commit(rolloutFlag, { ...here, percent: 50, kind: 'org' });

describe('narrowing', () => {
  type Case = [string, boolean, (project: TestProject) => void, (project: TestProject) => Promise<Preview>];
  const cases: Case[] = [
    ['turning off', true, (p) => publish(p, { on: true }), (p) => p.preview(turnFlag, { ...here, on: false })],
    ['turning on', false, () => {}, (p) => p.preview(turnFlag, { ...here, on: true })],
    ['killing', true, halfway, (p) => p.preview(killFlag, here)],
    ['unlocking', true, (p) => p.commit(killFlag, here), (p) => p.preview(unlockFlag, here)],
    ['less of a rollout', true, halfway, (p) => p.preview(rolloutFlag, { ...here, percent: 20 })],
    ['more of a rollout', false, halfway, (p) => p.preview(rolloutFlag, { ...here, percent: 51 })],
    ['the same share, counted otherwise', false, halfway, (p) => p.preview(rolloutFlag, { ...here, percent: 50, kind: 'user' })],
    [
      'everybody to a share',
      true,
      (p) => publish(p, { on: true }),
      (p) => p.preview(rolloutFlag, { ...here, percent: 99, kind: 'org' }),
    ],
    ['a pin to the off variant', true, halfway, (p) => p.preview(pinFlag, { ...here, kind: 'org', keys: ['x'], variant: 'off' })],
    ['a pin to another', false, halfway, (p) => p.preview(pinFlag, { ...here, kind: 'org', keys: ['x'], variant: 'on' })],
    [
      'taking a pin away: who knows what the rules say',
      false,
      (p) => p.commit(pinFlag, { ...here, kind: 'org', keys: ['x'], variant: 'on', turnOn: true }),
      (p) => p.preview(pinFlag, { ...here, kind: 'org', keys: ['x'], variant: null }),
    ],
    ['another rule', false, halfway, (p) => p.preview(publishEdits, { edits: [{ ...here, edit: pro }] })],
    [
      'a rule less: it may have denied',
      false,
      (p) => publish(p, { on: true, ...pro }),
      (p) => p.preview(publishEdits, { edits: [{ ...here, edit: { rules: [] } }] }),
    ],
    [
      'a rule less, where everybody else gets the off variant',
      true,
      (p) => publish(p, { on: true, ...pro, fallthrough: { variant: 'off' } }),
      (p) => p.preview(publishEdits, { edits: [{ ...here, edit: { rules: [] } }] }),
    ],
    [
      'everybody to those whom a rule serves the same',
      true,
      (p) => publish(p, { on: true }),
      (p) => p.preview(publishEdits, { edits: [{ ...here, edit: { ...pro, fallthrough: { variant: 'off' } } }] }),
    ],
    [
      'the first of two rules less: the other may serve more of those',
      false,
      (p) => publish(p, { on: true, rules: [...pro.rules, { ...pro.rules[0]!, id: '2' }], fallthrough: { variant: 'off' } }),
      (p) => p.preview(publishEdits, { edits: [{ ...here, edit: { rules: [{ ...pro.rules[0]!, id: '2' }] } }] }),
    ],
    [
      'another value of the off variant',
      false,
      (p) => publish(p, { on: true }),
      (p) => p.preview(publishEdits, { edits: [{ ...here, edit: { on: false, variants: { on: true, off: true } } }] }),
    ],
    [
      'sending a flag that is on to browsers: there it was unknown',
      false,
      (p) => publish(p, { on: true }),
      (p) => p.preview(publishEdits, { edits: [{ ...here, edit: { client: true } }] }),
    ],
    [
      'sending a flag that is off to browsers',
      true,
      () => {},
      (p) => p.preview(publishEdits, { edits: [{ ...here, edit: { client: true } }] }),
    ],
    ['a new flag, off', true, () => {}, (p) => p.preview(createFlag, { key: 'g' })],
    ['a new flag, on', false, () => {}, (p) => p.preview(createFlag, { key: 'g', environments: { staging: { on: true } } })],
    [
      'a new environment',
      true,
      (p) => publish(p, { on: true }),
      (p) => p.preview(createEnvironment, { key: 'edge', name: 'Edge' }),
    ],
    ['archiving: nobody knows the code defaults', false, () => {}, (p) => p.preview(archiveFlag, { flag: 'f' })],
    [
      'turning off what others wait for to be on',
      true,
      (p) => {
        publish(p, { on: true });
        p.commit(createFlag, { key: 'g' });
        publish(p, { on: true, prerequisites: [{ flag: 'f', variants: ['on'] }] }, 'g');
      },
      (p) => p.preview(turnFlag, { ...here, on: false }),
    ],
    [
      'turning off what others wait for to be off',
      false,
      (p) => {
        publish(p, { on: true });
        p.commit(createFlag, { key: 'g' });
        publish(p, { on: true, prerequisites: [{ flag: 'f', variants: ['off'] }] }, 'g');
      },
      (p) => p.preview(turnFlag, { ...here, on: false }),
    ],
    [
      'turning off what a condition asks, for it may be negated',
      false,
      (p) => {
        publish(p, { on: true });
        p.commit(createFlag, { key: 'g' });
        publish(
          p,
          { on: true, rules: [{ id: '1', when: { not: { flag: 'f', variants: ['on'] } }, serve: { variant: 'on' } }] },
          'g',
        );
      },
      (p) => p.preview(turnFlag, { ...here, on: false }),
    ],
    [
      'an edit of a segment that a flag asks',
      false,
      (p) => {
        p.commit(putSegment, { environment: 'production', segment: 's', ...segment, included: ['a'] });
        publish(p, { on: true, rules: [{ id: '1', when: { segment: 's' }, serve: { variant: 'on' } }] });
      },
      (p) => p.preview(putSegment, { environment: 'production', segment: 's', ...segment }),
    ],
  ];
  it.each(cases)('%s: %s', async (_, expected, arrange, look) => {
    const project = known();
    arrange(project);
    expect((await look(project)).narrowing).toBe(expected);
  });
});
