const MOST_POINTS = 200;

/** Instants from one to another, evenly spaced, both ends among them. In milliseconds. */
export function evenly(fromMs: number, toMs: number, most = MOST_POINTS): number[] {
  if (toMs <= fromMs) return [toMs];
  const steps = Math.min(most - 1, toMs - fromMs);
  return Array.from({ length: steps + 1 }, (_, step) => Math.round(fromMs + ((toMs - fromMs) * step) / steps));
}
