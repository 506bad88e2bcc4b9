import type { Environment, Feature, Stage } from '@taffrail/schema';
import type { Standing } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Button } from '../ui/button.tsx';
import styles from './features.module.css';
import { GateList } from './gate-list.tsx';
import { stageAbout, stageName, standingWords } from './stage-words.ts';

interface AheadProps {
  readonly scope: Scope;
  readonly feature: Feature;
  readonly environment: Environment;
  readonly standing: Standing;
  /** The stage whose plan is shown. */
  readonly target: Stage | undefined;
  /** Absent for who may not move it. */
  readonly onChoose: ((to: Stage) => void) | undefined;
}

/** What the next stage means and each gate before it; of what was backed out, how far it may come back. */
export function Ahead(props: AheadProps) {
  const { standing } = props;
  const { stage, from, next, gates, percent } = standing;
  const isOut = stage === 'backed-out';
  const to = isOut ? from : next;
  if (!to) return null;
  const asked = gates.filter(({ stage: guarded, open }) => (isOut ? !open : guarded === to));
  return (
    <div className={styles.fact}>
      <h3>
        {isOut
          ? `The way back: as far as ${standingWords({ stage: to, ...(percent !== undefined && { percent }) })}`
          : `Next: ${stageName(to)}`}
      </h3>
      <p>{isOut ? 'Choose the stage that it comes back to.' : stageAbout[to]}</p>
      <GateList {...props} label={`Gates of ${stageName(to)}`} gates={asked} hasStages={isOut} />
      <Acts {...props} to={to} isOpen={asked.every(({ open }) => open)} />
    </div>
  );
}

/** On to the next stage; of a share, to another one too. */
function Acts({
  environment,
  standing,
  target,
  onChoose,
  to,
  isOpen,
}: AheadProps & { readonly to: Stage; readonly isOpen: boolean }) {
  if (!onChoose) return null;
  return (
    <div className={styles.act}>
      {isOpen && (
        <Button
          small
          disabled={target === to}
          aria-label={`Plan the move to ${stageName(to)} in ${environment.name}`}
          onClick={() => onChoose(to)}
        >
          Plan the move
        </Button>
      )}
      {standing.stage === 'percent' && (
        <Button
          small
          disabled={target === 'percent'}
          aria-label={`Change the share in ${environment.name}`}
          onClick={() => onChoose('percent')}
        >
          Change the share
        </Button>
      )}
    </div>
  );
}
