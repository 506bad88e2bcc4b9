import { type Stage, stages } from '@taffrail/schema';
import type { CSSProperties } from 'react';
import type { Standing } from '../api/queries.ts';
import { classNames } from '../ui/class-names.ts';
import { Hidden } from '../ui/hidden.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { percentWords } from '../words/numbers.ts';
import { canGoTo, type Look, lookOf } from './line-looks.ts';
import { stageAbout, stageName } from './stage-words.ts';
import styles from './stage-line.module.css';

interface StageLineProps {
  readonly standing: Standing;
  /** The stage whose plan is shown. */
  readonly target: Stage | undefined;
  /** Absent for who may not move it. */
  readonly onChoose: ((to: Stage) => void) | undefined;
}

/** The stages as a line: what it came through, where it is, and what is ahead, with a lock where a gate is closed. */
export function StageLine({ standing, target, onChoose }: StageLineProps) {
  return (
    <ol className={styles.line} aria-label="Stages">
      {stages.map((stage) => {
        const look = lookOf(stage, standing);
        return (
          <li
            key={stage}
            className={classNames(styles.step, styles[look], stage === target && styles.target)}
            style={shareOf(stage, standing)}
            aria-current={standing.stage === stage ? 'step' : undefined}
          >
            <Step stage={stage} look={look} standing={standing} onChoose={onChoose} isChosen={stage === target} />
          </li>
        );
      })}
    </ol>
  );
}

/** How far the line after the share is filled. */
function shareOf(stage: Stage, { stage: here, percent = 0 }: Standing): CSSProperties | undefined {
  return stage === 'percent' && here === 'percent' ? ({ '--share': `${percent}%` } as CSSProperties) : undefined;
}

interface StepProps extends Pick<StageLineProps, 'standing' | 'onChoose'> {
  readonly stage: Stage;
  readonly look: Look;
  readonly isChosen: boolean;
}

const icons: Partial<Record<Look, IconName>> = { behind: 'check', closed: 'lock', barred: 'lock', out: 'close' };
const spoken: Partial<Record<Look, string>> = { closed: ', closed', barred: ', closed', out: ', backed out from here' };

function Step({ stage, look, standing, onChoose, isChosen }: StepProps) {
  const icon = icons[look];
  const words = (
    <>
      <i className={styles.dot} aria-hidden="true">
        {icon && <Icon name={icon} size={11} />}
      </i>
      <span className={styles.name}>
        {stage === 'percent' && standing.percent !== undefined ? percentWords(standing.percent) : stageName(stage)}
        {spoken[look] && <Hidden>{spoken[look]}</Hidden>}
      </span>
    </>
  );
  if (!onChoose || !canGoTo(stage, standing)) return <span className={styles.content}>{words}</span>;
  return (
    <button
      type="button"
      className={classNames(styles.content, styles.choose)}
      title={stageAbout[stage]}
      aria-expanded={isChosen}
      onClick={() => onChoose(stage)}
    >
      {words}
    </button>
  );
}
