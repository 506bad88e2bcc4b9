import { expect, it } from 'vitest';
import { actionsGatedBy, gatedActions } from './gated-actions.ts';
import { policies } from './policies.ts';

it('every act may have a policy, and nothing else', () => {
  expect(Object.keys(policies.properties)).toEqual(Object.keys(gatedActions));
});

it.each([
  [undefined, []],
  [{ publish: 'none' }, []],
  [{ unlock: 'second-person', publish: 'second-person', stage: 'none' }, ['publish', 'unlock']],
] as const)('%o gates %o', (policy, actions) => {
  expect(actionsGatedBy(policy)).toEqual(actions);
});
