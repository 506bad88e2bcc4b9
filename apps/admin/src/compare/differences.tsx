import { useState } from 'react';
import type { Differences as Found } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { count, grouped, listed } from '../words/numbers.ts';
import { CopyPlan } from './copy-plan.tsx';
import type { Pair } from './pair.ts';

interface DifferencesProps extends Pair {
  readonly scope: Scope;
  readonly found: Found;
}

/** The flags and segments that differ; those that are chosen can be copied. */
export function Differences({ scope, target, from, found }: DifferencesProps) {
  const may = useMay(scope.org)('flag.edit', { project: scope.project, environment: target.key });
  const [marked, setMarked] = useState<readonly string[]>([]);
  const { flags, segments } = found;
  if (flags.length === 0 && segments.length === 0) {
    return (
      <Empty title="They are the same">
        {target.name} and {from.name} serve every flag alike.
      </Empty>
    );
  }
  const copied = may ? flags.filter(({ kept }) => !kept).map(({ flag }) => flag) : [];
  const chosen = marked.filter((flag) => copied.includes(flag));
  return (
    <>
      <Sum target={target} from={from} found={found} copied={copied} chosen={chosen} onChoose={setMarked} />
      {flags.length > 0 && <FlagTable {...{ scope, target, from, flags, copied, chosen }} onChoose={setMarked} />}
      {segments.length > 0 && <SegmentTable target={target} from={from} segments={segments} />}
      {chosen.length > 0 && (
        <CopyPlan scope={scope} target={target.key} from={from.key} flags={chosen} onDone={() => setMarked([])} />
      )}
    </>
  );
}

interface Choosing {
  /** The flags that can be copied. */
  readonly copied: readonly string[];
  readonly chosen: readonly string[];
  onChoose(flags: readonly string[]): void;
}

/** How much differs, and what to do about it. */
function Sum({
  target,
  from,
  found: { flags, same },
  copied,
  chosen,
  onChoose,
}: Pair & Choosing & Pick<DifferencesProps, 'found'>) {
  const isAll = chosen.length === copied.length;
  return (
    <div className={pageStyles.row}>
      <p className={pageStyles.words}>
        {count(flags.length, 'flag')} {flags.length === 1 ? 'differs' : 'differ'}, {grouped(same)} {same === 1 ? 'is' : 'are'} the
        same.{copied.length > 0 && ` Choose what ${target.name} shall take from ${from.name}.`}
      </p>
      {copied.length > 1 && (
        <Button small onClick={() => onChoose(isAll ? [] : copied)}>
          {isAll ? 'Choose none' : 'Choose all'}
        </Button>
      )}
    </div>
  );
}

interface FlagTableProps extends Pair, Choosing {
  readonly scope: Scope;
  readonly flags: Found['flags'];
}

function FlagTable({ scope, target, from, flags, copied, chosen, onChoose }: FlagTableProps) {
  const toggle = (flag: string) => onChoose(chosen.includes(flag) ? chosen.filter((each) => each !== flag) : [...chosen, flag]);
  return (
    <Table label="Flags that differ" head={['Flag', target.name, from.name, 'Copying would']}>
      {flags.map((difference) => (
        <FlagLine
          key={difference.flag}
          scope={scope}
          names={[target.name, from.name]}
          difference={difference}
          isChoosing={copied.length > 0}
          isChosen={chosen.includes(difference.flag)}
          onToggle={copied.includes(difference.flag) ? toggle : undefined}
        />
      ))}
    </Table>
  );
}

interface FlagLineProps {
  readonly scope: Scope;
  /** Of the two environments. */
  readonly names: readonly [string, string];
  readonly difference: Found['flags'][number];
  readonly isChoosing: boolean;
  readonly isChosen: boolean;
  /** Absent where it cannot be copied. */
  readonly onToggle: ((flag: string) => void) | undefined;
}

function FlagLine({ scope, names, difference, isChoosing, isChosen, onToggle }: FlagLineProps) {
  const { flag, summary, here, from, kept, asks } = difference;
  return (
    <tr>
      <td>
        <span className={pageStyles.row}>
          {isChoosing && (
            <input
              type="checkbox"
              aria-label={`Copy ${flag}`}
              checked={isChosen}
              disabled={!onToggle}
              onChange={() => onToggle?.(flag)}
            />
          )}
          <Link className={pageStyles.strong} href={pages.flag.href({ ...scope, flag })}>
            {flag}
          </Link>
        </span>
      </td>
      <td data-label={names[0]}>{here.locked ? 'killed' : here.summary}</td>
      <td data-label={names[1]}>{from.locked ? 'killed' : from.summary}</td>
      <td data-label="Copying would">
        <span>{kept ? 'nothing: it was killed here' : summary}</span>
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

interface SegmentTableProps extends Pair {
  readonly segments: readonly SegmentDifference[];
}

function SegmentTable({ target, from, segments }: SegmentTableProps) {
  return (
    <Table label="Segments that differ" head={['Segment', 'Where', 'How', 'Used by']}>
      {segments.map((difference) => (
        <tr key={difference.segment}>
          <td className={pageStyles.strong}>{difference.segment}</td>
          <td data-label="Where">{where[difference.in](target.name, from.name)}</td>
          <td data-label="How">{difference.summary}</td>
          <td data-label="Used by">
            {difference.usedBy.length > 0 ? listed(difference.usedBy) : <span className={pageStyles.dim}>no flag</span>}
          </td>
        </tr>
      ))}
    </Table>
  );
}
