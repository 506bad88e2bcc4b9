import type { Environment, Stage } from '@taffrail/schema';
import type { Standing } from '../api/queries.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import { withMoments } from '../words/time.ts';
import styles from './features.module.css';
import { stageAbout, stageName } from './stage-words.ts';

interface AheadProps {
  readonly environment: Environment;
  readonly standing: Standing;
  /** The stage whose plan is shown. */
  readonly target: Stage | undefined;
  /** Absent for who may not move it. */
  readonly onChoose: ((to: Stage) => void) | undefined;
}

/** What the next stage means and each gate before it; of what was backed out, how far it may come back. */
export function Ahead({ environment, standing, target, onChoose }: AheadProps) {
  const { stage, from, next, gates } = standing;
  const isOut = stage === 'backed-out';
  const to = isOut ? from : next;
  if (!to) return null;
  const asked = gates.filter(({ stage: guarded, open }) => (isOut ? !open : guarded === to));
  const isOpen = asked.every(({ open }) => open);
  return (
    <div className={styles.fact}>
      <h3>{isOut ? `The way back: as far as ${stageName(to)}` : `Next: ${stageName(to)}`}</h3>
      <p>{isOut ? 'Choose the stage that it comes back to.' : stageAbout[to]}</p>
      <GateList of={stageName(to)} gates={asked} />
      {onChoose && isOpen && (
        <div>
          <Button
            small
            disabled={target === to}
            aria-label={`Plan the move to ${stageName(to)} in ${environment.name}`}
            onClick={() => onChoose(to)}
          >
            Plan the move
          </Button>
        </div>
      )}
    </div>
  );
}

/** Each gate: open, or why not and what to do. */
function GateList({ of, gates }: { readonly of: string; readonly gates: Standing['gates'] }) {
  if (gates.length === 0) return null;
  return (
    <ul className={styles.gates} aria-label={`Gates of ${of}`}>
      {gates.map(({ stage, name, open, sentence }) => (
        <li key={`${stage} ${name}`} className={classNames(styles.gate, open ? styles.open : styles.closed)}>
          <Icon name={open ? 'check' : 'lock'} size={12} />
          <span title={open ? withMoments(sentence) : undefined}>{open ? name : withMoments(sentence)}</span>
        </li>
      ))}
    </ul>
  );
}
