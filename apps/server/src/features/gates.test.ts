import type { Stage } from '@taffrail/schema';
import { describe, expect, it } from 'vitest';
import type { TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { turnFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { putSegment } from '../segments/segments.commands.ts';
import { describeFeature } from './definition.commands.ts';
import { createFeature } from './create-feature.ts';
import { featureDetail } from './features.views.ts';
import {
  advance,
  advanceInput,
  editByHand,
  feature,
  flags,
  later,
  openFeature,
  report,
  segment,
  stageOf,
} from './features.test-kit.ts';
import { openProject } from '../changes/project.test-kit.ts';
import { advanceFeature } from './advance-feature.ts';
import { forgetReads } from './report-reads.ts';

const everything = () => true;

/** What the gates before a stage say in production. */
function gatesOf(project: TestProject, stage: Stage, environment = 'production') {
  const { environments } = featureDetail(project.storage, project.state(), feature, everything, project.now.value);
  const gates = environments[environment]!.gates.filter((gate) => gate.stage === stage);
  return Object.fromEntries(gates.map(({ name, open, sentence }) => [name, { open, sentence }]));
}

/** Takes the feature to cleanup in production, a day after it was at 100 %. */
function openAtCleanup(): TestProject {
  const project = openFeature();
  advance(project, 'percent', 100);
  later(project, 24);
  report(project, 3);
  later(project, 1);
  advance(project, 'cleanup');
  return project;
}

describe('the gates of a stage', () => {
  type Case = [what: string, stage: Stage, name: string, sentence: string, open: () => TestProject];
  it.each<Case>([
    [
      'internal wants its segment',
      'internal',
      'audience',
      'There is no segment staff in production to say who is let in: create it, as with "taffrail segment put staff --include KEYS -e production".',
      () => openFeature({ audiences: { internal: 'staff' } }),
    ],
    [
      'early access wants its segment',
      'early-access',
      'audience',
      'There is no segment pilots in production to say who is let in: create it, as with "taffrail segment put pilots --include KEYS -e production".',
      () => openFeature({ audiences: { 'early-access': 'pilots' } }),
    ],
    [
      'early access wants an owner',
      'early-access',
      'owner',
      'Nobody owns stream: name somebody, as with "taffrail feature edit stream --owner TEAM".',
      () => openFeature({ owner: '' }),
    ],
    [
      'early access wants a last day',
      'early-access',
      'expiry',
      'It has no last day: give it one, as with "taffrail feature edit stream --expires 60d".',
      () => openFeature({ expiresOn: null }),
    ],
    [
      'that is not over',
      'early-access',
      'expiry',
      'It expired on 2026-02-28: give it more time, as with "taffrail feature edit stream --expires 60d".',
      () => openFeature({ expiresOn: '2026-02-28' }),
    ],
    [
      'ga wants time at 100 %',
      'ga',
      'hours at 100 %',
      'It has yet to spend 24 hours at 100 % in production.',
      () => openFeature(),
    ],
    [
      'cleanup wants a report of reads',
      'cleanup',
      'report of reads',
      'Nobody has reported what the code reads: report anew, as with "taffrail audit --report".',
      () => openFeature(),
    ],
  ])('%s', (_, stage, name, sentence, open) => {
    const project = open();
    expect(gatesOf(project, stage)[name]).toEqual({ open: false, sentence });
    const refused = refusal(() => project.commit(advanceFeature, advanceInput(stage)));
    expect(refused).toMatchObject({ code: 'GATE_CLOSED', message: expect.stringContaining(sentence) });
    expect(stageOf(project)).toBeUndefined();
  });

  it('are passed by who skips stages too, and all that are closed are named', () => {
    const project = openFeature({ owner: '' });
    const refused = refusal(() => advance(project, 'cleanup'));
    expect(refused.mistakes?.map(({ message }) => message.split(':')[0])).toEqual([
      'early-access, owner',
      'ga, hours at 100 %',
      'cleanup, report of reads',
    ]);
  });

  it('are not asked on the way back', () => {
    const project = openFeature();
    advance(project, 'percent', 10);
    project.commit(describeFeature, { feature, owner: '', expiresOn: null });
    expect(advance(project, 'early-access').changed).toBe(true);
  });
});

const uiAlone = (): TestProject => {
  const project = openProject();
  const waits = { prerequisites: [{ flag: 'api', variants: ['on'] }] };
  project.commit(createFlag, { key: 'api' });
  project.commit(createFlag, { key: 'ui', environments: { production: waits } });
  project.commit(putSegment, { environment: 'production', segment: 'internal', ...segment });
  project.commit(createFeature, { key: feature, flags: ['ui'] });
  return project;
};

describe('the gate of prerequisites', () => {
  it('refuses the interface without what it stands on, by name', () => {
    const project = uiAlone();
    const refused = refusal(() => advance(project, 'internal'));
    expect(refused.message).toBe(
      'stream may not come to internal in production yet. ui waits for api, which is off in production: turn api on, or take it into the feature.',
    );
    project.commit(turnFlag, { environment: 'production', flag: 'api', on: true });
    expect(advance(project, 'internal').changed).toBe(true);
  });

  it('opens once the flag that it waits for is in the feature', () => {
    const project = uiAlone();
    project.commit(describeFeature, { feature, flags: ['ui', 'api'] });
    expect(advance(project, 'internal').changes.map(({ key }) => key)).toEqual([feature, 'api', 'ui']);
  });

  it('names a variant that the feature does not give', () => {
    const project = openFeature();
    editByHand(project, 'ui', { prerequisites: [{ flag: 'api', variants: ['off'] }] });
    expect(gatesOf(project, 'internal')['prerequisites']).toMatchObject({
      open: false,
      sentence: 'ui waits for another variant of api than the feature gives, on: change one of them.',
    });
  });
});

describe('the gate of ga', () => {
  it('opens after the hours, and says when', () => {
    const project = openFeature();
    advance(project, 'percent', 100);
    later(project, 23);
    const sentence = 'It has yet to spend 24 hours at 100 % in production: they are over at 2026-03-02T12:00:00.000Z.';
    expect(gatesOf(project, 'ga')).toEqual({ 'hours at 100 %': { open: false, sentence } });
    later(project, 1);
    expect(advance(project, 'ga').changed).toBe(true);
  });

  it('begins anew after less than 100 %', () => {
    const project = openFeature();
    advance(project, 'percent', 100);
    later(project, 20);
    advance(project, 'percent', 99);
    advance(project, 'percent', 100);
    later(project, 23);
    expect(refusal(() => advance(project, 'ga')).code).toBe('GATE_CLOSED');
  });

  it('is open outside of production', () => {
    const project = openFeature();
    expect(advance(project, 'ga', undefined, 'staging').changed).toBe(true);
  });
});

const inStaging = (environment?: string) => environment === 'staging';

describe('the gates of the end', () => {
  it('cleanup wants a report of the last seven days', () => {
    const project = openFeature({ hoursAtFull: 0 });
    report(project, 5);
    later(project, 7 * 24 + 1);
    expect(refusal(() => advance(project, 'cleanup')).message).toContain('more than 7 days ago');
    report(project, 5);
    expect(advance(project, 'cleanup').changed).toBe(true);
  });

  it.each<[string, (project: TestProject) => unknown, string]>([
    ['a report since the cleanup', () => undefined, 'Nobody has reported what the code reads since the cleanup began'],
    [
      'no read',
      (project) => report(project, 2),
      'The code of main still reads ui in 2 places. The code of main still reads api in 2 places.',
    ],
    ['each flag in the report', (project) => report(project, 0, ['ui']), 'The last report of main does not list api.'],
  ])('removed wants %s', (_, arrange, sentence) => {
    const project = openAtCleanup();
    later(project, 1);
    arrange(project);
    expect(refusal(() => advance(project, 'removed')).message).toContain(sentence);
  });

  it('cleanup wants a fresh report of every source, or that the source is forgotten', () => {
    const project = openFeature({ hoursAtFull: 0 });
    report(project, 5, flags, { source: 'web' });
    later(project, 7 * 24 + 1);
    report(project, 0, flags, { source: 'api' });
    const { message } = refusal(() => advance(project, 'cleanup'));
    expect(message).toContain('The last report of web is from 2026-03-01T12:00:00.000Z, more than 7 days ago');
    expect(message).toContain('"taffrail audit --report --source web", or, if that code is no more, "taffrail reads forget web"');
    expect(message).not.toContain('api');
    expect(project.commit(forgetReads, { source: 'web' }).changes).toMatchObject([{ kind: 'reads.forgotten', key: 'web' }]);
    expect(refusal(() => project.commit(forgetReads, { source: 'web' })).code).toBe('NOT_FOUND');
    expect(advance(project, 'cleanup').changed).toBe(true);
  });

  it.each<[string, object, string]>([
    [
      'reads the flags',
      {
        source: 'web',
        flags: [
          { key: 'ui', reads: 1 },
          { key: 'api', reads: 0 },
        ],
      },
      'The code of web still reads ui in 1 place.',
    ],
    [
      'reads flags that nobody can tell',
      { source: 'web', dynamic: { reads: 7, places: ['a.ts:1', 'b.ts:2'] } },
      'The code of web has 7 reads that may be of any flag (a.ts:1, b.ts:2 and 5 more): write their keys out, and report anew.',
    ],
    [
      'does not say whether it does',
      { source: 'web', dynamic: undefined },
      'The last report of web does not say how many reads may be of any flag',
    ],
  ])('removed stays shut while another source %s', (_, more, sentence) => {
    const project = openForRemoval();
    report(project, 0, flags, more);
    expect(refusal(() => advance(project, 'removed')).message).toContain(sentence);
    report(project, 0, flags, { source: 'web' });
    expect(advance(project, 'removed').changed).toBe(true);
  });

  it('removed wants every source to have reported since the cleanup, and lately', () => {
    const project = openFeature({ hoursAtFull: 0 });
    for (const source of ['web', 'api']) report(project, 0, flags, { source });
    later(project, 1);
    advance(project, 'cleanup');
    later(project, 1);
    report(project, 0, flags, { source: 'api' });
    expect(refusal(() => advance(project, 'removed')).message).toContain(
      'web has not reported what it reads since the cleanup began: report anew with "taffrail audit --report --source web"',
    );
    report(project, 0, flags, { source: 'web' });
    later(project, 7 * 24 + 1);
    report(project, 0, flags, { source: 'api' });
    expect(refusal(() => advance(project, 'removed')).message).toContain('The last report of web is from');
    project.commit(forgetReads, { source: 'web' });
    expect(advance(project, 'removed').changed).toBe(true);
  });

  it('removed wants every production environment at cleanup', () => {
    const project = openFeature({ hoursAtFull: 0 });
    report(project, 0);
    advance(project, 'cleanup', undefined, 'staging');
    later(project, 1);
    report(project, 0);
    const refused = refusal(() => advance(project, 'removed', undefined, 'staging'));
    expect(refused.message).toContain('it is dark in production: take it to cleanup there first');
  });

  it('removed wants nothing else to ask its flags', () => {
    const project = openAtCleanup();
    later(project, 1);
    report(project, 0);
    const waits = { prerequisites: [{ flag: 'api', variants: ['on'] }] };
    project.commit(createFlag, { key: 'checkout', environments: { staging: waits } });
    expect(refusal(() => advance(project, 'removed')).message).toContain('still asked by flag checkout in staging');
  });

  it('what they say of other environments is told to who may read those', () => {
    const project = openFeature();
    const { environments } = featureDetail(project.storage, project.state(), feature, inStaging, project.now.value);
    expect(Object.keys(environments)).toEqual(['staging']);
    expect(JSON.stringify(environments)).not.toContain('production:');
    expect(environments['staging']!.gates.find(({ name }) => name === 'production')).toMatchObject({
      open: false,
      sentence: 'It asks other environments: who may read them all can see why.',
    });
  });
});

/** Nothing keeps it from being removed. */
const openForRemoval = (): TestProject => {
  const project = openAtCleanup();
  later(project, 1);
  report(project, 0);
  return project;
};

const mayInProduction = (_: string, environment?: string) => environment === 'production';

describe('removed', () => {
  it('archives the flags, everywhere at once, as one revision', () => {
    const project = openForRemoval();
    const { revision, changes } = advance(project, 'removed');
    expect(changes.map(({ environment, key, summary }) => [environment, key, summary])).toEqual([
      ['development', 'stream', 'dark → removed in development'],
      ['staging', 'stream', 'dark → removed in staging'],
      ['production', 'stream', 'cleanup → removed in production'],
      [undefined, 'ui', 'archived'],
      [undefined, 'api', 'archived'],
    ]);
    expect(project.state().revision).toBe(revision);
    expect(refusal(() => advance(project, 'cleanup')).message).toContain('Undo the revision that removed it');
  });

  it('is refused to who may edit only one environment, before anything is told of others', () => {
    const project = openForRemoval();
    const refused = refusal(() => project.commit(advanceFeature, advanceInput('removed'), { may: mayInProduction }));
    expect(refused).toMatchObject({ code: 'FORBIDDEN' });
  });
});
