import { expect, it } from 'vitest';
import { faultsSurvived } from './wreck.test-kit.ts';

it('never serves anything but the state that it claims, and recovers, over 10,000 faults', () => {
  expect(faultsSurvived(10_000)).toBeGreaterThanOrEqual(10_000);
}, 60_000);
