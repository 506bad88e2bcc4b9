import { useId, useMemo, useState } from 'react';
import { grouped } from '../words/numbers.ts';
import { dateWords, momentWords } from '../words/time.ts';
import { BandList } from './band-list.tsx';
import type { InstallList, Timeline } from './queries.ts';
import { axisEnd, type Band, bandsOf, type Box, outlines, total } from './stack.ts';
import { Textures, textureOf } from './textures.tsx';
import { TimelineTable } from './timeline-table.tsx';
import styles from './timeline.module.css';

/** Of the drawing's own units: it is stretched to where it stands. */
const box: Box = { width: 1_000, height: 200 };
const dayMs = 86_400_000;

interface TimelineFigureProps {
  readonly timeline: Timeline;
  readonly running: InstallList['running'];
}

/** Stacked areas, one a shipment, with a slider to read any moment and the same numbers as a table. */
export function TimelineFigure({ timeline, running }: TimelineFigureProps) {
  const bands = useMemo(() => bandsOf(timeline), [timeline]);
  const [read, setRead] = useState<number>();
  const last = timeline.points.length - 1;
  const at = Math.min(read ?? last, last);
  if (bands.length === 0) return <p className={styles.none}>No install acknowledged a shipment in this time.</p>;
  return (
    <figure className={styles.figure}>
      <div className={styles.drawing}>
        <Areas timeline={timeline} bands={bands} at={read === undefined ? undefined : at} />
        <Moments timeline={timeline} bands={bands} at={at} onRead={setRead} />
      </div>
      <BandList bands={bands} at={at} running={running} />
      <TimelineTable timeline={timeline} bands={bands} />
    </figure>
  );
}

interface AreasProps {
  readonly timeline: Timeline;
  readonly bands: readonly Band[];
  /** The moment that is read, if one is. */
  readonly at: number | undefined;
}

function Areas({ timeline: { points }, bands, at }: AreasProps) {
  const id = useId();
  const most = axisEnd(Math.max(...points.map((_, index) => total(bands, index))));
  const paths = outlines(bands, most, box);
  const [first, last] = [points[0], points.at(-1)];
  return (
    <>
      <span className={styles.most}>{grouped(most)}</span>
      <svg
        className={styles.areas}
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>Installs by the shipment that they ran</title>
        <desc id={`${id}-desc`}>{first && last ? described(bands, first.at, last.at, points.length - 1) : ''}</desc>
        <Textures id={id} />
        <path className={styles.middle} d={`M0 ${box.height / 2}H${box.width}`} />
        {paths.map((path, index) => (
          <g key={bands[index]?.name} className={styles.area}>
            <path className={styles[`band${index}`]} d={path} />
            <path fill={textureOf(id, index)} d={path} />
          </g>
        ))}
        {at !== undefined && points.length > 1 && (
          <path className={styles.cursor} d={`M${(at / (points.length - 1)) * box.width} 0V${box.height}`} />
        )}
      </svg>
    </>
  );
}

function described(bands: readonly Band[], from: string, to: string, last: number): string {
  const counts = bands.map(({ name, counts }) => `${name}: ${grouped(counts[0] ?? 0)}, then ${grouped(counts[last] ?? 0)}`);
  return `From ${momentWords(from)} to ${momentWords(to)}. ${counts.join('; ')}.`;
}

interface MomentsProps {
  readonly timeline: Timeline;
  readonly bands: readonly Band[];
  readonly at: number;
  onRead(at: number): void;
}

/** The axis of time is a slider: it reads any moment, by pointer, finger or key. */
function Moments({ timeline: { points }, bands, at, onRead }: MomentsProps) {
  const [first, last, here] = [points[0], points.at(-1), points[at]];
  if (!first || !last || !here) return null;
  const words = Date.parse(last.at) - Date.parse(first.at) > 2 * dayMs ? dateWords : momentWords;
  return (
    <div className={styles.moments}>
      <input
        type="range"
        className={styles.slider}
        aria-label="Moment to read"
        min={0}
        max={points.length - 1}
        value={at}
        aria-valuetext={`${momentWords(here.at)}: ${grouped(total(bands, at))} installs`}
        onChange={(event) => onRead(Number(event.target.value))}
      />
      <p className={styles.ends}>
        <span>{words(first.at)}</span>
        <span className={styles.here}>
          {momentWords(here.at)} · <b>{grouped(total(bands, at))}</b>
        </span>
        <span>{words(last.at)}</span>
      </p>
    </div>
  );
}
