import { useQuery } from '@tanstack/react-query';
import type { Scope } from '../api/scope.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { OneOf } from '../ui/segmented.tsx';
import styles from './installs.module.css';
import { type InstallList, timelineQuery } from './queries.ts';
import { TimelineFigure } from './timeline-figure.tsx';

const hourMs = 3_600_000;
const spans = [
  { value: 'hour', label: '1 h', ms: hourMs },
  { value: 'day', label: '1 d', ms: 24 * hourMs },
  { value: 'month', label: '30 d', ms: 30 * 24 * hourMs },
  { value: 'year', label: '1 y', ms: 365 * 24 * hourMs },
] as const;
const usual = spans[2];

interface TimelinePartProps {
  readonly scope: Scope;
  readonly line: string;
  readonly running: InstallList['running'];
}

/** Who ran what, over time. */
export function TimelinePart({ scope, line, running }: TimelinePartProps) {
  const asked = useAddressQuery().get('span');
  const span = spans.find(({ value }) => value === asked) ?? usual;
  const timeline = useQuery(timelineQuery(scope, line, span.ms));
  return (
    <section className={pageStyles.section} aria-labelledby="over-time">
      <header className={styles.partHead}>
        <h2 id="over-time">What installs run</h2>
        <OneOf
          label="How far back"
          options={spans}
          value={span.value}
          onChange={(value) => setQuery({ span: value === usual.value ? null : value })}
        />
      </header>
      <Loaded query={timeline} label="what installs ran" rows={5}>
        {(data) => <TimelineFigure timeline={data} running={running} />}
      </Loaded>
    </section>
  );
}
