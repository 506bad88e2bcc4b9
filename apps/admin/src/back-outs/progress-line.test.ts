import { expect, it } from 'vitest';
import { stairs } from './progress-line.tsx';

it('climbs in steps, from the left edge to the right, as high as the share that has it', () => {
  const points = [
    { at: '2026-12-18T09:00:00Z', applied: 0 },
    { at: '2026-12-18T09:00:01Z', applied: 1 },
    { at: '2026-12-18T09:00:04Z', applied: 2 },
  ];
  expect(stairs(points, 2)).toBe('M 0 120 H 0 V 120 H 160 V 61 H 640 V 2');
});

it('stays at the bottom while nobody has it', () => {
  const at = '2026-12-18T09:00:00Z';
  expect(stairs([{ at, applied: 0 }], 7)).toBe('M 0 120 H 0 V 120');
});
