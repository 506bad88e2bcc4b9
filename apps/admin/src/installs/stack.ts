import type { Timeline } from './queries.ts';
import { shipmentName } from './standing-words.ts';

/** One area of the drawing: a shipment, or all the small ones together. */
export interface Band {
  readonly name: string;
  /** Absent for those that stand together. */
  readonly release?: string;
  /** One count for each point. */
  readonly counts: readonly number[];
}

/** So many shipments have an area of their own: more would be slivers. */
const mostBands = 7;

/** The areas from the bottom up: older shipments below newer ones, and below all those that few installs ran. */
export function bandsOf({ shipments, points }: Timeline): readonly Band[] {
  const all = shipments.map((shipment, index) => ({
    name: shipmentName(shipment),
    release: shipment.release,
    counts: points.map(({ installs }) => installs[index] ?? 0),
  }));
  const shown = all.filter(({ counts }) => largest(counts) > 0);
  if (shown.length <= mostBands) return shown;
  const least = shown.map(({ counts }) => largest(counts)).sort((one, other) => other - one)[mostBands - 1] ?? 0;
  const own = shown.filter(({ counts }) => largest(counts) >= least).slice(-mostBands);
  const rest = shown.filter((band) => !own.includes(band));
  return [{ name: `${rest.length} others`, counts: points.map((_, at) => total(rest, at)) }, ...own];
}

/** How many installs had acknowledged anything, at one point. */
export const total = (bands: readonly Band[], at: number): number =>
  bands.reduce((installs, { counts }) => installs + (counts[at] ?? 0), 0);

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** The outline of each band as an SVG path, stacked upon each other; `most` is as high as the box. */
export function outlines(bands: readonly Band[], most: number, { width, height }: Box): readonly string[] {
  const points = bands[0]?.counts.length ?? 0;
  const x = (at: number) => round(points < 2 ? at * width : (at / (points - 1)) * width);
  const y = (installs: number) => round(height - (installs / Math.max(1, most)) * height);
  const last = Math.max(1, points - 1);
  const at = (index: number) => Math.min(index, points - 1);
  let floor = Array.from({ length: last + 1 }, () => 0);
  return bands.map(({ counts }) => {
    const ceiling = floor.map((below, index) => below + (counts[at(index)] ?? 0));
    const upper = ceiling.map((installs, index) => `${x(index)} ${y(installs)}`);
    const lower = floor.map((installs, index) => `${x(index)} ${y(installs)}`).toReversed();
    floor = ceiling;
    return `M${upper.join('L')}L${lower.join('L')}Z`;
  });
}

/** The highest number of an axis that holds `most`: a round one. */
export function axisEnd(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((end) => end >= most) ?? most;
}

const largest = (counts: readonly number[]): number => counts.reduce((most, each) => Math.max(most, each), 0);
const round = (px: number): number => Math.round(px * 100) / 100;
