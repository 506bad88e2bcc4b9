import type { Condition, Serve } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { expect, it } from 'vitest';
import { conditionWords, flagSentences, serveWords } from './rule-words.ts';

const plan: Condition = { kind: 'org', path: ['plan'], op: 'is', values: ['pro', 'team'] };
const acme: Condition = { kind: 'org', path: ['key'], op: 'is', values: ['acme'] };

it.each<[Condition, string]>([
  [plan, 'org.plan is pro or team'],
  [acme, 'org is acme'],
  [{ kind: 'user', path: ['seen'], op: 'exists' }, 'user.seen exists'],
  [{ kind: 'org', path: ['size'], op: 'at_least', values: [40] }, 'org.size at least 40'],
  [{ not: acme }, 'not (org is acme)'],
  [{ all: [acme, { any: [plan, { segment: 'early' }] }] }, 'org is acme and (org.plan is pro or team or in segment early)'],
  [{ all: [] }, 'always'],
  [{ any: [] }, 'never'],
  [{ flag: 'api', variants: ['on'] }, 'api serves on'],
  [{ time: { after: 0 } }, 'after 1970-01-01T00:00:00.000Z'],
  [{ time: { before: '2027-01-01T00:00:00Z' } }, 'before 2027-01-01T00:00:00Z'],
  [{ bucket: { kind: 'org' }, ranges: [[0, 10_000]] }, 'within 10 % of org'],
])('says a condition: %#', (condition, words) => {
  expect(conditionWords(condition)).toBe(words);
});

const split: Serve = {
  split: { kind: 'org' },
  arms: [
    {
      ranges: [
        [0, 10_000],
        [50_000, 50_001],
      ],
      serve: { variant: 'on' },
    },
  ],
  rest: { variant: 'off' },
};

it.each<[Serve, string]>([
  [{ variant: 'on' }, 'on'],
  [{ codeDefault: true }, 'the code default'],
  [split, '10.001 % of org on, else off'],
  [{ switch: [{ when: acme, serve: { variant: 'on' } }] }, 'if org is acme: on'],
])('says what is served: %#', (serve, words) => {
  expect(serveWords(serve)).toBe(words);
});

const flag: EnvironmentFlag = {
  key: 'new-issue-stream',
  on: true,
  off: 'off',
  variants: { on: true, off: false },
  client: false,
  prerequisites: [{ flag: 'api', variants: ['on'] }],
  pins: [{ kind: 'org', variant: 'on', keys: ['acme', 'berlin'] }],
  rules: [{ id: 'r1', when: plan, serve: { variant: 'on' } }],
  fallthrough: split,
  salt: 's',
  locked: false,
};

it('walks a flag in the order in which it is evaluated', () => {
  expect(flagSentences(flag)).toEqual([
    'only while api serves on',
    'org acme, berlin → on',
    'if org.plan is pro or team → on',
    'else → 10.001 % of org on, else off',
  ]);
});

it.each([
  ['off', { on: false }, 'off, everybody gets off'],
  ['killed', { on: false, locked: true }, 'killed: off and locked, everybody gets off'],
])('says nothing of rules while a flag is %s', (_, state, sentence) => {
  expect(flagSentences({ ...flag, ...state })).toEqual([sentence]);
});

it('names ten keys and counts the rest', () => {
  const keys = Array.from({ length: 12 }, (_, index) => `org-${index}`);
  const [, pins] = flagSentences({ ...flag, pins: [{ kind: 'org', variant: 'on', keys }] });
  expect(pins).toMatch(/org-9 and 2 more → on$/);
});
