import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Table } from '../ui/page.tsx';
import { grouped } from '../words/numbers.ts';
import { momentWords } from '../words/time.ts';
import type { Timeline } from './queries.ts';
import type { Band } from './stack.ts';
import styles from './timeline.module.css';

/** Enough to read a curve by; the drawing has up to 200. */
const mostRows = 24;

interface TimelineTableProps {
  readonly timeline: Timeline;
  readonly bands: readonly Band[];
}

/** The drawing in numbers, the newest first. */
export function TimelineTable({ timeline: { points }, bands }: TimelineTableProps) {
  const [open, setOpen] = useState(false);
  const step = Math.max(1, Math.ceil(points.length / mostRows));
  const last = points.length - 1;
  const rows = points.map(({ at }, index) => ({ at, index })).filter(({ index }) => (last - index) % step === 0);
  return (
    <div className={styles.numbers}>
      <Button small tone="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide the table' : 'As a table'}
      </Button>
      {open && (
        <Table label="Installs by shipment over time" head={['At', ...bands.map(({ name }) => name)]}>
          {rows.toReversed().map(({ at, index }) => (
            <tr key={at}>
              <td>{momentWords(at)}</td>
              {bands.map(({ name, counts }) => (
                <td key={name} data-label={name}>
                  {grouped(counts[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}
