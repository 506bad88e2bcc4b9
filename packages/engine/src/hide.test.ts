import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import {
  type Comparison,
  evaluate,
  hashedLiteral,
  hideComparison,
  hidePin,
  hideSegment,
  type Pin,
  type Segment,
} from './index.ts';
import { answerOf, flag, NOW, setOf } from './set.test-kit.ts';

const SALT = 'pepper';

// Pinned: the digests are in snapshots that browsers keep.
it.each([
  ['acme', 'org', ['key'], '4c61e105a8b718c4'],
  [42, 'user', ['age'], '15ad75d93c0df81e'],
  [true, 'user', ['beta', 'tester'], '16bdca0ade7695da'],
] as const)('hides %j behind a digest', (value, kind, path, digest) => {
  expect(hashedLiteral({ salt: SALT, kind, path }, value)).toBe(digest);
});

const scalar = fc.oneof(fc.constantFrom('free', 'Pro', 'é'), fc.integer({ min: 0, max: 2 }), fc.boolean());

test('a hidden comparison answers as before', () => {
  const actual = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.constant(null), fc.constant({}));
  fc.assert(
    fc.property(fc.array(scalar, { maxLength: 3 }), actual, fc.boolean(), (values, plan, fold) => {
      const comparison: Comparison = { kind: 'user', path: ['plan'], op: 'is', values, fold };
      const about = { user: { key: 'u', plan } };
      expect(answerOf(hideComparison(comparison, SALT), about)).toBe(answerOf(comparison, about));
    }),
  );
});

test('hidden pins and segments answer as before', () => {
  const keys = fc.uniqueArray(fc.constantFrom('acme', 'berlin', 'Ömega'));
  fc.assert(
    fc.property(keys, keys, keys, fc.constantFrom('acme', 'berlin', 'cairo', 'Ömega'), (pinned, included, excluded, org) => {
      const pin: Pin = { kind: 'org', variant: 'on', keys: pinned };
      const segment: Segment = { key: 's', kind: 'org', included, excluded, when: { all: [] } };
      const rules = [{ id: 'r', when: { not: { segment: 's' } }, serve: { variant: 'on' } }];
      const [open, hidden] = [
        setOf(flag('f', { pins: [pin], rules }), segment),
        setOf(flag('f', { pins: [hidePin(pin, SALT)], rules }), hideSegment(segment, SALT)),
      ];
      expect(evaluate(hidden, 'f', false, { org }, NOW)).toEqual(evaluate(open, 'f', false, { org }, NOW));
    }),
  );
});

it('tells nothing of what is hidden, nor its order', () => {
  const comparison = hideComparison({ kind: 'user', path: ['plan'], op: 'is', values: ['secret', 'hidden'] }, SALT);
  const pins = [
    hidePin({ kind: 'org', variant: 'on', keys: ['secret', 'hidden'] }, SALT),
    hidePin({ kind: 'org', variant: 'on', keys: ['hidden', 'secret'] }, SALT),
  ];
  const segment = hideSegment({ key: 's', kind: 'org', included: ['secret'], excluded: ['hidden'] }, SALT);
  expect(JSON.stringify([comparison, pins, segment])).not.toMatch(/secret|hidden/);
  expect(pins[0]).toEqual(pins[1]);
});

it('remembers a bounded number of values', () => {
  const set = setOf(flag('f', { pins: [hidePin({ kind: 'org', variant: 'on', keys: ['org-7'] }, SALT)] }));
  for (let round = 0; round < 2; round++) {
    for (let org = 0; org < 250; org++) {
      expect(evaluate(set, 'f', false, { org: `org-${org}` }, NOW).value).toBe(org === 7);
    }
  }
});
