import { expect, it } from 'vitest';
import { bodyOf, featureKeyMistake, formOf, hoursMistake, newFeatureForm } from './feature-form.ts';

const nowMs = Date.parse('2026-11-23T18:00:00Z');

it('gives a new feature its maker and ninety days', () => {
  expect(newFeatureForm('Ana', nowMs)).toMatchObject({ owner: 'Ana', expiresOn: '2027-02-21', hoursAtFull: '24' });
});

it('says of a feature what was read of it', () => {
  const feature = {
    key: 'issues-v2',
    name: 'Issues 2',
    description: '',
    owner: 'Ana',
    flags: ['a', 'b'],
    hoursAtFull: 48,
    salt: 's',
    audiences: { internal: 'staff', 'early-access': 'early-access' },
    createdAt: '2026-11-01T00:00:00Z',
  };
  expect(bodyOf(formOf(feature))).toEqual({
    name: 'Issues 2',
    description: '',
    owner: 'Ana',
    flags: ['a', 'b'],
    hoursAtFull: 48,
    expiresOn: null,
    audiences: { internal: 'staff', 'early-access': 'early-access' },
  });
});

it('calls a feature by its key until it has a name', () => {
  expect(bodyOf({ ...newFeatureForm('Ana', nowMs), key: 'issues-v2' }).name).toBe('issues-v2');
});

it('names what is wrong', () => {
  expect(featureKeyMistake('taken', new Set(['taken']))).toContain('feature');
  expect(featureKeyMistake('free', new Set())).toBeUndefined();
  expect(hoursMistake({ ...newFeatureForm('', nowMs), hoursAtFull: '1.5' })).toBe('whole hours, from 0 to 8,760');
  expect(hoursMistake({ ...newFeatureForm('', nowMs), hoursAtFull: '0' })).toBeUndefined();
});
