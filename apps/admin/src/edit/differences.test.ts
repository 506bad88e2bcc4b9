import { expect, it } from 'vitest';
import { booleanFlag } from '../../test/documents.ts';
import { differences } from './differences.ts';

const rule = { id: 'r1', when: { segment: 'testers' }, serve: { variant: 'on' } };

it('marks the parts that are not the same everywhere, and no others', () => {
  const marked = differences([
    booleanFlag({ rules: [rule] }),
    booleanFlag({ rules: [rule] }),
    booleanFlag({ rules: [rule], off: 'on' }),
  ]);
  expect([...marked]).toEqual(['off']);
});

it('does not mind that equal rules have other ids, or that one is off', () => {
  expect(differences([booleanFlag({ rules: [rule] }), booleanFlag({ on: true, rules: [{ ...rule, id: 'r2' }] })]).size).toBe(0);
});

it('marks nothing where there is one environment, or none', () => {
  expect(differences([booleanFlag()]).size).toBe(0);
  expect(differences([]).size).toBe(0);
});
