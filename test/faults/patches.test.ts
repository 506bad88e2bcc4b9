import { expect, test } from 'vitest';
import { faultsSurvived } from '../../packages/sdk-core/src/wreck.test-kit.ts';

const faults = 100_000;

test(
  `serves nothing untrue over ${faults} patches dropped, doubled, swapped, cut, replayed or damaged`,
  { timeout: 180_000 },
  () => {
    expect(faultsSurvived(faults)).toBeGreaterThanOrEqual(faults);
  },
);
