import { expect, it } from 'vitest';
import { negatedLabel, operatorChoices, operatorWords } from './operators.ts';

it.each([
  ['is one of', 'is not one of'],
  ['starts with', 'does not start with'],
  ['contains', 'does not contain'],
  ['matches', 'does not match'],
  ['exists', 'does not exist'],
])('%s is negated as %s', (label, negated) => {
  expect(negatedLabel(label)).toBe(negated);
});

it('offers every row that people can write values for, with its words', () => {
  const offered = operatorChoices.map(({ op }) => op);
  expect(offered).toEqual(expect.arrayContaining(['is', 'at_least', 'version_before', 'in_range', 'in_network', 'matches']));
  expect(offered).not.toContain('is_hashed');
  expect(operatorChoices.every(({ label }) => label !== '')).toBe(true);
});

it('shows an operator that it does not know by its name', () => {
  expect(operatorWords('unleash/num_gt')).toBe('unleash/num_gt');
  expect(operatorWords('constructor')).toBe('constructor');
});
