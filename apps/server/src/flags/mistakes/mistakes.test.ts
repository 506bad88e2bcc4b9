import { resolve, type Condition, type Json } from '@taffrail/engine';
import type { EnvironmentFlagEdit } from '@taffrail/schema';
import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openProject, projectOn, scope, type TestProject } from '../../changes/project.test-kit.ts';
import { refusal } from '../../changes/refusal.test-kit.ts';
import { documents } from '../../db/schema.ts';
import { putSegment } from '../../segments/segments.commands.ts';
import { turnFlag } from '../acts.commands.ts';
import { createFlag } from '../create-flag.ts';
import { archiveFlag } from '../definition.commands.ts';
import { evaluable } from '../evaluating.ts';
import { linesIn } from '../lines.ts';
import { publishEdits } from '../publish-edits.ts';

const here = { environment: 'production', flag: 'f' } as const;
const withFlags = (...keys: string[]): TestProject => {
  const project = openProject();
  for (const key of keys) project.commit(createFlag, { key });
  return project;
};
const edit = (project: TestProject, flag: string, fields: EnvironmentFlagEdit) =>
  project.commit(publishEdits, { edits: [{ environment: 'production', flag, edit: fields }] });
const mistakesIn = (project: TestProject, fields: EnvironmentFlagEdit) => refusal(() => edit(project, 'f', fields)).mistakes;
const segment = { name: 'S', description: '', kind: 'org', included: [], excluded: [] };
const rule = (when: Condition) => ({ rules: [{ id: '1', when, serve: { variant: 'on' } }] });
const compared = (op: string, ...values: Json[]): Condition => ({ kind: 'user', path: ['plan'], op, values });

const at = (place: string, message: string) => [{ at: `/body/edits/0/edit${place}`, message }];
const operators =
  'is, starts_with, ends_with, contains, glob, less_than, at_most, greater_than, at_least, before, after, exists, ' +
  'version_is, version_before, version_at_most, version_after, version_at_least, in_range, in_network, matches';

describe('an edit is refused for', () => {
  it.each<[string, EnvironmentFlagEdit, { at: string; message: string }[]]>([
    [
      'a variant that is not of the flag type',
      { variants: { on: true, off: 'no' } },
      at('/variants/off', 'must be true or false: the flag is of type boolean'),
    ],
    ['an off variant that is none', { off: 'offf' }, at('/off', "there is no variant 'offf'. Did you mean 'off'?")],
    [
      'a served variant that is none',
      { fallthrough: { variant: 'maybe' } },
      at('/fallthrough/variant', "there is no variant 'maybe'. There are 'on', 'off'."),
    ],
    [
      'an unknown operator, naming the nearest and all',
      rule(compared('start_with', 'a')),
      at('/rules/0/when/op', `there is no operator 'start_with'. Did you mean 'starts_with'? All operators: ${operators}`),
    ],
    [
      'the operator of hidden lists',
      rule(compared('is_hashed', 'a')),
      at('/rules/0/when/op', expect.stringContaining("there is no operator 'is_hashed'")),
    ],
    [
      'a value of the wrong type',
      rule(compared('at_least', 1, '2')),
      at('/rules/0/when/values/1', `'at_least' takes a number, not "2"`),
    ],
    [
      'a malformed network',
      rule(compared('in_network', '10.0.0.0/99')),
      at('/rules/0/when/values/0', `'in_network' takes a network, such as 10.0.0.0/8, not "10.0.0.0/99"`),
    ],
    [
      'a pattern that could run for ever',
      rule(compared('matches', '(a+)+\\1')),
      at('/rules/0/when/values/0', expect.stringContaining("takes a pattern in RE2's syntax")),
    ],
    ['a comparison with nothing', rule(compared('is')), at('/rules/0/when/values', "'is' needs a value to compare with")],
    [
      'a value where none is taken',
      rule(compared('exists', true)),
      at('/rules/0/when/values', "'exists' takes no values: leave them out"),
    ],
    [
      'an unknown segment',
      rule({ not: { segment: 'beta-orgs' } }),
      at('/rules/0/when/not/segment', "there is no segment 'beta-orgs'. Did you mean 'beta-org'?"),
    ],
    [
      'an unknown flag',
      rule({ flag: 'h', variants: ['on'] }),
      at('/rules/0/when/flag', "there is no flag 'h'. Did you mean 'f'?"),
    ],
    [
      'an unknown variant of another flag',
      { prerequisites: [{ flag: 'g', variants: ['on', 'beta'] }] },
      at('/prerequisites/0/variants/1', "g has no variant 'beta'. There are 'on', 'off'."),
    ],
    [
      'slices that overlap, of any arms',
      {
        fallthrough: {
          split: { kind: 'user' },
          arms: [
            { ranges: [[0, 500]], serve: { variant: 'on' } },
            { ranges: [[499, 600]], serve: { variant: 'off' } },
          ],
        },
      },
      at('/fallthrough/arms/1/ranges/0', '[499, 600) overlaps another slice: each bucket belongs to one'),
    ],
    [
      'a slice that ends before it begins',
      rule({ bucket: { kind: 'user' }, ranges: [[10, 10]] }),
      at('/rules/0/when/ranges/0', '[10, 10) is empty: a slice ends after it begins'),
    ],
    [
      'a hash that no engine has',
      rule({ bucket: { kind: 'user', hash: 'md5' }, ranges: [] }),
      at('/rules/0/when/bucket/hash', "there is no hash 'md5'. There are 'native'."),
    ],
    [
      'a key that is pinned twice',
      {
        pins: [
          { kind: 'org', variant: 'on', keys: ['acme'] },
          { kind: 'org', variant: 'off', keys: ['berlin', 'acme'] },
        ],
      },
      at('/pins/1/keys/1', "org 'acme' is pinned to on already"),
    ],
    [
      'two rules of one id',
      { rules: [...rule(compared('is', 'a')).rules, ...rule(compared('is', 'b')).rules] },
      at('/rules/1/id', "'1' is the id of another rule: draw a new one"),
    ],
    ['asking itself', { prerequisites: [{ flag: 'f', variants: ['on'] }] }, at('', 'asks itself: f → f')],
  ])('%s', (_, fields, expected) => {
    const project = withFlags('f', 'g');
    project.commit(putSegment, { environment: 'production', segment: 'beta-org', ...segment });
    const before = project.state();
    expect(mistakesIn(project, fields)).toEqual(expected);
    expect(project.state()).toBe(before);
  });

  it('several mistakes at once, each at its place', () => {
    const project = withFlags('f');
    const fields = { off: 'none', fallthrough: { variant: 'nope' }, ...rule({ all: [compared('iss', 'a'), { segment: 's' }] }) };
    expect(mistakesIn(project, fields)?.map((mistake) => mistake.at)).toEqual([
      '/body/edits/0/edit/off',
      '/body/edits/0/edit/rules/0/when/all/0/op',
      '/body/edits/0/edit/rules/0/when/all/1/segment',
      '/body/edits/0/edit/fallthrough/variant',
    ]);
  });

  it('conditions that lie too deep', () => {
    const project = withFlags('f');
    const deep = Array.from({ length: 40 }).reduce<Condition>((within) => ({ not: within }), compared('is', 'a'));
    expect(mistakesIn(project, rule(deep))).toMatchObject([{ message: 'lies more than 32 deep: use a segment' }]);
  });
});

const asks = (from: number, to: number) => ({
  environment: 'production',
  flag: `f${from}`,
  edit: { on: true, prerequisites: [{ flag: `f${to}`, variants: ['on'] }] },
});

describe('flags and segments that ask each other', () => {
  it('in a circle are refused, and the circle is named', () => {
    const project = withFlags('a', 'b', 'c');
    edit(project, 'a', { prerequisites: [{ flag: 'b', variants: ['on'] }] });
    edit(project, 'b', rule({ flag: 'c', variants: ['on'] }));
    project.commit(putSegment, { environment: 'production', segment: 's', ...segment, when: { flag: 'a', variants: ['on'] } });
    const refused = refusal(() => edit(project, 'c', rule({ segment: 's' })));
    expect(refused.mistakes).toEqual(at('', 'asks itself: c → s → a → b → c'));
  });

  it('in a circle of segments are refused', () => {
    const project = withFlags('a');
    project.commit(putSegment, { environment: 'production', segment: 's', ...segment });
    project.commit(putSegment, { environment: 'production', segment: 't', ...segment, when: { segment: 's' } });
    const refused = refusal(() =>
      project.commit(putSegment, { environment: 'production', segment: 's', ...segment, when: { not: { segment: 't' } } }),
    );
    expect(refused.mistakes).toEqual([{ at: '/body', message: 'asks itself: s → t → s' }]);
  });

  it('through as many levels as engines follow, and no more', () => {
    const keys = Array.from({ length: 22 }, (_, index) => `f${index}`);
    const project = withFlags(...keys);
    project.commit(publishEdits, { edits: Array.from({ length: 20 }, (_, index) => asks(index, index + 1)) });
    edit(project, 'f20', { on: true });
    const set = evaluable(linesIn(project.state(), 'production'), ['f0']);
    expect(resolve(set, 'f0', { org: 'acme' }, 0)).toMatchObject({ variant: 'on' });
    const refused = refusal(() => project.commit(publishEdits, { edits: [asks(20, 21)] }));
    expect(refused.mistakes).toEqual(at('', 'f0 asks others through more than 20 levels: ask them directly'));
  });

  it('may do so in another environment', () => {
    const project = withFlags('a', 'b');
    edit(project, 'a', { prerequisites: [{ flag: 'b', variants: ['on'] }] });
    const other = { environment: 'staging', flag: 'b', edit: { prerequisites: [{ flag: 'a', variants: ['on'] }] } };
    expect(project.commit(publishEdits, { edits: [other] }).changed).toBe(true);
  });

  it('keep the variants that others ask for', () => {
    const project = withFlags('f', 'g');
    edit(project, 'g', { prerequisites: [{ flag: 'f', variants: ['on'] }] });
    expect(mistakesIn(project, { variants: { yes: true, off: false }, fallthrough: { variant: 'yes' } })).toEqual(
      at('/variants', "g still asks for 'on': keep it, or change g first"),
    );
  });

  it('cannot ask an archived flag', () => {
    const project = withFlags('f', 'g');
    project.commit(archiveFlag, { flag: 'g' });
    expect(mistakesIn(project, { prerequisites: [{ flag: 'g', variants: ['on'] }] })).toMatchObject([
      { message: expect.stringContaining("there is no flag 'g'") },
    ]);
  });
});

const hidden = (asker: string, asked: string) =>
  `${asker} is sent to browsers and asks ${asked}, which is not: send both or neither`;

describe('a flag that is sent to browsers', () => {
  it('asks only flags that are sent too', () => {
    const project = withFlags('f', 'g');
    expect(mistakesIn(project, { client: true, prerequisites: [{ flag: 'g', variants: ['on'] }] })).toEqual(
      at('', hidden('f', 'g')),
    );
    edit(project, 'g', { client: true });
    expect(edit(project, 'f', { client: true, prerequisites: [{ flag: 'g', variants: ['on'] }] }).changed).toBe(true);
    expect(refusal(() => edit(project, 'g', { client: false })).mistakes).toEqual(at('', hidden('f', 'g')));
  });

  it('not through a segment either', () => {
    const project = withFlags('f', 'g');
    project.commit(putSegment, { environment: 'production', segment: 's', ...segment, when: { flag: 'g', variants: ['on'] } });
    expect(mistakesIn(project, { client: true, ...rule({ segment: 's' }) })).toEqual(at('', hidden('f', 'g')));
  });
});

describe('mistakes that stand in storage already', () => {
  it('keep nobody from other edits, or from turning off; new ones are refused', () => {
    const project = withFlags('f');
    edit(project, 'f', { on: true });
    const broken = { ...project.flag('production', 'f'), ...rule(compared('of_a_later_release', 'a')) };
    const isIt = and(eq(documents.sort, 'environment-flag'), eq(documents.environment, 'production'), eq(documents.key, 'f'));
    project.storage.transact((db) => db.update(documents).set({ body: broken }).where(isIt).run());
    const restarted = projectOn(project.storage, project.file, scope);
    expect(restarted.flag('production', 'f').rules).toHaveLength(1);
    expect(edit(restarted, 'f', { fallthrough: { variant: 'off' } }).changed).toBe(true);
    expect(mistakesIn(restarted, rule(compared('of_no_release', 'a')))).toMatchObject([
      { at: '/body/edits/0/edit/rules/0/when/op' },
    ]);
    expect(restarted.commit(turnFlag, { ...here, on: false }).changed).toBe(true);
  });
});
