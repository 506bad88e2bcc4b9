import type { Progress } from '../api/release-queries.ts';
import { momentWords } from '../words/time.ts';
import styles from './back-outs.module.css';

const width = 640;
const height = 120;

/** How many installs had it, over time: a staircase, for between two acknowledgements nobody has it more. */
export function ProgressLine({ progress: { points, applied, concerned } }: { readonly progress: Progress }) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2 || concerned === 0) return null;
  const path = stairs(points, concerned);
  return (
    <figure className={styles.line}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${applied} of ${concerned} installs over time`}
      >
        <path className={styles.area} d={`${path} V ${height} H 0 Z`} />
        <path className={styles.stroke} d={path} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption>
        <span>{momentWords(first.at)}</span>
        <span>{momentWords(last.at)}</span>
      </figcaption>
    </figure>
  );
}

/** From the left edge to the right, as high as the share that has it. */
export function stairs(points: Progress['points'], concerned: number): string {
  const times = points.map(({ at }) => Date.parse(at));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const spanMs = Math.max(1, to - from);
  const place = points.map(({ applied }, index) => ({
    x: round((((times[index] ?? from) - from) / spanMs) * width),
    y: round(height - (applied / concerned) * (height - 2)),
  }));
  return `M 0 ${place[0]?.y ?? height} ${place.map(({ x, y }) => `H ${x} V ${y}`).join(' ')}`;
}

const round = (number: number): number => Math.round(number * 10) / 10;
