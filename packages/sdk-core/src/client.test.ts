import { describe, expect, it } from 'vitest';
import { switchFlag, Truth } from './truth.test-kit.ts';
import { World } from './world.test-kit.ts';

describe('answers', () => {
  it('are code defaults before the first state, then the flag’s', () => {
    const world = new World();
    const client = world.client();
    expect(client.details('dark', true)).toMatchObject({ value: true, reason: 'ERROR', errorCode: 'PROVIDER_NOT_READY' });

    const truth = new Truth([switchFlag('dark', true)]);
    world.say(['hello', truth.hello()], ['snapshot', truth.snapshot(), 'e1.1']);

    expect(client.state).toBe('READY');
    expect(client.isEnabled('dark')).toBe(true);
    expect(client.details('dark', false)).toEqual({
      value: true,
      variant: 'yes',
      reason: 'STATIC',
      flagMetadata: { revision: 1, environment: 'production' },
    });
  });
});
