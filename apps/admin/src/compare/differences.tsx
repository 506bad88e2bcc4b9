import { useState } from 'react';
import type { Differences as Found } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { count, listed } from '../words/numbers.ts';
import { CopyPlan } from './copy-plan.tsx';

interface DifferencesProps {
  readonly scope: Scope;
  readonly target: string;
  readonly from: string;
  readonly found: Found;
}

/** The flags and segments that differ; those that are chosen can be copied. */
export function Differences({ scope, target, from, found }: DifferencesProps) {
  const may = useMay(scope.org)('flag.edit', { project: scope.project, environment: target });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { flags, segments, same } = found;
  if (flags.length === 0 && segments.length === 0) {
    return (
      <Empty title="They are the same">
        {target} and {from} serve every flag alike.
      </Empty>
    );
  }
  const toggle = (flag: string) => setChosen(chosen.includes(flag) ? chosen.filter((each) => each !== flag) : [...chosen, flag]);
  return (
    <>
      <p className={pageStyles.words}>
        {count(flags.length, 'flag')} differ, {count(same, 'other')} the same.
        {may && ` Choose those that ${target} shall take from ${from}.`}
      </p>
      {flags.length > 0 && (
        <Table label="Flags that differ" head={['Flag', target, from, 'Copying would']}>
          {flags.map((difference) => (
            <FlagLine
              key={difference.flag}
              scope={scope}
              difference={difference}
              isChosen={chosen.includes(difference.flag)}
              onToggle={may && !difference.kept ? toggle : undefined}
            />
          ))}
        </Table>
      )}
      {segments.length > 0 && <SegmentTable target={target} from={from} segments={segments} />}
      {chosen.length > 0 && <CopyPlan scope={scope} target={target} from={from} flags={chosen} onDone={() => setChosen([])} />}
    </>
  );
}

interface FlagLineProps {
  readonly scope: Scope;
  readonly difference: Found['flags'][number];
  readonly isChosen: boolean;
  readonly onToggle: ((flag: string) => void) | undefined;
}

function FlagLine({ scope, difference, isChosen, onToggle }: FlagLineProps) {
  const { flag, summary, here, from, kept, asks } = difference;
  return (
    <tr>
      <td>
        <span className={pageStyles.row}>
          {onToggle && <input type="checkbox" aria-label={`Copy ${flag}`} checked={isChosen} onChange={() => onToggle(flag)} />}
          <Link className={pageStyles.strong} href={pages.flag.href({ ...scope, flag })}>
            {flag}
          </Link>
        </span>
      </td>
      <td>{here.locked ? 'killed' : here.summary}</td>
      <td>{from.locked ? 'killed' : from.summary}</td>
      <td>
        {kept ? 'nothing: it was killed here' : summary}
        {asks.length > 0 && <span className={pageStyles.dim}> with the segments {listed(asks)}</span>}
      </td>
    </tr>
  );
}

type SegmentDifference = Found['segments'][number];

const where: Record<SegmentDifference['in'], (target: string, from: string) => string> = {
  both: () => 'differs',
  from: (_target, from) => `only in ${from}`,
  here: (target) => `only in ${target}`,
};

interface SegmentTableProps {
  readonly target: string;
  readonly from: string;
  readonly segments: readonly SegmentDifference[];
}

function SegmentTable({ target, from, segments }: SegmentTableProps) {
  return (
    <Table label="Segments that differ" head={['Segment', 'Where', 'How', 'Used by']}>
      {segments.map((difference) => (
        <tr key={difference.segment}>
          <td className={pageStyles.strong}>{difference.segment}</td>
          <td>{where[difference.in](target, from)}</td>
          <td>{difference.summary}</td>
          <td>{difference.usedBy.length > 0 ? listed(difference.usedBy) : <span className={pageStyles.dim}>no flag</span>}</td>
        </tr>
      ))}
    </Table>
  );
}
