import { expect, it } from 'vitest';
import { pinKeys, unpinKeys } from './pins.ts';

const pins = [
  { kind: 'org', variant: 'on', keys: ['acme'] },
  { kind: 'user', variant: 'on', keys: ['acme'] },
];

it('adds keys to the pin of their kind and variant', () => {
  expect(pinKeys(pins, 'org', ['berlin'], 'on')[0]).toEqual({ kind: 'org', variant: 'on', keys: ['acme', 'berlin'] });
});

it('moves a key that had another variant, and leaves its namesake of another kind alone', () => {
  expect(pinKeys(pins, 'org', ['acme'], 'off')).toEqual([
    { kind: 'user', variant: 'on', keys: ['acme'] },
    { kind: 'org', variant: 'off', keys: ['acme'] },
  ]);
});

it('pins a key once, however often it is said', () => {
  expect(pinKeys(pins, 'org', ['acme'], 'on').find(({ kind }) => kind === 'org')?.keys).toEqual(['acme']);
});

it('takes a key away, and the pin with its last key', () => {
  expect(unpinKeys(pins, 'org', ['acme'])).toEqual([{ kind: 'user', variant: 'on', keys: ['acme'] }]);
});
