import { expect, it } from 'vitest';
import { faultsSurvived } from './wreck.test-kit.ts';

it('never serves anything but the state that it claims, and recovers, over 5,000 faults', () => {
  expect(faultsSurvived(5_000)).toBeGreaterThanOrEqual(5_000);
}, 60_000);
