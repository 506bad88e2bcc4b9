import { expect, it } from 'vitest';
import { resolve } from './evaluate.ts';
import type { Condition, Flag, Serve } from './model.ts';
import { setOf } from './set.test-kit.ts';

const flag = (key: string, more: object): Flag => ({
  key,
  type: 'boolean',
  on: true,
  variants: { on: true, off: false },
  off: 'off',
  salt: key,
  fallthrough: { variant: 'on' },
  ...more,
});
const needs = (key: string, asked: string) => flag(key, { prerequisites: [{ flag: asked, variants: ['on'] }] });
const when = (key: string, condition: object) =>
  flag(key, { rules: [{ id: 'r', when: condition as Condition, serve: { variant: 'on' } }] });
const nested = Array.from({ length: 100 }).reduce<Condition>((not) => ({ not }), { all: [] });

it.each<[string, Flag[], string]>([
  ['a circle of prerequisites', [needs('f', 'g'), needs('g', 'f')], 'The flag asks itself through others: break the circle.'],
  [
    'a long chain of prerequisites',
    [...Array.from({ length: 40 }, (_, at) => needs(at === 0 ? 'f' : `f${at}`, `f${at + 1}`)), flag('f40', {})],
    'The flag asks others through too many levels: ask them directly.',
  ],
  ['a condition within conditions', [when('f', nested)], 'The flag nests too deep: move a part into a segment.'],
  ['a part that is null', [when('f', { all: null })], 'The flag, or what it asks, is malformed: save it anew.'],
  [
    'a serve of no form',
    [flag('f', { fallthrough: {} as Serve })],
    'The flag serves in no form that this SDK knows: save it anew, or update the SDK.',
  ],
  [
    'a flag that is missing',
    [needs('f', 'gone')],
    'The flag asks the flag gone, which is not here: create it, or change the flag.',
  ],
  [
    'a segment that is missing',
    [when('f', { segment: 'gone' })],
    'The flag asks the segment gone, which is not here: create it, or change the flag.',
  ],
  [
    'a variant that is missing, whatever its name',
    [flag('f', { fallthrough: { variant: 'a:b' } })],
    'The flag serves a:b, which is none of its variants: change the flag.',
  ],
  [
    'an operator of a later release',
    [when('f', { kind: 'user', path: ['key'], op: 'toString' })],
    'This SDK does not understand op:toString: update it, or change the flag.',
  ],
  [
    'a need of a later release, named like what every object has',
    [flag('f', { needs: ['constructor'] })],
    'This SDK does not understand constructor: update it, or change the flag.',
  ],
])('%s is told by a sentence of its own', (_, flags, errorMessage) => {
  expect(resolve(setOf(...flags), 'f', { user: 'u' }, 0)).toMatchObject({ errorCode: 'GENERAL', variant: 'off', errorMessage });
});
