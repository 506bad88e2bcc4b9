import type { Serve } from '@taffrail/engine';
import { resolve } from '@taffrail/engine';
import type { EnvironmentFlagEdit } from '@taffrail/schema';
import { describe, expect, it } from 'vitest';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { createEnvironment } from '../environments/create-environment.ts';
import { killFlag, turnFlag, unlockFlag } from './acts.commands.ts';
import { createFlag } from './create-flag.ts';
import { archiveFlag, describeFlag, restoreFlag } from './definition.commands.ts';
import { evaluable } from './evaluating.ts';
import { linesIn } from './lines.ts';
import { pinFlag } from './pin-flag.ts';
import { publishEdits } from './publish-edits.ts';
import { rolloutFlag } from './rollout-flag.ts';

const here = { environment: 'production', flag: 'f' } as const;
const withFlag = (): TestProject => {
  const project = openProject();
  project.commit(createFlag, { key: 'f' });
  return project;
};
const publish = (project: TestProject, edit: EnvironmentFlagEdit) => project.commit(publishEdits, { edits: [{ ...here, edit }] });
const flag = (project: TestProject) => project.flag('production', 'f');
const summaries = (project: TestProject) => project.heard.at(-1)!.entry.changes.map(({ summary }) => summary);

/** The keys among 1,000 organizations that are served a variant. */
function servedTo(project: TestProject, variant: string, key = 'f'): Set<string> {
  const set = evaluable(linesIn(project.state(), 'production'), [key]);
  const orgs = Array.from({ length: 1_000 }, (_, index) => `org-${index}`);
  return new Set(orgs.filter((org) => resolve(set, key, { org }, 0).variant === variant));
}

describe('a new flag', () => {
  it('is boolean, off everywhere, and would serve on to everybody', () => {
    const project = withFlag();
    expect(
      project
        .state()
        .list('environment-flag')
        .map(({ environment }) => environment),
    ).toEqual(['development', 'production', 'staging']);
    for (const { body } of project.state().list('environment-flag')) {
      expect(body).toMatchObject({ on: false, locked: false, client: false, off: 'off', variants: { on: true, off: false } });
      expect(body).toMatchObject({ pins: [], rules: [], prerequisites: [], fallthrough: { variant: 'on' } });
    }
    expect(servedTo(project, 'off').size).toBe(1_000);
  });

  it('has one salt of its own, the same in all environments', () => {
    const project = withFlag();
    project.commit(createFlag, { key: 'g' });
    const salts = (key: string) =>
      new Set(
        project
          .state()
          .list('environment-flag')
          .flatMap(({ body }) => (body.key === key ? body.salt : [])),
      );
    expect(salts('f').size).toBe(1);
    expect(salts('g')).not.toEqual(salts('f'));
  });

  it('that is temporary belongs to its creator and ends after 90 days; a permanent one does not end', () => {
    const project = withFlag();
    project.commit(createFlag, { key: 'limit', kind: 'config' });
    expect(project.state().get('flag', 'f')?.body).toMatchObject({ kind: 'release', owner: 'Ana', expiresOn: '2026-05-30' });
    expect(project.state().get('flag', 'limit')?.body).toMatchObject({ kind: 'config', owner: '' });
    expect(project.state().get('flag', 'limit')?.body).not.toHaveProperty('expiresOn');
  });

  it('can be on in one environment from the start, and says so', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'f', environments: { development: { on: true } } });
    expect(project.flag('development', 'f').on).toBe(true);
    expect(flag(project).on).toBe(false);
    expect(summaries(project)).toEqual(['created (boolean, release)', 'turned on in development']);
  });

  it.each(['constructor', 'toString', 'organizations:new-issue-stream', 'a/b.c_d-e'])('may be called %s', (key) => {
    const project = openProject();
    project.commit(createFlag, { key });
    expect(project.flag('production', key).key).toBe(key);
    project.commit(turnFlag, { environment: 'production', flag: key, on: true });
    expect(servedTo(project, 'on', key).size).toBe(1_000);
  });

  it('needs a key of its own, also beside archived flags', () => {
    const project = withFlag();
    expect(refusal(() => project.commit(createFlag, { key: 'f' }))).toMatchObject({
      code: 'ALREADY_EXISTS',
      message: "There is a flag 'f' in this project.",
    });
    project.commit(archiveFlag, { flag: 'f' });
    expect(refusal(() => project.commit(createFlag, { key: 'f' })).message).toContain('It is archived: restore it');
  });

  it('of another type needs its variants, and no off variant unless one is named', () => {
    const project = openProject();
    const refused = refusal(() => project.commit(createFlag, { key: 'colour', type: 'string' }));
    expect(refused.mistakes).toMatchObject([
      { at: '/body/variants', message: expect.stringContaining('a string flag needs its variants') },
    ]);
    project.commit(createFlag, { key: 'colour', type: 'string', variants: { blue: '#00f', green: '#0f0' } });
    expect(project.flag('production', 'colour')).toMatchObject({ fallthrough: { variant: 'blue' } });
    expect(project.flag('production', 'colour')).not.toHaveProperty('off');
  });

  it('is told all its mistakes at once, each where it is', () => {
    const project = openProject();
    const refused = refusal(() =>
      project.commit(createFlag, {
        key: 'size',
        type: 'number',
        variants: { few: 10, many: 'a lot' },
        off: 'none',
        environments: { prodction: { on: true }, production: { fallthrough: { variant: 'lots' } } },
      }),
    );
    expect(refused.mistakes).toEqual([
      { at: '/body/environments/prodction', message: "there is no environment 'prodction'. Did you mean 'production'?" },
      { at: '/body/variants/many', message: 'must be a number: the flag is of type number' },
      { at: '/body/off', message: "there is no variant 'none'. There are 'few', 'many'." },
      {
        at: '/body/environments/production/fallthrough/variant',
        message: "there is no variant 'lots'. There are 'few', 'many'.",
      },
    ]);
    expect(project.state().get('flag', 'size')).toBeUndefined();
  });
});

describe('describing', () => {
  it('changes what is given and nothing else', () => {
    const project = withFlag();
    const before = project.state().get('flag', 'f')!.body;
    project.commit(describeFlag, { flag: 'f', description: 'the new billing' });
    expect(project.state().get('flag', 'f')!.body).toEqual({ ...before, description: 'the new billing' });
    expect(project.commit(describeFlag, { flag: 'f', description: 'the new billing' }).changed).toBe(false);
  });

  it('makes a flag permanent, and then it need not end', () => {
    const project = withFlag();
    project.commit(describeFlag, { flag: 'f', kind: 'entitlement', expiresOn: null });
    expect(project.state().get('flag', 'f')!.body).not.toHaveProperty('expiresOn');
    expect(summaries(project)).toEqual(['kind release → entitlement, expires 2026-05-30 → never']);
  });

  it('cannot take the end of a temporary flag away', () => {
    const project = withFlag();
    expect(refusal(() => project.commit(describeFlag, { flag: 'f', expiresOn: null })).mistakes).toMatchObject([
      { at: '/body/expiresOn' },
    ]);
  });
});

describe('turning', () => {
  it('on serves on to everybody, off to nobody', () => {
    const project = withFlag();
    project.commit(turnFlag, { ...here, on: true });
    expect(summaries(project)).toEqual(['turned on in production']);
    expect(servedTo(project, 'on').size).toBe(1_000);
    project.commit(turnFlag, { ...here, on: false });
    expect(servedTo(project, 'on').size).toBe(0);
    expect(project.flag('development', 'f').on).toBe(false);
  });
});

describe('pinning', () => {
  it('with turning on serves the pinned and nobody else', () => {
    const project = withFlag();
    project.commit(pinFlag, { ...here, kind: 'org', keys: ['org-1', 'org-2'], variant: 'on', turnOn: true });
    expect([...servedTo(project, 'on')]).toEqual(['org-1', 'org-2']);
    expect(summaries(project)).toEqual(['turned on, pinned org-1, org-2 to on, for everybody else on → off in production']);
  });

  it('gives a key one pin, and takes pins away', () => {
    const project = withFlag();
    project.commit(pinFlag, { ...here, kind: 'org', keys: ['acme', 'berlin'], variant: 'on' });
    project.commit(pinFlag, { ...here, kind: 'org', keys: ['acme'], variant: 'off' });
    expect(flag(project).pins).toEqual([
      { kind: 'org', variant: 'on', keys: ['berlin'] },
      { kind: 'org', variant: 'off', keys: ['acme'] },
    ]);
    project.commit(pinFlag, { ...here, kind: 'org', keys: ['acme', 'berlin'], variant: null });
    expect(flag(project).pins).toEqual([]);
    expect(summaries(project)).toEqual(['took the pin of berlin, acme away in production']);
  });

  it('keeps a user apart from an organization of the same key', () => {
    const project = withFlag();
    project.commit(pinFlag, { ...here, kind: 'org', keys: ['acme'], variant: 'on' });
    project.commit(pinFlag, { ...here, kind: 'user', keys: ['acme'], variant: null });
    expect(flag(project).pins).toEqual([{ kind: 'org', variant: 'on', keys: ['acme'] }]);
  });

  it('does not turn on a flag whose rules would serve others too', () => {
    const project = withFlag();
    publish(project, {
      rules: [{ id: '1', when: { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] }, serve: { variant: 'on' } }],
    });
    const refused = refusal(() => project.commit(pinFlag, { ...here, kind: 'org', keys: ['acme'], variant: 'on', turnOn: true }));
    expect(refused).toMatchObject({ code: 'INVALID', mistakes: [{ at: '/body/turnOn' }] });
    expect(flag(project)).toMatchObject({ on: false, pins: [] });
  });

  it('says who else gets it when pins from before take effect', async () => {
    const project = withFlag();
    project.commit(pinFlag, { ...here, kind: 'org', keys: ['acme'], variant: 'on' });
    const input = { ...here, kind: 'org', keys: ['berlin'], variant: 'on', turnOn: true };
    expect((await project.preview(pinFlag, input)).warnings).toContain('Turning on also serves who was pinned before: acme.');
  });

  it('refuses an unknown variant, naming the nearest', () => {
    const project = withFlag();
    const refused = refusal(() => project.commit(pinFlag, { ...here, kind: 'org', keys: ['acme'], variant: 'onn' }));
    expect(refused.mistakes).toEqual([{ at: '/body/variant', message: "there is no variant 'onn'. Did you mean 'on'?" }]);
  });
});

const roll = (project: TestProject, percent: number, more: { kind?: string; variant?: string } = {}) =>
  project.commit(rolloutFlag, { ...here, percent, kind: 'org', ...more });

describe('a rollout', () => {
  it('turns the flag on and serves its share', () => {
    const project = withFlag();
    roll(project, 10);
    expect(flag(project).on).toBe(true);
    expect(servedTo(project, 'on').size).toBeGreaterThan(70);
    expect(servedTo(project, 'on').size).toBeLessThan(130);
    expect(summaries(project)).toEqual(['turned on, rollout of on 0 % → 10 % of org in production']);
    roll(project, 12.5);
    expect(summaries(project)).toEqual(['rollout of on 10 % → 12.5 % of org in production']);
  });

  it('raised takes the flag from nobody; lowered gives it to nobody; and up again gives the same people the same', () => {
    const project = withFlag();
    const at = new Map([5, 20, 60, 20, 5].map((percent) => [percent, (roll(project, percent), servedTo(project, 'on'))]));
    const [few, some, many] = [at.get(5)!, at.get(20)!, at.get(60)!];
    expect([...few].every((org) => some.has(org))).toBe(true);
    expect([...some].every((org) => many.has(org))).toBe(true);
    roll(project, 0);
    expect(servedTo(project, 'on').size).toBe(0);
    roll(project, 20);
    expect(servedTo(project, 'on')).toEqual(some);
  });

  it('counts by user unless told otherwise, and goes on counting as it began', () => {
    const project = withFlag();
    project.commit(rolloutFlag, { ...here, percent: 10 });
    expect(flag(project).fallthrough).toMatchObject({ split: { kind: 'user' } });
    roll(project, 20);
    project.commit(rolloutFlag, { ...here, percent: 30 });
    expect(flag(project).fallthrough).toMatchObject({ split: { kind: 'org' } });
  });

  it('warns when who is in is drawn anew', async () => {
    const project = withFlag();
    roll(project, 10);
    expect((await project.preview(rolloutFlag, { ...here, percent: 10, kind: 'user' })).warnings).toContain(
      'Counted by user from now on: who is in is drawn anew.',
    );
    expect((await project.preview(rolloutFlag, { ...here, percent: 20 })).warnings.join()).not.toContain('drawn anew');
  });

  it('leaves the shares of other variants alone, and refuses more than they leave', () => {
    const project = openProject();
    const variants = { none: '', blue: '#00f', green: '#0f0' };
    project.commit(createFlag, { key: 'f', type: 'string', variants, off: 'none' });
    roll(project, 30, { variant: 'blue' });
    const blue = servedTo(project, 'blue');
    roll(project, 50, { variant: 'green' });
    expect(servedTo(project, 'blue')).toEqual(blue);
    expect(refusal(() => roll(project, 71, { variant: 'green' })).mistakes).toEqual([
      { at: '/body/percent', message: 'other variants hold the rest: at most 70 % is left for green' },
    ]);
    roll(project, 70, { variant: 'green' });
    expect(servedTo(project, 'none').size).toBe(0);
    expect(refusal(() => project.commit(rolloutFlag, { ...here, percent: 1 })).mistakes).toEqual([
      { at: '/body/variant', message: 'say which variant is rolled out: blue, green' },
    ]);
  });
});

describe('a kill', () => {
  it('turns off and locks: nothing turns it on until it is unlocked', () => {
    const project = withFlag();
    project.commit(turnFlag, { ...here, on: true });
    project.commit(killFlag, here, { reason: 'errors' });
    expect(flag(project)).toMatchObject({ on: false, locked: true });
    const acts = [
      () => project.commit(turnFlag, { ...here, on: true }),
      () => project.commit(rolloutFlag, { ...here, percent: 1 }),
      () => project.commit(pinFlag, { ...here, kind: 'org', keys: ['acme'], variant: 'on', turnOn: true }),
      () => publish(project, { on: true }),
      () => project.commit(undoChange, { revision: 3 } as never),
    ];
    for (const act of acts)
      expect(refusal(act)).toMatchObject({ code: 'FLAG_LOCKED', message: expect.stringContaining('Unlock it first') });
    project.commit(unlockFlag, here);
    expect(flag(project)).toMatchObject({ on: false, locked: false });
    expect(project.commit(turnFlag, { ...here, on: true }).changed).toBe(true);
  });

  it('leaves its rules open to edits', () => {
    const project = withFlag();
    project.commit(killFlag, here);
    expect(publish(project, { fallthrough: { variant: 'off' } }).changed).toBe(true);
    expect(flag(project).locked).toBe(true);
  });

  it('is undone in one step, by who may unlock flags', () => {
    const project = withFlag();
    project.commit(turnFlag, { ...here, on: true });
    const before = flag(project);
    const { revision } = project.commit(killFlag, here);
    expect(refusal(() => project.commit(undoChange, { revision } as never, { may: () => false })).code).toBe('FORBIDDEN');
    expect(flag(project).locked).toBe(true);
    project.commit(undoChange, { revision } as never, {
      may: (permission, at) => permission === 'flag.unlock' && at === 'production',
    });
    expect(flag(project)).toEqual(before);
    expect(summaries(project)).toEqual(['unlocked, turned on in production']);
  });
});

describe('archiving', () => {
  it('takes the flag out of snapshots; restored it is off everywhere, its rules as they were', () => {
    const project = withFlag();
    project.commit(rolloutFlag, { ...here, percent: 10, kind: 'org' });
    const before = flag(project);
    project.commit(archiveFlag, { flag: 'f' });
    expect(linesIn(project.state(), 'production').flags.has('f')).toBe(false);
    expect(refusal(() => project.commit(turnFlag, { ...here, on: true })).code).toBe('FLAG_ARCHIVED');
    project.commit(restoreFlag, { flag: 'f' });
    expect(flag(project)).toEqual({ ...before, on: false });
  });

  it('waits until nobody asks the flag', () => {
    const project = withFlag();
    project.commit(createFlag, { key: 'g', environments: { staging: { prerequisites: [{ flag: 'f', variants: ['on'] }] } } });
    expect(refusal(() => project.commit(archiveFlag, { flag: 'f' }))).toMatchObject({
      code: 'STILL_USED',
      message: 'f is still asked by flag g in staging. Change those first.',
    });
    project.commit(archiveFlag, { flag: 'g' });
    expect(project.commit(archiveFlag, { flag: 'f' }).changed).toBe(true);
  });
});

describe('publishing edits', () => {
  it('is all or nothing, and one revision', () => {
    const project = withFlag();
    project.commit(createFlag, { key: 'g' });
    const { revision } = project.state();
    const good = { environment: 'staging', flag: 'g', edit: { on: true } };
    const bad = { ...here, edit: { fallthrough: { variant: 'nope' } } };
    expect(refusal(() => project.commit(publishEdits, { edits: [good, bad] })).code).toBe('INVALID');
    expect(project.flag('staging', 'g').on).toBe(false);
    expect(project.commit(publishEdits, { edits: [good, { ...here, edit: { on: true } }] }).revision).toBe(revision + 1);
    expect([project.flag('staging', 'g').on, flag(project).on]).toEqual([true, true]);
  });

  it('adds up edits of one flag, and takes an off variant away', () => {
    const project = withFlag();
    project.commit(publishEdits, {
      edits: [
        { ...here, edit: { on: true } },
        { ...here, edit: { off: null } },
      ],
    });
    expect(flag(project).on).toBe(true);
    expect(flag(project)).not.toHaveProperty('off');
  });

  it('names every flag that somebody else changed meanwhile', () => {
    const project = withFlag();
    const { revision } = project.state();
    project.commit(turnFlag, { ...here, on: true });
    const edits = [
      { ...here, edit: { on: false }, revision },
      { environment: 'staging', flag: 'f', edit: { on: true }, revision },
    ];
    const refused = refusal(() => project.commit(publishEdits, { edits }));
    expect(refused.code).toBe('CONFLICT');
    expect(refused.mistakes).toMatchObject([
      { at: '/body/edits/0', message: expect.stringContaining('Ana changed f in production') },
    ]);
    expect(refused.current).toMatchObject({ key: 'f', environment: 'production', revision: 3, document: { on: true } });
    expect(project.flag('staging', 'f').on).toBe(false);
  });
});

describe('a new environment', () => {
  it('has every flag, off, with the variants and the salt it has elsewhere', () => {
    const project = withFlag();
    project.commit(turnFlag, { ...here, on: true });
    project.commit(createEnvironment, { key: 'edge', name: 'Edge' });
    const { salt, variants } = flag(project);
    expect(project.flag('edge', 'f')).toMatchObject({
      on: false,
      salt,
      variants,
      fallthrough: { variant: 'on' } satisfies Serve,
    });
    expect(project.state().get('environment', 'edge')?.body.order).toBe(3);
    expect(refusal(() => project.commit(createEnvironment, { key: 'edge', name: 'Edge' })).code).toBe('ALREADY_EXISTS');
  });
});
