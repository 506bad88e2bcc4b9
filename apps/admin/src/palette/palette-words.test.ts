import { describe, expect, it } from 'vitest';
import { booleanFlag, environment, flagDetail } from '../../test/documents.ts';
import { intentsOf } from './intent.ts';
import { bestMatches, matchScore } from './match.ts';
import { intentWords, lackWords, needsDetail, paletteOrder } from './order.ts';

const environments = [
  environment('production', { order: 2 }),
  environment('development', { order: 0 }),
  environment('staging', { order: 1 }),
];
const features = [
  {
    key: 'issues-v2',
    environments: {
      production: { stage: 'internal', next: 'early-access' },
      development: { stage: 'early-access', next: 'percent' },
      staging: { stage: 'backed-out' },
    },
  },
] as const;
const world = { flags: ['checkout', 'checkout-api', 'new-issue-stream', 'organizations:replay'], environments, features };
const scope = { org: 'acme', project: 'web' };
const said = (line: string) => intentsOf(line, world).map(intentWords);

describe('a line of words', () => {
  it.each([
    ['kill checkout prod', 'Kill checkout in Production'],
    ['checkout kill prod', 'Kill checkout in Production'],
    ['kill checkout in production', 'Kill checkout in Production'],
    ['rollout checkout 10 prod', 'Roll checkout out to 10 % of org in Production'],
    ['rollout checkout 12.5 % staging', 'Roll checkout out to 12.5 % of org in Staging'],
    ['on checkout acme dev', 'Turn checkout on for org acme in Development'],
    ['on checkout user:7 dev', 'Turn checkout on for user 7 in Development'],
    ['off checkout acme berlin staging', 'Turn checkout off for org acme and berlin in Staging'],
    ['on replay prod', 'Turn organizations:replay on in Production'],
    ['why checkout acme prod', 'Why does org acme get checkout in Production?'],
    ['who nis', 'Who changed new-issue-stream'],
    ['new billing-v2 acme dev', 'Create billing-v2, on for org acme in Development'],
    ['new billing-v2', 'Create billing-v2'],
    ['advance issues prod', 'Take issues-v2 to Early access in Production'],
    ['issues advance prod', 'Take issues-v2 to Early access in Production'],
    ['advance issues dev', 'Take issues-v2 to … % in Development'],
    ['advance issues 25 dev', 'Take issues-v2 to 25 % in Development'],
    ['back out issues prod', 'Back issues-v2 out of Production'],
    ['back out issues prod errors rise', 'Back issues-v2 out of Production: errors rise'],
    ['issues back out dev', 'Back issues-v2 out of Development'],
    ['backout nis >=8.4', 'Back new-issue-stream out of releases >=8.4'],
    ["backout nis '>=8.4 <8.6'", 'Back new-issue-stream out of releases >=8.4 <8.6'],
    ['new-issue-stream backout', 'Back new-issue-stream out of releases'],
    ['backout issues-v2', 'Back issues-v2 out of releases'],
    ['undo', 'Undo the newest change'],
  ])('%s', (line, words) => {
    expect(said(line)[0]).toBe(words);
  });

  it('offers each environment where none is named', () => {
    expect(said('kill new-issue')).toEqual([
      'Kill new-issue-stream in Production',
      'Kill new-issue-stream in Development',
      'Kill new-issue-stream in Staging',
    ]);
  });

  it('offers the flags that a word may mean, the exact one first', () => {
    expect(said('who checkout')).toEqual(['Who changed checkout', 'Who changed checkout-api']);
  });

  it('begins a new flag for somebody outside production', () => {
    expect(said('new x acme')).toEqual(['Create x, on for org acme in Staging', 'Create x, on for org acme in Development']);
  });

  it('offers a feature to nobody where it is at rest already', () => {
    expect(said('back out issues')).toEqual(['Back issues-v2 out of Production', 'Back issues-v2 out of Development']);
    expect(said('advance issues staging')).toEqual([]);
  });

  it.each(['', 'checkout', 'kill', 'kill nothing-like-it', 'frobnicate checkout'])('%j spells no act', (line) => {
    expect(said(line)).toEqual([]);
  });
});

describe('what a line sends', () => {
  const detail = flagDetail({ development: booleanFlag({ variants: { yes: true, no: false }, off: 'no' }) });
  const orderOf = (line: string) => {
    const [intent] = intentsOf(line, world);
    return intent && paletteOrder(intent, scope, detail);
  };

  it.each([
    ['kill checkout prod', '/kill', {}],
    ['on checkout prod', '/turn', { on: true }],
    ['rollout checkout 10 prod', '/rollout', { percent: 10, kind: 'org' }],
  ])('%s', (line, act, body) => {
    expect(orderOf(line)).toMatchObject({
      operation: expect.stringMatching(`${act}$`) as string,
      request: { params: { ...scope, environment: 'production', flag: 'checkout' }, body },
    });
  });

  it('pins by the names of the variants that the flag really has', () => {
    expect(orderOf('on checkout acme dev')).toMatchObject({
      request: { body: { kind: 'org', keys: ['acme'], variant: 'yes', turnOn: true } },
    });
    expect(orderOf('off checkout acme dev')?.request).toMatchObject({ body: { variant: 'no' } });
    expect(orderOf('off checkout acme dev')?.request).not.toHaveProperty('body.turnOn');
  });

  it('waits for the variants before it pins, and for a number before it rolls out', () => {
    const [pin] = intentsOf('on checkout acme dev', world);
    expect(pin && needsDetail(pin)).toBe(true);
    expect(pin && paletteOrder(pin, scope, undefined)).toBeUndefined();
    expect(orderOf('rollout checkout prod')).toBeUndefined();
  });

  it('creates a flag off for everybody but those who are named', () => {
    expect(orderOf('new billing-v2 acme dev')?.request).toMatchObject({
      body: {
        key: 'billing-v2',
        environments: {
          development: { on: true, fallthrough: { variant: 'off' }, pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }] },
        },
      },
    });
    expect(orderOf('new billing-v2')?.request).not.toHaveProperty('body.environments');
  });

  it('takes a feature on, and backs it out with its reason', () => {
    expect(orderOf('advance issues 25 dev')).toMatchObject({
      operation: 'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/stage',
      request: {
        params: { ...scope, environment: 'development', feature: 'issues-v2' },
        body: { stage: 'percent', percent: 25 },
      },
    });
    expect(orderOf('back out issues prod errors rise')).toMatchObject({
      operation: 'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/back-out',
      request: { params: { ...scope, environment: 'production', feature: 'issues-v2' }, body: { reason: 'errors rise' } },
    });
  });

  it.each([
    ['advance issues dev', 'Say how many percent.'],
    ['back out issues prod', 'Say why, after the environment: it is kept in the history.'],
  ])('%s lacks something', (line, words) => {
    const [intent] = intentsOf(line, world);
    expect(orderOf(line)).toBeUndefined();
    expect(intent && lackWords(intent)).toBe(words);
  });

  it.each(['why checkout acme prod', 'who checkout'])('%s sends nothing: it leads to a page', (line) => {
    expect(orderOf(line)).toBeUndefined();
  });
});

it('prefers the exact name, then the beginning, then the beginning of a part, last mere letters', () => {
  const names = ['my-checkout', 'recheckout', 'checkout-api', 'checkout', 'c-h-e-c-k-o-u-t'];
  expect(bestMatches('checkout', names, (name) => name, 9)).toEqual([
    'checkout',
    'checkout-api',
    'my-checkout',
    'recheckout',
    'c-h-e-c-k-o-u-t',
  ]);
  expect(matchScore('nis', 'new-issue-stream')).toBe(1);
  expect(matchScore('', 'anything')).toBe(0);
});
