import { type Stage, stages } from '@taffrail/schema';
import type { Standing } from '../api/queries.ts';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import { percentWords } from '../words/numbers.ts';
import styles from './features.module.css';
import { stageAbout, stageName, stepOf } from './stage-words.ts';

interface StageLineProps {
  readonly standing: Standing;
  /** The stage whose plan is shown. */
  readonly target: Stage | undefined;
  /** Absent for who may not move it. */
  readonly onChoose: ((to: Stage) => void) | undefined;
}

/** The stages as a line: behind, here, ahead; a lock where a gate is closed. */
export function StageLine({ standing, target, onChoose }: StageLineProps) {
  return (
    <ol className={styles.line} aria-label="Stages">
      {stages.map((stage, at) => (
        <li
          key={stage}
          className={classNames(
            styles.step,
            isBehind(standing, at) && styles.behind,
            standing.stage === stage && styles.here,
            stage === target && styles.target,
          )}
          aria-current={standing.stage === stage ? 'step' : undefined}
        >
          <Step stage={stage} standing={standing} onChoose={onChoose} isChosen={stage === target} />
        </li>
      ))}
    </ol>
  );
}

function isBehind({ stage }: Standing, at: number): boolean {
  const here = stepOf(stage);
  return here !== undefined && at < here;
}

interface StepProps extends Pick<StageLineProps, 'standing' | 'onChoose'> {
  readonly stage: Stage;
  readonly isChosen: boolean;
}

function Step({ stage, standing, onChoose, isChosen }: StepProps) {
  const name = stage === 'percent' && standing.percent !== undefined ? percentWords(standing.percent) : stageName(stage);
  const closed = standing.gates.some((gate) => gate.stage === stage && !gate.open);
  const words = (
    <>
      <i className={styles.dot} aria-hidden="true" />
      <span className={styles.name}>
        {name} {closed && <Icon name="lock" size={11} />}
        {closed && <span className={styles.spoken}>closed</span>}
      </span>
    </>
  );
  if (!onChoose || !canGoTo(stage, standing)) return <span className={styles.plainStep}>{words}</span>;
  return (
    <button
      type="button"
      className={styles.chooseStep}
      title={stageAbout[stage]}
      aria-expanded={isChosen}
      onClick={() => onChoose(stage)}
    >
      {words}
    </button>
  );
}

/** Anywhere but where it is; of a share, to another share. What was backed out comes back to no later stage than it had. */
function canGoTo(stage: Stage, { stage: here, from }: Standing): boolean {
  if (here === 'backed-out') return (stepOf(stage) ?? 0) <= (stepOf(from ?? 'dark') ?? 0);
  return stage !== here || stage === 'percent';
}
