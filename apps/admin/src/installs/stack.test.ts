import { describe, expect, it } from 'vitest';
import type { Timeline } from './queries.ts';
import { axisEnd, bandsOf, outlines } from './stack.ts';

const at = (minute: number) => `2026-11-23T09:${String(minute).padStart(2, '0')}:00Z`;

function timeline(shipments: readonly (readonly [string, number])[], ...rows: readonly (readonly number[])[]): Timeline {
  return {
    shipments: shipments.map(([release, revision]) => ({ release, revision })),
    points: rows.map((installs, index) => ({ at: at(index), installs: [...installs] })),
    revision: 7,
  };
}

describe('the bands of a timeline', () => {
  it('are the shipments that somebody ran, the oldest at the bottom', () => {
    const bands = bandsOf(
      timeline(
        [
          ['8.4.0', 1],
          ['8.4.0', 2],
          ['8.5.0', 1],
        ],
        [3, 0, 0],
        [1, 2, 0],
      ),
    );
    expect(bands).toEqual([
      { name: '8.4.0 r1', release: '8.4.0', counts: [3, 1] },
      { name: '8.4.0 r2', release: '8.4.0', counts: [0, 2] },
    ]);
  });

  it('put the small ones together, and lose nobody', () => {
    const many = Array.from({ length: 40 }, (_, index): readonly [string, number] => [`8.${index}.0`, 1]);
    const rows = [many.map((_, index) => (index % 10) + 1), many.map((_, index) => index % 3)];
    const bands = bandsOf(timeline(many, ...rows));
    expect(bands).toHaveLength(8);
    expect(bands[0]?.name).toBe('33 others');
    for (const [point, row] of rows.entries()) {
      const shown = bands.reduce((sum, { counts }) => sum + (counts[point] ?? 0), 0);
      expect(shown).toBe(row.reduce((sum, each) => sum + each, 0));
    }
  });

  it('are none where nobody ran anything', () => {
    expect(bandsOf(timeline([['8.4.0', 1]], [0], [0]))).toEqual([]);
  });
});

describe('the outlines', () => {
  const box = { width: 100, height: 10 };

  it('stand upon each other and fill what they count', () => {
    const bands = [
      { name: 'a', counts: [5, 0, 5] },
      { name: 'b', counts: [5, 10, 0] },
    ];
    expect(outlines(bands, 10, box)).toEqual(['M0 5L50 10L100 5L100 10L50 10L0 10Z', 'M0 0L50 0L100 5L100 5L50 10L0 5Z']);
  });

  it('are as wide as the box when there is one point only', () => {
    expect(outlines([{ name: 'a', counts: [4] }], 4, box)).toEqual(['M0 0L100 0L100 10L0 10Z']);
  });
});

it.each([
  [0, 1],
  [1, 1],
  [3, 3],
  [7, 8],
  [10, 10],
  [214, 300],
  [10_000, 10_000],
  [10_001, 20_000],
])('an axis that holds %i ends at %i', (most, end) => {
  expect(axisEnd(most)).toBe(end);
});
