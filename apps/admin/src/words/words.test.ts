import type { Condition, Serve } from '@taffrail/engine';
import { describe, expect, it } from 'vitest';
import { booleanFlag } from '../../test/documents.ts';
import { affectedWords } from './affected-words.ts';
import { changeLines, lineWords } from './change-words.ts';
import { conditionWords } from './condition-words.ts';
import { prerequisiteWords, ruleWords } from './flag-words.ts';
import { count, grouped, listed, percentWords, someOf } from './numbers.ts';
import { serveWords } from './serve-words.ts';
import { agoWords, dateWords, midnightMs, momentWords } from './time.ts';
import { reasonWords, stepWords } from './why-words.ts';

const plan = (...values: string[]): Condition => ({ kind: 'org', path: ['plan'], op: 'is', values });
const rollout = (share: number): Serve => ({
  split: { kind: 'org' },
  arms: [{ ranges: [[0, share]], serve: { variant: 'on' } }],
  rest: { variant: 'off' },
});

describe('a condition in words', () => {
  it.each<[Condition, string]>([
    [plan('pro', 'team'), 'org.plan is one of pro, team'],
    [{ not: plan('free') }, 'org.plan is not one of free'],
    [{ kind: 'org', path: ['key'], op: 'is', values: ['acme'] }, 'org is one of acme'],
    [{ kind: 'org', path: ['plan'], op: 'exists' }, 'org.plan exists'],
    [
      { kind: 'user', path: ['email'], op: 'ends_with', values: ['@a.com'], fold: true },
      'user.email ends with @a.com (any case)',
    ],
    [{ kind: 'user', path: ['roles'], op: 'is', values: ['admin'], match: 'none' }, 'no user.roles is one of admin'],
    [plan(), 'org.plan is one of …'],
    [{ segment: 'testers' }, 'in segment testers'],
    [{ not: { segment: 'testers' } }, 'not in segment testers'],
    [{ flag: 'api', variants: ['on', 'half'] }, 'flag api serves on or half'],
    [{ not: { flag: 'api', variants: ['on'] } }, 'flag api does not serve on'],
    [{ bucket: { kind: 'org' }, ranges: [[0, 12_500]] }, 'among 12.5 % of org'],
    [{ all: [plan('pro'), { segment: 'testers' }] }, 'org.plan is one of pro and in segment testers'],
    [
      { all: [plan('pro'), { any: [{ segment: 'a' }, { segment: 'b' }] }] },
      'org.plan is one of pro and (in segment a or in segment b)',
    ],
    [{ not: { any: [{ segment: 'a' }, { segment: 'b' }] } }, 'none of (in segment a; in segment b)'],
    [{ all: [] }, 'everyone'],
    [{ any: [] }, 'nobody'],
    [{ kind: 'org', path: ['x'], op: 'unleash/num_gt', values: [5] }, 'org.x unleash/num_gt 5'],
  ])('%j', (condition, words) => {
    expect(conditionWords(condition)).toBe(words);
  });

  it('counts the values that it does not name', () => {
    expect(conditionWords(plan(...'abcdefgh'))).toBe('org.plan is one of a, b, c, d, e, f and 2 more');
  });
});

describe('what is served in words', () => {
  it.each<[Serve, string]>([
    [{ variant: 'on' }, 'on'],
    [{ codeDefault: true }, 'the code default'],
    [rollout(10_000), '10 % of org on, else off'],
    [rollout(100_000), '100 % of org on'],
    [
      { split: { kind: 'org' }, arms: [{ ranges: [[0, 5]], serve: { variant: 'on' } }] },
      '0.005 % of org on, else the code default',
    ],
    [{ switch: [{ when: plan('pro'), serve: { variant: 'on' } }] }, 'on if org.plan is one of pro'],
  ])('%j', (serve, words) => {
    expect(serveWords(serve)).toBe(words);
  });
});

it('says a rule with what happens when it does not hold', () => {
  const rule = { id: 'r', when: plan('pro'), serve: { variant: 'on' }, onMiss: { stop: { variant: 'off' } } };
  expect(ruleWords(rule)).toBe('If org.plan is one of pro → on, else stop with off');
});

it('says a prerequisite', () => {
  expect(prerequisiteWords({ flag: 'api', variants: ['on'], unmet: 'codeDefault' })).toBe(
    'needs api to serve on, else the code default',
  );
});

const rule = (id: string, ...values: string[]) => ({ id, when: plan(...values), serve: { variant: 'on' } });

describe('the difference between two versions of a flag', () => {
  const before = booleanFlag({
    on: true,
    fallthrough: rollout(5_000),
    pins: [{ kind: 'org', variant: 'on', keys: ['acme', 'berlin'] }],
    rules: [rule('a', 'pro'), rule('b', 'team')],
  });
  const words = (after: Partial<typeof before>) => changeLines(before, { ...before, ...after }).map(lineWords);

  it('is nothing between equals', () => {
    expect(words({})).toEqual([]);
  });

  it.each<[string, Partial<typeof before>, string[]]>([
    ['the state', { on: false }, ['State: on → off']],
    ['a percentage', { fallthrough: rollout(10_000) }, ['Everyone else: 5 % of org on, else off → 10 % of org on, else off']],
    ['a pin that is taken away', { pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }] }, ['Pin org berlin: remove on']],
    [
      'pins that are moved',
      { pins: [{ kind: 'org', variant: 'off', keys: ['acme', 'berlin'] }] },
      ['Pin org acme and berlin: on → off'],
    ],
    ['a rule that is added', { rules: [...before.rules, rule('c', 'free')] }, ['Rule 3: add If org.plan is one of free → on']],
    ['a rule that is removed', { rules: [before.rules[1]!] }, ['Rule 1: remove If org.plan is one of pro → on']],
    [
      'a rule that is changed',
      { rules: [rule('a', 'pro', 'trial'), before.rules[1]!] },
      ['Rule 1: If org.plan is one of pro → on → If org.plan is one of pro, trial → on'],
    ],
    ['the order', { rules: [before.rules[1]!, before.rules[0]!] }, ['Order of rules: 1, 2 → 2, 1']],
    ['a value', { variants: { on: true, off: false, half: 0.5 } }, ['Variant half: add 0.5']],
    ['what browsers see', { client: true }, ['Browsers: servers only → sent to browsers']],
    ['a prerequisite', { prerequisites: [{ flag: 'api', variants: ['on'] }] }, ['Prerequisite: add needs api to serve on']],
  ])('%s', (_, after, lines) => {
    expect(words(after)).toEqual(lines);
  });

  it('is not hidden when only the buckets differ', () => {
    const moved: Serve = {
      split: { kind: 'org' },
      arms: [{ ranges: [[5_000, 10_000]], serve: { variant: 'on' } }],
      rest: { variant: 'off' },
    };
    expect(words({ fallthrough: moved })).toEqual([
      'Everyone else: 5 % of org on, else off → 5 % of org on, else off (other buckets)',
    ]);
  });
});

describe('who is affected', () => {
  const one = { environment: 'production', flag: 'checkout', kind: 'org', known: 412, changed: 2 };

  it('is said by name', () => {
    expect(affectedWords([{ ...one, moves: [{ from: 'off', to: 'on', count: 2, keys: ['acme', 'berlin'] }] }])).toEqual([
      'off → on for 2 of 412 known orgs: acme and berlin',
    ]);
  });

  it('is counted beyond ten, and knows the code default', () => {
    const keys = Array.from('abcdefghij');
    expect(affectedWords([{ ...one, moves: [{ from: null, to: 'on', count: 30, keys }] }])).toEqual([
      'code default → on for 30 of 412 known orgs: a, b, c, d, e, f, g, h, i, j and 20 more',
    ]);
  });

  it('says that nobody changes, and where, when several places are asked', () => {
    const none = { ...one, changed: 0, moves: [] };
    expect(affectedWords([none])).toEqual(['None of 412 known orgs changes.']);
    expect(affectedWords([none, { ...none, environment: 'staging' }])).toEqual([
      'None of 412 known orgs changes (checkout in production).',
      'None of 412 known orgs changes (checkout in staging).',
    ]);
  });

  it('says so when nobody is known, and nothing when nobody is asked', () => {
    expect(affectedWords([{ ...one, known: 0, changed: 0, moves: [] }])).toEqual([expect.stringContaining('Nothing is known')]);
    expect(affectedWords([])).toEqual([]);
  });
});

describe('why', () => {
  const flag = booleanFlag({ rules: [{ id: 'r7', when: plan('pro'), serve: rollout(10_000) }] });
  const base = { value: true, variant: 'on', reason: 'TARGETING_MATCH', flagMetadata: {} } as const;

  it.each([
    [{ ...base, flagMetadata: { ruleId: 'r7' } }, 'Rule 1 matches.'],
    [{ ...base, flagMetadata: { pin: 'org' } }, 'This org is pinned.'],
    [{ ...base, reason: 'DISABLED' as const }, 'The flag is off.'],
    [
      { ...base, reason: 'DISABLED' as const, flagMetadata: { prerequisite: 'api' } },
      'The flag api does not serve what this one needs.',
    ],
    [{ ...base, reason: 'SPLIT' as const }, 'No pin and no rule decides; the percentage for everyone else does.'],
    [{ ...base, reason: 'DEFAULT' as const }, 'No pin and no rule decides: it is what everyone else gets.'],
    [{ ...base, reason: 'ERROR' as const, errorMessage: 'Update it.' }, 'Update it.'],
  ])('%j', (resolution, words) => {
    expect(reasonWords(resolution, flag)).toBe(words);
  });

  it('names the bucket and the share that holds it', () => {
    const serve = rollout(10_000);
    const step = {
      step: 'fallthrough',
      answer: 'true',
      serve: { serve, bucket: 4_211, share: 10_000, chosen: { serve: { variant: 'on' } } },
    } as const;
    expect(stepWords(step, flag)).toEqual({ mark: '✓', words: 'everyone else → bucket 4,211 of 100,000, in the 10 %: on' });
  });

  it('says of a prerequisite whether it is met, and of a rule what was not known', () => {
    expect(stepWords({ step: 'prerequisite', id: 'api', answer: 'true' }, flag)).toEqual({
      mark: '✗',
      words: 'needs api: not met',
    });
    expect(
      stepWords({ step: 'rule', id: 'r7', answer: 'unknown', condition: { condition: plan('pro'), answer: 'unknown' } }, flag),
    ).toEqual({
      mark: '?',
      words: 'rule 1: org.plan is one of pro (not known of this context)',
    });
  });
});

it('counts, lists and rounds', () => {
  expect([count(1, 'flag'), count(2_000, 'flag')]).toEqual(['1 flag', '2,000 flags']);
  expect([0, 999, 1_000, 100_000, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '100,000', '1,234,567']);
  expect([listed(['a']), listed(['a', 'b', 'c'], 'or')]).toEqual(['a', 'a, b or c']);
  expect(someOf(['a', 'b', 'c'], 9, 2)).toBe('a, b and 7 more');
  expect([10, 12.5, 0.001, 33.333_333].map(percentWords)).toEqual(['10 %', '12.5 %', '0.001 %', '33.333 %']);
});

it.each([
  [0, 'now'],
  [-5_000, 'now'],
  [60_000, '1 min'],
  [2 * 3_600_000, '2 h'],
  [3 * 86_400_000, '3 d'],
  [60 * 86_400_000, '2 Sept 2026'],
])('%d ms ago is %s', (passedMs, words) => {
  const nowMs = Date.UTC(2026, 10, 1, 12);
  expect(agoWords(new Date(nowMs - passedMs).toISOString(), nowMs)).toBe(words);
});

it.each(Array.from({ length: 12 }, (_, month) => new Date(2026, month, month + 1, month, 5)))('writes %s as Intl does', (at) => {
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  expect(dateWords(at.toISOString())).toBe(at.toLocaleString('en-GB', day));
  const minute = { ...day, hour: '2-digit', minute: '2-digit' } as const;
  expect(momentWords(at.toISOString())).toBe(at.toLocaleString('en-GB', minute));
});

it('knows the last midnight where the reader is', () => {
  expect(midnightMs(new Date(2026, 10, 1, 12, 30).getTime())).toBe(new Date(2026, 10, 1).getTime());
});
