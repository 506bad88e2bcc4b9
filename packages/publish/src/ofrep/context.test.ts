import { describe, expect, it } from 'vitest';
import { askedBy } from './context.ts';

const about = (context: unknown) => askedBy(JSON.stringify({ context }));

describe('the context of a request', () => {
  it.each([
    ['a targeting key is the user', { targetingKey: 'u1' }, { user: { key: 'u1' } }],
    ['flat attributes are of the user', { targetingKey: 'u1', plan: 'pro' }, { user: { key: 'u1', plan: 'pro' } }],
    ['attributes may come without a key', { plan: 'pro' }, { user: { plan: 'pro' } }],
    ['an object with a key is a kind', { org: { key: 'berlin', seats: 3 } }, { org: { key: 'berlin', seats: 3 } }],
    [
      'an object without a key is an attribute',
      { targetingKey: 'u1', at: { city: 'B' } },
      { user: { key: 'u1', at: { city: 'B' } } },
    ],
    ['a list is an attribute', { targetingKey: 'u1', tags: ['a'] }, { user: { key: 'u1', tags: ['a'] } }],
    ['kinds and the user stand together', { targetingKey: 'u1', org: { key: 'b' } }, { user: { key: 'u1' }, org: { key: 'b' } }],
    ['a kind of users is joined', { plan: 'pro', user: { key: 'u1', seats: 3 } }, { user: { key: 'u1', plan: 'pro', seats: 3 } }],
    ['the targeting key stands above it', { targetingKey: 'u2', user: { key: 'u1' } }, { user: { key: 'u2' } }],
    ['an empty one is about nobody', {}, {}],
  ])('%s', (_, context, expected) => {
    expect(about(context)).toEqual({ context: expected });
  });

  it.each([
    ['no body', ''],
    ['an empty object', '{}'],
    ['fields of later versions', '{"session":"s"}'],
  ])('is about nobody for %s', (_, text) => {
    expect(askedBy(text)).toEqual({ context: {} });
  });

  it('gives names that every object has to nobody', () => {
    const asked = askedBy('{"context":{"targetingKey":"u","__proto__":{"key":"x","admin":true}}}');
    expect('context' in asked && Object.getPrototypeOf(asked.context)).toBe(Object.prototype);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  it.each([
    ['what is no JSON', '{"context":', 'PARSE_ERROR'],
    ['brackets without end', '['.repeat(200_000), 'PARSE_ERROR'],
    ['a list as a body', '[]', 'INVALID_CONTEXT'],
    ['a context that is a text', '{"context":"u1"}', 'INVALID_CONTEXT'],
    ['a targeting key that is a number', '{"context":{"targetingKey":1}}', 'INVALID_CONTEXT'],
  ])('is refused for %s', (_, text, errorCode) => {
    expect(askedBy(text)).toMatchObject({ failure: { errorCode } });
  });
});
