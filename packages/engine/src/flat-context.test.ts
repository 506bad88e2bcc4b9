import { describe, expect, it } from 'vitest';
import { contextFrom, type FlatContext } from './flat-context.ts';

describe('a flat context', () => {
  it.each([
    ['a targeting key is the user', { targetingKey: 'u1' }, { user: { key: 'u1' } }],
    ['flat attributes are of the user', { targetingKey: 'u1', plan: 'pro' }, { user: { key: 'u1', plan: 'pro' } }],
    ['an object with a key is a kind', { org: { key: 'berlin', seats: 3 } }, { org: { key: 'berlin', seats: 3 } }],
    ['one without is an attribute', { at: { city: 'B' } }, { user: { at: { city: 'B' } } }],
    ['a date is a text', { since: new Date('2026-03-01T12:00:00Z') }, { user: { since: '2026-03-01T12:00:00.000Z' } }],
    ['no date is null', { since: new Date('never') }, { user: { since: null } }],
    [
      'the targeting key stands above a user',
      { targetingKey: 'u2', user: { key: 'u1', plan: 'pro' } },
      { user: { key: 'u2', plan: 'pro' } },
    ],
    ['an empty one is about nobody', {}, {}],
  ])('%s', (_, flat, expected) => {
    expect(contextFrom(flat)).toEqual(expected);
  });

  it('gives nobody an attribute that objects have by themselves', () => {
    const context = contextFrom(JSON.parse('{"__proto__":{"key":"x","admin":true}}') as FlatContext);
    expect(Object.getPrototypeOf(context)).toBe(Object.prototype);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });
});
