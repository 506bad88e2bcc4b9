import { resolve } from '@taffrail/engine';
import { stages, type Stage } from '@taffrail/schema';
import { array, assert, asyncProperty, constantFrom, integer, property, subarray, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { knownContexts } from '../contexts/known.ts';
import { killFlag } from '../flags/acts.commands.ts';
import { evaluable } from '../flags/evaluating.ts';
import { linesIn } from '../flags/lines.ts';
import { pinFlag } from '../flags/pin-flag.ts';
import { putSegment } from '../segments/segments.commands.ts';
import { advanceFeature } from './advance-feature.ts';
import { advance, editByHand, flags, here, later, openFeature, orgs, report, segment, stageOf } from './features.test-kit.ts';
import { stagedFlag } from './staged-flag.ts';

/** The organizations that get each flag in production. */
function served(project: TestProject): Record<string, string[]> {
  const state = project.state();
  const set = evaluable(linesIn(state, 'production'), flags);
  const known = knownContexts(project.storage, { scope: state.scope, environment: 'production' }).get('org') ?? [];
  const has = (flag: string) =>
    known.filter(({ context }) => resolve(set, flag, context, project.now.value.getTime()).value === true).map(({ key }) => key);
  return Object.fromEntries(flags.map((flag) => [flag, has(flag)]));
}

describe('a stage', () => {
  it.each<[Stage, number | undefined, string[]]>([
    ['dark', undefined, []],
    ['internal', undefined, orgs.slice(0, 2)],
    ['early-access', undefined, orgs.slice(0, 6)],
    ['percent', 0, orgs.slice(0, 6)],
    ['percent', 100, orgs],
  ])('%s %s gives each flag to the same organizations', (stage, percent, expected) => {
    const project = openFeature();
    advance(project, stage, percent);
    expect(served(project)).toEqual({ ui: expected, api: expected });
  });

  it('of some percent gives all flags to the same contexts, so that none has half a feature', () => {
    const project = openFeature();
    advance(project, 'percent', 30);
    const { ui, api } = served(project);
    expect(ui).toEqual(api);
    expect(ui!.length).toBeGreaterThan(6);
    expect(ui!.length).toBeLessThan(20);
  });

  it('is reached in one revision, its flags after what they wait for', () => {
    const project = openFeature();
    const before = project.state().revision;
    const { revision, changes } = advance(project, 'early-access');
    expect(revision).toBe(before + 1);
    expect(changes.map(({ sort, key, summary }) => [sort, key, summary])).toEqual([
      ['feature-stage', 'stream', 'dark → early-access in production'],
      ['environment-flag', 'api', 'turned on, 2 rules added, for everybody else on → off in production'],
      ['environment-flag', 'ui', 'turned on, 2 rules added, for everybody else on → off in production'],
    ]);
    const back = advance(project, 'dark').changes.map(({ key }) => key);
    expect(back).toEqual(['stream', 'ui', 'api']);
  });

  it('leaves other environments, other flags and pins alone', () => {
    const project = openFeature();
    project.commit(pinFlag, { ...here, flag: 'ui', kind: 'org', keys: ['org-19'], variant: 'off' });
    const staging = project.flag('staging', 'ui');
    advance(project, 'percent', 100);
    expect(project.flag('staging', 'ui')).toBe(staging);
    expect(served(project)).toEqual({ ui: orgs.slice(0, 19), api: orgs });
  });

  it('keeps the instants that gates ask for', () => {
    const project = openFeature();
    advance(project, 'percent', 50);
    expect(stageOf(project)).toEqual({
      key: 'stream',
      stage: 'percent',
      percent: 50,
      kind: 'org',
      since: '2026-03-01T12:00:00.000Z',
    });
    later(project, 1);
    advance(project, 'percent', 100);
    expect(stageOf(project)).toMatchObject({ since: '2026-03-01T12:00:00.000Z', fullSince: '2026-03-01T13:00:00.000Z' });
    later(project, 1);
    advance(project, 'percent', 100);
    expect(stageOf(project)).toMatchObject({ fullSince: '2026-03-01T13:00:00.000Z' });
    advance(project, 'percent', 99);
    expect(stageOf(project)).not.toHaveProperty('fullSince');
  });

  it('begins its hours at 100 % anew if somebody gave the flag to fewer meanwhile', () => {
    const project = openFeature();
    advance(project, 'percent', 100);
    later(project, 30);
    editByHand(project, 'ui', { on: false });
    expect(refusal(() => advance(project, 'ga')).code).toBe('GATE_CLOSED');
    advance(project, 'percent', 100);
    expect(stageOf(project)).toMatchObject({ fullSince: '2026-03-02T18:00:00.000Z' });
  });

  it('that it is at is published once more, over edits by hand, which a preview names', async () => {
    const project = openFeature();
    advance(project, 'internal');
    expect(advance(project, 'internal')).toMatchObject({ changed: false });
    editByHand(project, 'api', { fallthrough: { variant: 'on' } });
    const { warnings } = await project.preview(advanceFeature, { ...here, stage: 'internal' });
    expect(warnings).toEqual(['api was edited by hand in production, which this overwrites: for everybody else off → on.']);
    expect(advance(project, 'internal').changes.map(({ key }) => key)).toEqual(['api']);
    expect(served(project)).toEqual({ ui: orgs.slice(0, 2), api: orgs.slice(0, 2) });
  });

  it.each<[string, object, string]>([
    ['percent without a number', { stage: 'percent' }, '/body/percent'],
    ['a number for another stage', { stage: 'ga', percent: 5 }, '/body/percent'],
  ])('%s is a mistake', (_, input, at) => {
    const project = openFeature({ hoursAtFull: 0 });
    const refused = refusal(() => project.commit(advanceFeature, { ...here, ...input } as never));
    expect(refused.mistakes).toMatchObject([{ at }]);
  });

  it('is refused where its audience asks the very flag, for all flags that this concerns', () => {
    const project = openFeature();
    const when = { flag: 'api', variants: ['on'] };
    project.commit(putSegment, { environment: 'production', segment: 'internal', ...segment, when });
    const refused = refusal(() => advance(project, 'internal'));
    expect(refused).toMatchObject({ code: 'INVALID', message: expect.stringContaining('asks itself: api → internal → api') });
  });

  it('is not reached past a flag that was killed by itself, and nothing is written', () => {
    const project = openFeature();
    project.commit(killFlag, { ...here, flag: 'api' });
    const before = project.state();
    const refused = refusal(() => advance(project, 'internal'));
    expect(refused).toMatchObject({ code: 'FLAG_LOCKED', message: expect.stringContaining('api was killed in production') });
    expect(project.state()).toBe(before);
    expect(advance(project, 'dark').changed).toBe(true);
  });
});

const line = stages.filter((stage) => stage !== 'removed');
const percents = integer({ min: 0, max: 100 });
/** A walk along the line, on and back; the number counts where the stage is percent. */
const walks = array(tuple(constantFrom(...line), percents), { minLength: 1, maxLength: 5 });
type Step = { readonly stage: Stage; readonly percent?: number };
/** Some stages of the line in order, and percents on the way up. */
const climbs = tuple(subarray([...line]), array(percents, { maxLength: 4 })).map(([path, shares]) => {
  const rising = [...shares, 100].sort((a, b) => a - b);
  return path.flatMap((stage): Step[] => (stage === 'percent' ? rising.map((percent) => ({ stage, percent })) : [{ stage }]));
});

/** Every gate is open. */
function openGates(): TestProject {
  const project = openFeature({ hoursAtFull: 0 });
  report(project, 0);
  return project;
}

const inputOf = (stage: Stage, percent: number) => ({ ...here, stage, ...(stage === 'percent' && { percent }) });
const haveAll = (given: Record<string, string[]>) => orgs.filter((org) => flags.every((flag) => given[flag]?.includes(org)));
const named = (keys: readonly string[]) => ({ count: keys.length, keys: keys.slice(0, 10) });

describe('what narrows', () => {
  const order = line.map((stage, place) => ({ stage, place }));
  const moves = order.flatMap((from) => order.map((to) => ({ from, to }))).filter(({ from, to }) => from.place !== to.place);

  it.each(moves.map(({ from, to }) => [from.stage, to.stage, to.place < from.place] as const))(
    'from %s to %s: %s, for going back never waits',
    async (from, to, expected) => {
      const project = openGates();
      project.commit(advanceFeature, inputOf(from, 10));
      const { narrowing, changes } = await project.preview(advanceFeature, inputOf(to, 10));
      expect(narrowing).toBe(expected || (from === 'ga' && to === 'cleanup'));
      expect(changes[0]).toMatchObject({ sort: 'feature-stage' });
    },
  );
});

describe('laws of stages', () => {
  it('raising a stage never takes a flag away from anybody', () => {
    const project = openGates();
    assert(
      property(climbs, (steps) => {
        advance(project, 'dark');
        for (const step of steps) {
          const before = served(project);
          project.commit(advanceFeature, { ...here, ...step });
          const now = served(project);
          for (const flag of flags) expect(now[flag]).toEqual(expect.arrayContaining(before[flag] ?? []));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('what a flag is at a stage is a function of the feature and the stage, whatever way led there', () => {
    const project = openGates();
    const fresh = flags.map((flag) => project.flag('production', flag));
    assert(
      property(walks, (moves) => {
        for (const [stage, percent] of moves) project.commit(advanceFeature, inputOf(stage, percent));
        const standing = stageOf(project) ?? { stage: 'dark' as const };
        const { body } = project.state().get('feature', 'stream')!;
        for (const flag of fresh) expect(project.flag('production', flag.key)).toEqual(stagedFlag(body, standing, flag));
      }),
      { numRuns: 40 },
    );
  });

  it('who is predicted to gain and lose is who gains and loses', async () => {
    const project = openGates();
    await assert(
      asyncProperty(walks, async (moves) => {
        for (const [stage, percent] of moves) {
          const before = served(project);
          const preview = await project.preview(advanceFeature, inputOf(stage, percent));
          project.commit(advanceFeature, inputOf(stage, percent));
          const now = served(project);
          for (const flag of flags) {
            const flips = orgs.filter((org) => before[flag]?.includes(org) !== now[flag]?.includes(org));
            const predicted = preview.affected.filter((row) => row.flag === flag && row.kind === 'org');
            expect(predicted.reduce((sum, { changed }) => sum + changed, 0)).toBe(flips.length);
          }
          const [had, have] = [haveAll(before), haveAll(now)];
          const [gained, lost] = [have.filter((org) => !had.includes(org)), had.filter((org) => !have.includes(org))];
          const total = preview.features?.find(({ kind }) => kind === 'org') ?? { gained: named([]), lost: named([]) };
          expect(total).toMatchObject({ gained: named(gained), lost: named(lost) });
        }
      }),
      { numRuns: 25 },
    );
  });
});
